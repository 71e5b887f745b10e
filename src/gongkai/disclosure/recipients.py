"""Who of the staff is told something about a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from gongkai.disclosure.models import DisclosureRequest
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person, Role, RoleGrant


def handlers_of(request: DisclosureRequest, today: date) -> list[Person]:
    """Whose case it is: the officer, else the section's head, else the disclosure office."""
    for role in (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.DISCLOSURE_OFFICE):
        found = at_level(request, role, today)
        if found:
            return found
    return []


def at_level(request: DisclosureRequest, role: str, today: date) -> list[Person]:
    """The people of one role as far as they stand over this very case."""
    if role == Role.CASE_OFFICER:
        officer = request.case_officer
        works = officer is not None and officer.is_active
        return [officer] if works and officer and orgs.grants_of(officer, today) else []
    if role != Role.SECTION_HEAD:
        return list(orgs.people_with_role(request.body, role, today).order_by("pk"))
    if request.section_id is None:
        return []
    here = Q(section_id=request.section_id) | Q(section__isnull=True)
    holding = RoleGrant.objects.filter(
        orgs.current(today), here, body_id=request.body_id, role=role
    )
    people = Person.objects.filter(is_active=True, pk__in=holding.values("person_id"))
    return list(people.order_by("pk"))


def of_roles(request: DisclosureRequest, roles: Iterable[str], today: date) -> list[Person]:
    """Everybody of these roles, each once; never nobody: a case without them is its handlers'."""
    found = {p.pk: p for role in roles for p in at_level(request, role, today)}
    return list(found.values()) or handlers_of(request, today)
