"""What may be counted: the rows of one body (or of all a person sees), never more than he sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.policies import WHOLE_BODY
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person
from gongkai.records.choices import Column
from gongkai.records.models import Record
from gongkai.records.policies import READING_ROLES


@dataclass(frozen=True, slots=True)
class Scope:
    """Rows that may be counted; `key` names them for the cache, `body` is None for several."""

    key: str
    body: Body | None
    records: QuerySet[Record]
    entries: QuerySet[CatalogEntry]
    requests: QuerySet[DisclosureRequest]
    # False: of requests the person sees only those of his section or his own.
    all_requests: bool


def bodies_of(person: Person, today: date) -> list[Body]:
    """The bodies whose records the person may read, his own first."""
    wanted = {g.body_id for g in orgs.grants_of(person, today) if g.role in READING_ROLES}
    supervised = {body.pk: body for body in orgs.supervised_bodies(person, today)}
    found = {body.pk: body for body in Body.objects.filter(pk__in=wanted - supervised.keys())}
    every = [*found.values(), *supervised.values()]
    return sorted(every, key=lambda body: (body.pk != person.body_id, body.code))


def scope_of(
    person: Person, today: date, bodies: Sequence[Body], body: Body | None = None
) -> Scope:
    """What the person may count of one body, or of all of `bodies` (as `bodies_of` gives them)."""
    keys = [body.pk] if body is not None else [each.pk for each in bodies]
    requests, every = _requests(person, today, body)
    return Scope(
        key=f"{person.pk}:{body.pk if body else 'all'}",
        body=body,
        records=Record.objects.filter(body_id__in=keys),
        entries=_entries(keys),
        requests=requests,
        all_requests=every,
    )


def _entries(bodies: Sequence[int]) -> QuerySet[CatalogEntry]:
    """All entries of the bodies. Every state and column is named: then the index of the public
    lists (state, body, column, day) leads to a period without reading the wide rows of the rest."""
    return CatalogEntry.objects.filter(
        state__in=EntryState.values, body_id__in=bodies, column__in=Column.values
    )


def _requests(
    person: Person, today: date, body: Body | None
) -> tuple[QuerySet[DisclosureRequest], bool]:
    """The same rows as `disclosure.visible_to`, without its search through every assignment."""
    if body is None:
        return disclosure.visible_to(person, today), False
    if any(orgs.has_role(person, body, role, today) for role in WHOLE_BODY):
        return DisclosureRequest.objects.filter(body=body), True
    return disclosure.visible_to(person, today).filter(body=body), False


def whole(body: Body) -> Scope:
    """Everything of a body: for figures that are told without their rows."""
    return Scope(
        key=f"whole:{body.pk}",
        body=body,
        records=Record.objects.filter(body=body),
        entries=_entries([body.pk]),
        requests=DisclosureRequest.objects.filter(body=body),
        all_requests=True,
    )
