"""Reads about bodies, people and roles. Days are civil days in China, given by the caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.journal.values import SYSTEM, Actor
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import (
    ADMINISTRATORS,
    SECOND_FACTOR_ROLES,
    Body,
    Duty,
    GroupSeat,
    Person,
    Role,
    RoleGrant,
    Section,
)

__all__ = [
    "actor", "ancestors", "body_tree", "calendar", "current", "descendants", "duties",
    "forget_roles", "grants_of", "has_role", "has_role_above", "has_role_in_section",
    "is_administrator", "needs_second_factor", "people_with_role", "responsible_units",
    "roles_in", "roles_of", "seats", "supervised_bodies",
]  # fmt: skip
_READ = "_gongkai_grants"


def current(today: date) -> Q:
    """The condition under which a dated row (`from_on`, `until`) holds on `today`."""
    return Q(from_on__lte=today) & (Q(until__isnull=True) | Q(until__gt=today))


def grants_of(person: Person, today: date) -> tuple[RoleGrant, ...]:
    """The grants in force, read once per person object; a person without account use has none.

    The memory lives on the object, so it ends with the request and is never shared.
    """
    if not person.is_active:
        return ()
    read: tuple[RoleGrant, ...] | None = person.__dict__.get(_READ)
    if read is None:
        read = tuple(RoleGrant.objects.filter(person_id=person.pk).order_by("id"))
        person.__dict__[_READ] = read
    return tuple(g for g in read if g.from_on <= today and (g.until is None or today < g.until))


def forget_roles(person: Person) -> None:
    """Make the next question read the grants anew (after a change)."""
    person.__dict__.pop(_READ, None)


def roles_of(person: Person, today: date) -> frozenset[str]:
    """Every role the person holds today, in whichever body."""
    return frozenset(g.role for g in grants_of(person, today))


def roles_in(person: Person, body: Body, today: date) -> frozenset[str]:
    """The roles held in this body (its sections included)."""
    return frozenset(g.role for g in grants_of(person, today) if g.body_id == body.pk)


def has_role(person: Person, body: Body, role: str, today: date) -> bool:
    """Tell whether the person holds the role in this body."""
    return role in roles_in(person, body, today)


def has_role_in_section(
    person: Person, section: Section | None, role: str, today: date, *, body: Body
) -> bool:
    """Tell whether the role reaches this section: held for it, or for the whole body.

    Without a section (not assigned yet) only a role for the whole body reaches.
    """
    return any(
        g.role == role
        and g.body_id == body.pk
        and (g.section_id is None or (section is not None and g.section_id == section.pk))
        for g in grants_of(person, today)
    )


def has_role_above(person: Person, body: Body | None, role: str, today: date) -> bool:
    """Tell whether the role is held in this body or in any body above it (any at all for None)."""
    held = {g.body_id for g in grants_of(person, today) if g.role == role}
    if body is None or not held:
        return bool(held)
    return any(b.pk in held for b in (body, *ancestors(body)))


def is_administrator(person: Person, today: date) -> bool:
    """Tell whether the person is one of the three administrators."""
    return any(role in ADMINISTRATORS for role in roles_of(person, today))


def needs_second_factor(person: Person, today: date) -> bool:
    """Tell whether signing in needs a second factor: publishing roles and administrators."""
    return any(role in SECOND_FACTOR_ROLES for role in roles_of(person, today))


def people_with_role(body: Body, role: str, today: date) -> QuerySet[Person]:
    """Active people who hold the role in this body today."""
    holding = RoleGrant.objects.filter(current(today), body=body, role=role)
    return Person.objects.filter(is_active=True, pk__in=holding.values("person_id"))


def responsible_units(body: Body) -> QuerySet[Section]:
    """The sections that can answer for records of the body."""
    return Section.objects.filter(body=body, is_active=True)


def ancestors(body: Body) -> tuple[Body, ...]:
    """The bodies above, nearest first. A broken tree (a ring) ends where it closes."""
    above: list[Body] = []
    here, seen = body.parent, {body.pk}
    while here is not None and here.pk not in seen:
        above.append(here)
        seen.add(here.pk)
        here = here.parent
    return tuple(above)


def descendants(body: Body) -> tuple[Body, ...]:
    """The bodies below, parents before children, in the order of their codes."""
    return tuple(b for depth, b in body_tree(body) if depth)


def body_tree(root: Body | None = None) -> list[tuple[int, Body]]:
    """(depth, body), parents before children; one query whatever the size of the tree."""
    below: dict[int | None, list[Body]] = defaultdict(list)
    for body in Body.objects.order_by("code"):
        below[body.parent_id].append(body)
    start: Iterable[Body] = [root] if root is not None else below[None]
    tree: list[tuple[int, Body]] = []
    waiting = [(0, body) for body in reversed(list(start))]
    while waiting:
        depth, body = waiting.pop()
        tree.append((depth, body))
        waiting.extend((depth + 1, child) for child in reversed(below[body.pk]))
    return tree


def supervised_bodies(person: Person, today: date) -> tuple[Body, ...]:
    """Every body below those in which the person is a supervisor."""
    roots = {g.body_id for g in grants_of(person, today) if g.role == Role.SUPERVISOR}
    if not roots:
        return ()
    found: dict[int, Body] = {}
    for root in Body.objects.filter(pk__in=roots):
        found.update((b.pk, b) for b in descendants(root))
    return tuple(found.values())


def seats(body: Body, today: date, group: str = "") -> QuerySet[GroupSeat]:
    """The seats taken today, of one group or of all."""
    found = GroupSeat.objects.filter(current(today), body=body).select_related("person")
    return found.filter(group=group) if group else found


def duties(body: Body) -> QuerySet[Duty]:
    """The named duties in the order of the body's own paper."""
    return Duty.objects.filter(body=body).select_related("section", "person")


def actor(person: Person | None, *, body: Body | None, role: str = "") -> Actor:
    """Who acts, for the journal; None is the operator at the machine's console."""
    if person is None:
        return Actor(SYSTEM.id, SYSTEM.name, SYSTEM.role, body.pk if body else None)
    return Actor(person.pk, person.get_full_name(), role, body.pk if body else person.body_id)
