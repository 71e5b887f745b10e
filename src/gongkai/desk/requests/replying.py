"""Drafting the reply: the table of outcomes, then what the chosen one has to state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from gongkai.desk.requests import letter_forms as forms
from gongkai.desk.requests import words
from gongkai.desk.requests.case_page import DeedPage
from gongkai.desk.requests.entry_forms import upload_of
from gongkai.desk.requests.letters import reply_files
from gongkai.disclosure import casework, copies, reply_evidence
from gongkai.disclosure.actions import papers
from gongkai.disclosure.actions.replying import PARTLY, draft_reply
from gongkai.disclosure.models import FilePart, SealedFile
from gongkai.kit.refusal import Refusal
from gongkai.law import replies
from gongkai.law.grounds import grounds
from gongkai.law.model import Law
from gongkai.law.replies import Outcome, Remedy

REMEDIES = {
    Remedy.RECONSIDERATION_FIRST: "先复议，再诉讼",
    Remedy.EITHER: "复议或者诉讼",
    Remedy.NONE: "无",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the table of outcomes; `hindered` says why it cannot be chosen now."""

    key: str
    label: str
    basis: str
    letter: str
    remedy: str
    needs: str
    hindered: str = ""


# A request to correct one's own record ends as 其他 with a letter of its own (Art. 41).
_RECTIFIED = Choice(
    "other",
    "更正：已更正、不予更正或者转送",
    "《条例》第四十一条",
    words.letter("rectification"),
    REMEDIES[Remedy.EITHER],
    "更正结果；不归本机关更正的，转送哪个机关或者告知向哪里提出",
)


def _articles(found: Outcome, law: Law) -> str:
    """The articles of an outcome; where there is none, that the officer has to name a basis."""
    if reply_evidence.wants_basis(found, law):
        return "没有对应的条款，草拟时自行写明"
    return "、".join(str(cite) for cite in found.cite(law))


class Reply(DeedPage[forms.Reply]):
    """GET without an outcome shows the table; with one, the form of that outcome."""

    deed = "request_reply"
    template = "desk/requests/reply.html"
    submit = "草拟答复"

    @cached_property
    def outcome(self) -> Outcome:
        """The outcome of the address, under the law of the case."""
        found = replies.outcome(str(self.request.GET.get("outcome", ""))[:60])
        found.cite(casework.law_of(self.case))
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The table or the form."""
        if not request.GET.get("outcome"):
            return self.show("desk/requests/outcomes.html", choices=self._choices())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draft the reply."""
        if not request.GET.get("outcome"):
            raise Refusal("reply.no_outcome", "请先选择答复类型，再草拟答复。")
        return super().post(request, *args, **kwargs)

    def _choices(self) -> list[Choice]:
        law = casework.law_of(self.case)
        rectified = [_RECTIFIED] if self._may_rectify(law) else []
        return rectified + [
            Choice(
                found.key,
                found.label,
                _articles(found, law),
                words.letter(found.letter),
                REMEDIES[found.remedy],
                "、".join(found.needs.values()),
                self._hindrance(found.key),
            )
            for found in replies.outcomes(law)
            if not (rectified and found.key == _RECTIFIED.key)
        ]

    def _may_rectify(self, law: Law) -> bool:
        return self.case.is_rectification and law.key == "decree_711_2019"

    def _hindrance(self, key: str) -> str:
        try:
            reply_evidence.require_ripe(self.case, key)
        except Refusal as refusal:
            return refusal.sentence
        return ""

    @property
    def form_class(self) -> type[forms.Reply]:  # type: ignore[override]
        """Where a part is withheld, the form has a place for every part."""
        return forms.PartReply if self.outcome.key == PARTLY else forms.Reply

    def form_kwargs(self) -> dict[str, Any]:
        law, found = casework.law_of(self.case), self.outcome
        listed = [g for g in grounds(law) if not found.grounds or g.key in found.grounds]
        return {
            "needs": [("reason", _RECTIFIED.needs)]
            if self._rectifies()
            else reply_evidence.needs_of(found, law),
            "grounds": [(g.key, f"{g.label}（{g.cite}）· {g.force.label}") for g in listed],
            "papers": reply_files(self.case.files.all()),
        }

    def initial(self) -> dict[str, Any]:
        """What the case tells by itself."""
        found, case = self.outcome, self.case
        start: dict[str, Any] = {}
        if "search" in found.needs:
            start["search"] = reply_evidence.search_words(case)
        if "notice" in found.needs:
            start["notice"] = reply_evidence.notice_words(case, found.key)
        if "earlier_reply" in found.needs:
            start["earlier_reply"] = reply_evidence.earlier_words(case)
        if len(found.grounds) == 1:
            start["ground"] = found.grounds[0]
        return start | (self._from_copies() if found.key == PARTLY else {})

    def _from_copies(self) -> dict[str, Any]:
        """The copies made of the case's papers, with what was taken out of them."""
        start: dict[str, Any] = {}
        for n, each in enumerate(copies.withheld_of(self.case)[: forms.PartReply.MOST], 1):
            start |= {f"part_{n}": each.part, f"ground_{n}": each.ground}
            start[f"reason_{n}"] = each.reason
        made = self.case.redacted_copies.filter(result__purged_at__isnull=True)
        return start | {"attachments": list(made.values_list("result_id", flat=True))}

    def context(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            **super().context(),
            "outcome": self.outcome,
            "outcome_basis": _articles(self.outcome, casework.law_of(self.case)),
            "outcome_remedy": REMEDIES[self.outcome.remedy],
            "outcome_letter": words.letter(self.outcome.letter),
            "addressee": casework.addressee_of(self.case),
        }
        if self._rectifies():
            told |= {
                "outcome": _RECTIFIED,
                "outcome_basis": _RECTIFIED.basis,
                "outcome_remedy": _RECTIFIED.remedy,
                "outcome_letter": _RECTIFIED.letter,
            }
        return told

    def _rectifies(self) -> bool:
        law = casework.law_of(self.case)
        return self._may_rectify(law) and self.outcome.key == _RECTIFIED.key

    @transaction.atomic
    def act(self, form: forms.Reply) -> HttpResponse:
        letter = draft_reply(
            request=self.case,
            outcome=self.outcome.key,
            stated=form.stated(),
            attachments=[*form.cleaned_data["attachments"], *self._added(form)],
            withheld=form.withheld() if isinstance(form, forms.PartReply) else (),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.drafted(letter)

    def _added(self, form: forms.Reply) -> list[SealedFile]:
        return [
            papers.add_file(
                request=self.case, upload=upload, by=self.seat.person, now=self.seat.now
            )
            for upload in upload_of(form.cleaned_data["new_file"], FilePart.REPLY)
        ]
