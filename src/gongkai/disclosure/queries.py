"""Reads of requests: who sees which, what waits and when it is due, repeats as evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.models import Applicant, Assignment, DisclosureRequest, RequestState
from gongkai.disclosure.policies import SECTION_ROLES, WHOLE_BODY
from gongkai.disclosure.values import Likeness, Marks
from gongkai.journal import queries as journal
from gongkai.journal.models import Entry
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person, Role

WAITING_FOR_OTHERS = (
    RequestState.AWAITING_CONFIRMATION,
    RequestState.AWAITING_SUPPLEMENT,
    RequestState.CONSULTING,
    RequestState.AWAITING_FEE,
)
_SHORTEST_SHARED = 4
_MOST_COMPARED, _MOST_LOOKS = 200, 100


def visible_to(person: Person, today: date) -> QuerySet[DisclosureRequest]:
    """The requests a person may see; the same as `policies.may_read` asked of each."""
    grants = orgs.grants_of(person, today)
    whole = {grant.body_id for grant in grants if grant.role in WHOLE_BODY}
    # Alone where it can be: with further conditions beside it the database counts without index.
    seen = Q(body_id__in=sorted(whole)) if whole else Q(pk__in=[])
    for grant in grants:
        if grant.body_id in whole:
            continue
        if grant.role in SECTION_ROLES:
            here = Q(body_id=grant.body_id)
            where = Q(section_id=grant.section_id) if grant.section_id else ~Q(section=None)
            free = Q() if grant.role == Role.SECTION_HEAD else Q(case_officer__isnull=True)
            seen |= here & where & free
        seen |= Q(body_id=grant.body_id, case_officer=person)
    passed = _passed_to([g.body_id for g in grants if g.role == Role.DISCLOSURE_OFFICE])
    if passed.exists():
        seen |= Q(pk__in=passed.values("request"))
    return DisclosureRequest.objects.select_related("body", "section", "case_officer").filter(seen)


def _passed_to(bodies: list[int]) -> QuerySet[Assignment]:
    """The last assignments of requests that were last passed on to one of these bodies."""
    later = Assignment.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    return Assignment.objects.filter(~Exists(later), other_body__in=bodies).order_by()


def open_ones(rows: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """Those not yet replied to, the nearest due date first, those without one last."""
    return rows.filter(state__in=OPEN_STATES).order_by(F("due_on").asc(nulls_last=True), "id")


def overdue(rows: QuerySet[DisclosureRequest], today: date) -> QuerySet[DisclosureRequest]:
    """Open and past their due date."""
    return open_ones(rows).filter(due_on__lt=today)


def due_within(
    rows: QuerySet[DisclosureRequest], today: date, days: int
) -> QuerySet[DisclosureRequest]:
    """Open and due from today to so many calendar days ahead."""
    return open_ones(rows).filter(due_on__gte=today, due_on__lte=today + timedelta(days=days))


def unassigned(rows: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """Open and nobody's yet."""
    return open_ones(rows).filter(section__isnull=True, case_officer__isnull=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand in each state (every state is there), and how the open ones stand."""

    states: dict[str, int]
    open: int
    overdue: int
    due_this_week: int


def counts(rows: QuerySet[DisclosureRequest], today: date) -> Counts:
    """Two counting queries over rows somebody may see."""
    by_state = rows.order_by().values_list("state").annotate(n=Count("id"))
    states = dict.fromkeys(RequestState.values, 0) | dict(by_state)
    week = today + timedelta(days=7)
    due = (
        rows.order_by()
        .filter(state__in=OPEN_STATES)
        .aggregate(
            overdue=Count("id", filter=Q(due_on__lt=today)),
            week=Count("id", filter=Q(due_on__gte=today, due_on__lte=week)),
        )
    )
    return Counts(
        states, sum(states[s] for s in OPEN_STATES), due["overdue"] or 0, due["week"] or 0
    )


def same_applicant(request: DisclosureRequest) -> QuerySet[DisclosureRequest]:
    """Every other request to the same body by whom the blind indexes tell to be the same."""
    applicant = request.applicant
    same = Q(pk__in=[])
    if applicant.identity_index:
        same |= Q(identity_index=applicant.identity_index)
    if applicant.contact_index:
        same |= Q(contact_index=applicant.contact_index)
    # Asked apart: both indexes lead to few applicants, a join would walk the body's requests.
    theirs = Applicant.objects.filter(same).values("request_id")
    others = DisclosureRequest.objects.filter(pk__in=theirs, body_id=request.body_id)
    return others.exclude(pk=request.pk).select_related("applicant")


def identity_looks(request: DisclosureRequest) -> tuple[Entry, ...]:
    """Who opened an identity proof of the case, when and what for; the newest first."""
    wanted = journal.Filter(
        event_prefix="request.identity_read", subject_kind="request", subject_id=request.pk
    )
    return journal.page(wanted, limit=_MOST_LOOKS).entries


def repeats_of(request: DisclosureRequest) -> list[Likeness]:
    """Earlier requests of the same applicant with what they share, the likest first.

    Evidence for the officer (Art. 35, 36(6)); the program decides nothing.
    """
    earlier = same_applicant(request).filter(arrived_on__lte=request.arrived_on)
    rows: Iterable[DisclosureRequest] = (
        earlier.select_related(None)
        .exclude(split_from_id=request.split_from_id or -1)
        .exclude(split_from_id=request.pk)
        .order_by("-arrived_on", "-id")[:_MOST_COMPARED]
    )
    found = [likeness(request, other) for other in rows if other.pk != request.split_from_id]
    return sorted(found, key=lambda each: (-each.percent, -each.request.pk))


def likeness(request: DisclosureRequest, other: DisclosureRequest) -> Likeness:
    """What two requests share: a percentage of words, and the very passages."""
    mine, theirs = _marks(request), _marks(other)
    percent, same_number = mine.compared(theirs)
    shared: list[str] = []
    if mine.words and theirs.words:
        words = mine.words
        found = SequenceMatcher(None, words, theirs.words, autojunk=False).get_matching_blocks()
        shared = [words[b.a : b.a + b.size] for b in found if b.size >= _SHORTEST_SHARED]
    return Likeness(other, percent, tuple(shared), same_number)


def _marks(request: DisclosureRequest) -> Marks:
    return Marks.of(request.subject, request.description, request.document_number)
