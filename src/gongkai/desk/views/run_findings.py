"""Findings of a clean-up run, those alike as one: a person answers them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import paging, refusals
from gongkai.desk.forms.review import Accept, Answering, EditTo, Keep
from gongkai.desk.navigation import EDITORS
from gongkai.desk.views.findings import first_words
from gongkai.desk.views.inventory import InventoryView
from gongkai.inventory import actions, alike
from gongkai.inventory.actions import answering
from gongkai.kit.refusal import Refusal
from gongkai.review.fields import can_change, label_of
from gongkai.review.models import Finding
from gongkai.review.values import FindingReply

SHOWN = 100
"""Groups taken at once; a page shows fewer."""
FORMS: dict[str, type[Answering]] = {"accepted": Accept, "edited": EditTo, "kept": Keep}


@dataclass(slots=True)
class Card:
    """One group as it stands on the page, with the forms that fit it."""

    group: alike.Group
    place: str
    # The group below, where the page goes on after an answer.
    below: int | None = None
    forms: dict[str, Answering] = field(default_factory=dict)


class RunFindings(InventoryView):
    """All open findings of the run by kind and words."""

    bound: tuple[int, Answering] | None = None

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The groups of the asked kind, the largest first."""
        return self.page()

    def page(self, status: int = 200) -> HttpResponse:
        """The page; a form that came back keeps its typing."""
        run = self.run
        kinds = alike.kinds(run)
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in {name for name, _, _ in kinds} else ""
        page = paging.list_page(alike.grouped(run, kind), self.request.GET.get("page"))
        cards = [self._card(group) for group in alike.groups_of(list(page.object_list))]
        for card, other in pairwise(cards):
            card.below = other.group.first.pk
        self.title = f"成批答复：{run.label}"
        return self.show(
            "desk/run_findings.html",
            status=status,
            run=run,
            kinds=kinds,
            kind=kind,
            total=sum(count for _, _, count in kinds),
            page=page,
            cards=cards,
            asked=urlencode(self._asked()),
            ready=[card.group.first.uuid for card in cards if card.group.can_accept],
            may_answer=self.seat.holds(*EDITORS),
            form=self.bound[1] if self.bound else None,
        )

    def _back(self) -> str:
        url = reverse("desk:run_findings", kwargs={"uuid": self.run.uuid})
        below = self.request.GET.get("below", "")
        place = f"#g-{below}" if below.isascii() and below.isdigit() else ""
        return f"{url}?{urlencode(self._asked())}{place}"

    def _asked(self) -> dict[str, str]:
        """The kind and the page of the list, as far as the address names them."""
        return {n: self.request.GET[n] for n in ("kind", "page") if n in self.request.GET}

    def _card(self, group: alike.Group) -> Card:
        first = group.first
        card = Card(group, label_of(first.field))
        for answer, form_class in FORMS.items():
            fits = group.can_accept if answer == "accepted" else can_change(first)
            if fits or answer == "kept":
                start = {"text": first_words(first)}
                card.forms[answer] = form_class(prefix=f"{first.pk}-{answer}", initial=start)
        if self.bound is not None and self.bound[0] == first.pk:
            card.forms[self.bound[1].answer] = self.bound[1]
        return card


class AnswerAlike(RunFindings):
    """One answer for a whole group; on refusal the page comes back with what was typed."""

    roles = EDITORS

    def get(self, request: HttpRequest, uuid: UUID, finding: UUID) -> HttpResponse:  # type: ignore[override]
        """After signing in again: back to the page."""
        return HttpResponseRedirect(self._back())

    def post(self, request: HttpRequest, uuid: UUID, finding: UUID) -> HttpResponse:
        """Answer those alike."""
        row = get_object_or_404(Finding, uuid=finding, record__inventory_items__run=self.run)
        form_class = FORMS.get(request.POST.get("answer", ""), Keep)
        form = form_class(data=request.POST, prefix=f"{row.pk}-{form_class.answer}")
        if form.is_valid():
            try:
                done = self._answer(row, form)
            except Refusal as refusal:
                refusals.onto_form(form, refusal)
            else:
                return self.done(self._back(), told(done))
        self.bound = (row.pk, form)
        return self.page(status=refusals.NOT_ACCEPTED)

    def _answer(self, row: Finding, form: Answering) -> actions.Answered:
        data = form.cleaned_data
        reply = FindingReply(
            answer=form.answer, text=data.get("text", ""), reason=data.get("reason", "")
        )
        seat = self.seat
        return actions.answer_alike(
            run=self.run, finding=row, answer=reply, by=seat.person, now=seat.now
        )


class AcceptShown(RunFindings):
    """The proposals of every group that the page showed, each as if it were answered alone."""

    roles = EDITORS

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """After signing in again: back to the page."""
        return HttpResponseRedirect(self._back())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Accept what was shown, `MOST` places at a time; what cannot be is told with why."""
        given = request.POST.getlist("shown")[:SHOWN]
        shown = Finding.objects.filter(
            uuid__in=[one for one in given if _is_uuid(one)],
            record__inventory_items__run=self.run,
        )
        done = actions.Answered()
        for row in shown.order_by("id").distinct():
            if done.count >= answering.MOST:
                break
            self._accept(row, done)
        return self.done(self._back(), told(done))

    def _accept(self, row: Finding, done: actions.Answered) -> None:
        seat = self.seat
        try:
            one = actions.answer_alike(
                run=self.run,
                finding=row,
                answer=FindingReply("accepted"),
                by=seat.person,
                now=seat.now,
            )
        except Refusal as refusal:
            done.refused[refusal.sentence] = done.refused.get(refusal.sentence, 0) + 1
            return
        done.count += one.count
        done.left += one.left
        for reason, count in one.refused.items():
            done.refused[reason] = done.refused.get(reason, 0) + count


def _is_uuid(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True


def told(done: actions.Answered, unit: str = "处", did: str = "已答复") -> str:
    """What was done, as the page says it."""
    sentence = f"{did}{done.count}{unit}。"
    if done.left:
        sentence += f"还有{done.left}处相同的，请再答复一次。"
    for reason, count in done.refused.items():
        sentence += f"{count}{unit}没有改动：{reason}"
    return sentence
