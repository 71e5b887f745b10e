"""One request: facts, the clock as a line of days, what is owed, what was done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from gongkai.desk import paging
from gongkai.desk.requests import words
from gongkai.desk.requests.case_page import CasePage
from gongkai.disclosure import asked_by_many, casework, deeds, policies, queries
from gongkai.disclosure.actions import redacting
from gongkai.disclosure.clock_line import Line, line_of
from gongkai.disclosure.models import DisclosureRequest, ReminderKind, SealedFile
from gongkai.journal import events
from gongkai.journal import queries as journal
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import Clock
from gongkai.law.clock_state import Duty
from gongkai.records import redaction

MOST_ALIKE = 10
# Below this many percent of words two requests share nothing worth a line.
SHOWN = 15


class Case(CasePage):
    """The whole case on one page."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Facts and clock; steps, letters, files, consultations and searches below."""
        case, seat = self.case, self.seat
        self.title = f"公开申请 {case.number}"
        clock, line, unread = _clock(case, self)
        return self.show(
            "desk/requests/case.html",
            clock=clock,
            line=line,
            clock_unread=unread,
            duties=_standing(clock, seat.today) if clock else [],
            deeds=deeds.open_to(seat.person, case, clock, seat.today),
            **self._facts(),
            **self._papers(),
        )

    def _facts(self) -> dict[str, Any]:
        """Who asks and what for; the rest of the person only for those who handle the case."""
        case = self.case
        applicant = case.applicant
        handles = bool(policies.may_see_identity(self.seat.person, case, self.seat.today))
        return {
            "applicant": applicant,
            "applicant_kind": words.applicant(applicant.kind),
            "identity_number": words.masked(applicant.identity_number) if handles else "",
            "sees_person": handles,
            "channel": words.channel(case.channel),
            "outcome": words.outcome(case.outcome) if case.outcome else "",
            "provided_as": words.given(case.provided_as, words.GIVEN_AS),
            "provided_by": words.given(case.provided_by, words.GIVEN_BY),
            **(self._others() if handles else {}),
            "looks": queries.identity_looks(case) if handles else (),
            "related": _related(case),
            "moved": case.reminders.filter(kind=ReminderKind.MOVED)[:3],
        }

    def _others(self) -> dict[str, Any]:
        """The same applicant's other requests, and other applicants' like this one."""
        case, today = self.case, self.seat.today
        mine = list(queries.same_applicant(case).values_list("arrived_on", flat=True))
        found = queries.repeats_of(case) if mine else []
        return {
            "alike": [each for each in found if each.percent >= SHOWN or each.same_number][
                :MOST_ALIKE
            ],
            "others_count": len(found),
            "this_year": sum(day.year == today.year for day in (*mine, case.arrived_on)),
            "also": asked_by_many.also_asked(case, self.visible),
            "record": asked_by_many.record_of(case),
        }

    def _papers(self) -> dict[str, Any]:
        case = self.case
        letters = list(case.letters.select_related("drafted_by").prefetch_related("sendings"))
        return {
            "letters": [(letter, words.letter(letter.kind)) for letter in letters],
            "files": _files(case),
            "mails": case.mails.order_by("id"),
            "consultations": case.consultations.all(),
            "searches": case.searches.select_related("by"),
            "assignments": case.assignments.select_related("section", "case_officer", "other_body"),
            "fee": getattr(case, "fee", None),
            "remedies": case.remedies.all(),
            "answer": getattr(case, "public_answer", None),
            "handles": self.may_handle(),
            "leads": self.may_lead(),
        }


def _standing(clock: Clock, today: date) -> list[Duty]:
    """What is owed. Whether to ask for a supplement is nobody's duty once its days are over."""
    return [d for d in clock.duties() if d.kind != "supplement_notice" or d.on >= today]


def _clock(case: DisclosureRequest, page: CasePage) -> tuple[Clock | None, Line | None, str]:
    """The clock and its line; where the calendar cannot tell, the sentence that says so."""
    try:
        clock = casework.clock_of(case)
        line = line_of(case, clock, page.seat.today) if clock else None
    except Refusal as refusal:
        return None, None, refusal.sentence
    return clock, line, ""


def _related(case: DisclosureRequest) -> list[tuple[str, DisclosureRequest]]:
    """Cases this one was made from, joined into, or repeats."""
    found = [
        ("拆分自", case.split_from),
        ("并入", case.joined_into),
        ("重新办理自", case.reopened_from),
        ("已答复过的", case.earlier_reply),
    ]
    made = DisclosureRequest.objects.filter(Q(split_from=case) | Q(reopened_from=case))
    below = [("拆分出" if m.split_from_id == case.pk else "重新办理", m) for m in made]
    return [(label, other) for label, other in found if other is not None] + below


class History(CasePage):
    """Everything that was done with the request, from the journal."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """A page of lines, newest first, each as a sentence."""
        self.title = f"经过：{self.case.number}"
        wanted = journal.Filter(subject_kind="request", subject_id=self.case.pk)
        before = paging.bounded(request.GET.get("before"), most=10**12, otherwise=0) or None
        found = journal.page(wanted, before=before)
        return self.show(
            "desk/requests/history.html",
            rows=[(entry, events.sentence(entry)) for entry in found.entries],
            next_before=found.next_before,
        )


def _files(case: DisclosureRequest) -> list[SealedFile]:
    """The papers of the case, with whether a redacted copy can be made of each."""
    rows = list(case.files.all())
    for file in rows:
        possible = file.part in redacting.PARTS and file.purged_at is None
        file.can_redact = possible and redaction.can_redact(file.name)  # type: ignore[attr-defined]
    return rows
