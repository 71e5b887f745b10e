"""Who sits at the desk: the person of a request, the roles held today, the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongkai.kit.dates import civil_day
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at work: `now` is read once per request, `today` is its civil day in China."""

    person: Person
    roles: frozenset[str]
    now: datetime
    today: date

    @property
    def body(self) -> Body | None:
        """The body the person belongs to."""
        return self.person.body

    def holds(self, *roles: str) -> bool:
        """Tell whether the person holds any of `roles` today, in whatever body."""
        return not self.roles.isdisjoint(roles)

    @property
    def role_labels(self) -> list[str]:
        """The Chinese names of the roles, in the order of the list of roles."""
        return [str(role.label) for role in Role if role.value in self.roles]


def take_seat(person: Person) -> Seat:
    """The seat of `person` at the present moment."""
    now = timezone.now()
    today = civil_day(now)
    return Seat(person, frozenset(orgs.roles_of(person, today)), now, today)
