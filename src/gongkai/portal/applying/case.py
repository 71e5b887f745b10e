"""What an applicant sees of the own case: state, due day and why, days, letters, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from gongkai.disclosure import queries
from gongkai.disclosure.actions.releasing import GIVEN
from gongkai.disclosure.casework import OPEN_STATES, clock_of
from gongkai.disclosure.clock_line import Line, line_of
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.letter_remedy import remedy_for
from gongkai.disclosure.models import (
    DisclosureRequest,
    Fee,
    Letter,
    LetterState,
    RequestState,
    SealedFile,
)
from gongkai.kit.dates import civil_day
from gongkai.law.clock import Clock
from gongkai.law.letters import LETTERS
from gongkai.law.remedies import RemedyNotice
from gongkai.law.replies import BY_KEY

SHOWN_FILES = ("identity", "filed", "supplement", "other")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter served on the applicant: its name, number, day, paper and enclosures."""

    uuid: UUID
    label: str
    number: str
    served_on: date | None
    has_paper: bool
    files: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the applicant may do now."""

    confirm: bool
    supplement: bool
    add: bool
    withdraw: bool
    suggest: bool


def letters_to(case: DisclosureRequest) -> QuerySet[Letter]:
    """Letters served on the applicant. Those with a `ref` went to a third party: never shown."""
    return case.letters.filter(state=LetterState.SERVED, ref="").order_by("id")


def enclosures_to(case: DisclosureRequest) -> QuerySet[SealedFile]:
    """Files that went with these letters."""
    rows = SealedFile.objects.filter(request=case, letters__in=letters_to(case))
    return rows.filter(purged_at__isnull=True).distinct()


def letter_lines(case: DisclosureRequest) -> list[LetterLine]:
    """The letters in the order they were written."""
    rows = letters_to(case).prefetch_related("attachments", "sendings").select_related("paper")
    return [_letter_line(letter) for letter in rows]


def _letter_line(letter: Letter) -> LetterLine:
    days = sorted(sending.served_on for sending in letter.sendings.all())
    paper = letter.paper
    files = tuple((f.uuid, f.name) for f in letter.attachments.all() if f.purged_at is None)
    label = LETTERS[letter.kind].label if letter.kind in LETTERS else letter.kind
    has_paper = paper is not None and paper.purged_at is None
    return LetterLine(
        letter.uuid, label, letter.number, days[0] if days else None, has_paper, files
    )


def deeds(case: DisclosureRequest, clock: Clock | None, today: date) -> Deeds:
    """What may be done now; the actions ask once more."""
    is_open, purged = case.state in OPEN_STATES, case.purged_at is not None
    asked = clock.supplement_asked if clock is not None else None
    late = asked is not None and asked.due_on is not None and today > asked.due_on
    return Deeds(
        confirm=REQUEST_FLOW.can(case.state, "confirm") and case.applicant_confirmed_on is None,
        supplement=case.state == RequestState.AWAITING_SUPPLEMENT and not late,
        add=is_open and not purged,
        withdraw=REQUEST_FLOW.can(case.state, "withdraw"),
        suggest=case.outcome in GIVEN and not case.wants_publication and not purged,
    )


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What is to be paid, until when, by which rule; and whether it was."""

    way: str
    amount: int
    due_on: date | None
    paid_on: date | None


def fee_of(case: DisclosureRequest) -> FeeLine | None:
    """The processing fee once its notice was served."""
    fee = Fee.objects.filter(request=case, noticed_on__isnull=False).first()
    if fee is None:
        return None
    return FeeLine(fee.get_way_display(), fee.amount_yuan, fee.due_on, fee.paid_on)


def remedy_of(case: DisclosureRequest) -> RemedyNotice | None:
    """What may be done against the reply, and until when, counted from the day it was served."""
    if not case.outcome or case.replied_on is None:
        return None
    letter = letters_to(case).exclude(outcome="").first()
    if letter is None:
        return None
    day = letter.sendings.order_by("id").values_list("signed_on", flat=True).first()
    found = remedy_for(letter.kind, letter.outcome, body=case.body, on=day or case.replied_on)
    return found if found is not None and found.sentence else None


def told(case: DisclosureRequest, today: date) -> dict[str, object]:
    """Everything the page of a case shows."""
    clock = clock_of(case)
    line: Line | None = line_of(case, clock, today) if clock is not None else None
    asked = clock.supplement_asked if clock is not None and clock.supplement_open else None
    files = case.files.filter(part__in=SHOWN_FILES, by__isnull=True, purged_at__isnull=True)
    return {
        "case": case,
        "state": RequestState(case.state).label,
        "outcome": BY_KEY[case.outcome].label if case.outcome in BY_KEY else "",
        "due": clock.due if clock is not None else None,
        "clock": clock,
        "line": line,
        "supplement_due": asked.due_on if asked else None,
        "letters": letter_lines(case),
        "files": [(f.get_part_display(), f.name) for f in files],
        "may": deeds(case, clock, today),
        "fee": fee_of(case),
        "remedy": remedy_of(case),
        "looks": [(civil_day(look.at), look.reason) for look in queries.identity_looks(case)],
    }
