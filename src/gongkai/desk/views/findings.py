"""Findings beside the text: each shows its place, evidence and proposal, and takes an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from gongkai.desk import actions as desk
from gongkai.desk import refusals
from gongkai.desk.forms.review import Accept, Answering, EditTo, Keep
from gongkai.desk.marks import Piece, Place, passages, pieces
from gongkai.desk.models import KeptInput
from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import kept_values
from gongkai.desk.record_page import RecordPage
from gongkai.desk.run_way import way_of
from gongkai.kit.refusal import Refusal
from gongkai.records.choices import RecordState
from gongkai.records.models import HEADER_FIELDS, Record
from gongkai.review import actions
from gongkai.review import queries as review
from gongkai.review.fields import can_change, file_texts, is_editable, label_of
from gongkai.review.models import Finding, FindingAnswer
from gongkai.review.values import FindingReply

# The order in which the page shows the fields: header first, then the text, then the rest.
PLACES = {name: n for n, name in enumerate((*HEADER_FIELDS, "text"))}
# Characters of an attachment shown around its findings; the file itself is a click away.
AROUND = 200
FORMS: dict[str, type[Answering]] = {"accepted": Accept, "edited": EditTo, "kept": Keep}


@dataclass(slots=True)
class Card:
    """A finding as it stands on the page."""

    number: int
    finding: Finding
    alike: int
    forms: dict[str, Answering] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A field of the record with its marked pieces; `place` is the field's name."""

    place: str
    label: str
    pieces: list[Piece]


class Findings(RecordPage):
    """The text on one side, the findings on the other, the open ones first."""

    tab = "findings"
    bound: tuple[str, Answering] | None = None

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """All findings of the record."""
        return self.page()

    def page(self, status: int = 200) -> HttpResponse:
        """The page; a form that came back keeps its typing."""
        self.title = f"核查发现：{self.record.title}"
        found = in_order(self.record.findings.select_related("answered_by"))
        opened = [f for f in found if f.answer == FindingAnswer.OPEN]
        return self.show(
            "desk/record_findings.html",
            status=status,
            cards=[self._card(n, f, opened) for n, f in enumerate(opened, 1)],
            answered=[f for f in found if f.answer != FindingAnswer.OPEN],
            parts=marked_parts(self.record, self.text, opened),
            may_answer=self.record.state == RecordState.DRAFT and self.seat.holds(*EDITORS),
            form=self.bound[1] if self.bound else None,
            way=way_of(self.record),
        )

    def _card(self, number: int, finding: Finding, opened: Sequence[Finding]) -> Card:
        card = Card(number, finding, sum(same(finding, other) for other in opened) - 1)
        for answer, form_class in FORMS.items():
            if not fits(answer, finding):
                continue
            start = {"text": first_words(finding)}
            card.forms[answer] = form_class(prefix=f"{finding.pk}-{answer}", initial=start)
        if self.bound is not None and self.bound[0] == str(finding.uuid):
            card.forms[self.bound[1].answer] = self.bound[1]
        return card


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """As the page shows their places: header fields first, then the text, then the rest."""
    return sorted(findings, key=lambda f: (PLACES.get(f.field, 99), f.start, f.pk))


def fits(answer: str, finding: Finding) -> bool:
    """Whether a finding can be answered so: only what stands in a field can be changed."""
    if answer == "accepted":
        return finding.proposal is not None and can_change(finding)
    return answer == "kept" or can_change(finding)


def first_words(finding: Finding) -> str:
    """What the form for other words begins with; a field to be filled in begins empty."""
    return finding.proposal or ("" if finding.target else finding.evidence)


def same(one: Finding, other: Finding) -> bool:
    """Whether two findings say the same thing of the same words."""
    return (one.kind, one.evidence, one.proposal) == (other.kind, other.evidence, other.proposal)


def marked_parts(record: Record, text: str, findings: Sequence[Finding]) -> list[Part]:
    """Every field that a finding stands in, the text last and always."""
    places: dict[str, list[Place]] = {}
    for number, finding in enumerate(findings, 1):
        place = Place(str(number), finding.start, finding.end, finding.severity)
        places.setdefault(finding.field, []).append(place)
    parts = [
        Part(name, _label(name), pieces(str(getattr(record, name) or ""), places[name]))
        for name in HEADER_FIELDS
        if name in places
    ]
    return [
        *parts,
        Part("text", "正文", pieces(text, places.get("text", []))),
        *attached_parts(record, places),
    ]


def attached_parts(record: Record, places: Mapping[str, list[Place]]) -> list[Part]:
    """Of each attachment the passages with findings; the file may be long."""
    texts = file_texts(record) if any(not is_editable(name) for name in places) else {}
    names = dict(record.files.values_list("pk", "name"))
    return [
        Part(name, label_of(name, names), passages(text, places[name], around=AROUND))
        for name, text in texts.items()
        if name in places
    ]


def _label(name: str) -> str:
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


class Answer(Findings):
    """One answer; on refusal the page comes back with what was typed."""

    def get(self, request: HttpRequest, uuid: UUID, finding: UUID) -> HttpResponse:  # type: ignore[override]
        """Back here after signing in again: the page with what was typed, or just the page."""
        kept = KeptInput.objects.filter(person=self.seat.person, path=request.path).first()
        row = self.record.findings.filter(uuid=finding, answer=FindingAnswer.OPEN).first()
        if kept is None or row is None:
            return HttpResponseRedirect(self.url("record_findings"))
        given = kept.fields.get("answer") or [""]
        form_class = FORMS.get(given[0], Keep)
        form = form_class(prefix=f"{row.pk}-{form_class.answer}")
        form.initial = kept_values(form, kept)
        form.restored = True
        desk.forget_input(person=self.seat.person, path=request.path)
        self.bound = (str(row.uuid), form)
        return self.page()

    def post(self, request: HttpRequest, uuid: UUID, finding: UUID) -> HttpResponse:
        """Answer the finding, and those alike where that is asked."""
        row = get_object_or_404(self.record.findings, uuid=finding)
        form_class = FORMS.get(request.POST.get("answer", ""), Keep)
        form = form_class(data=request.POST, prefix=f"{row.pk}-{form_class.answer}")
        if form.is_valid():
            try:
                answered = self._answer(row, form)
            except Refusal as refusal:
                refusals.onto_form(form, refusal)
            else:
                return self.done(self._next_place(), f"已答复{answered}处。")
        self.bound = (str(row.uuid), form)
        return self.page(status=refusals.NOT_ACCEPTED)

    def _answer(self, row: Finding, form: Answering) -> int:
        data = form.cleaned_data
        reply = FindingReply(
            answer=form.answer, text=data.get("text", ""), reason=data.get("reason", "")
        )
        self._give(row, reply)
        if not data.get("alike"):
            return 1
        # Read anew each time: an accepted proposal moves the places behind it.
        rest = [f.pk for f in review.open_findings(self.record) if same(f, row)]
        for pk in rest:
            self._give(self.record.findings.get(pk=pk), reply)
        return 1 + len(rest)

    def _give(self, row: Finding, reply: FindingReply) -> None:
        actions.answer_finding(finding=row, answer=reply, by=self.seat.person, now=self.seat.now)

    def _next_place(self) -> str:
        return f"{self.url('record_findings')}#findings"


class Rescan(RecordPage):
    """Look again for what must be answered."""

    roles = EDITORS

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Run the scanners over the present text."""
        actions.rescan(record=self.record, now=self.seat.now)
        count = review.open_findings(self.record).count()
        found = f"有{count}处待答复。" if count else "没有待答复的发现。"
        return self.done(self.url("record_findings"), f"已重新核查，{found}")
