"""A district, its bureau, and the people who run them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from gongkai.orgs import actions, calendar
from gongkai.orgs.models import Body, Person, Role, Section
from gongkai.orgs.values import RoleAward

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PASSWORD = "lotus-pond-in-7-moons"


@pytest.fixture(autouse=True)
def _fresh_calendar() -> None:
    calendar.forget()


@dataclass
class Town:
    district: Body
    bureau: Body
    section: Section
    system: Person
    security: Person

    def person(self, username: str, role: str = "", section: Section | None = None) -> Person:
        made = actions.create_person(
            fields={"username": username, "name": f"{username}同志", "body": self.bureau},
            password=PASSWORD,
            by=self.security,
            now=NOW,
        )
        if role:
            award = RoleAward(role, self.bureau, section)
            actions.grant(person=made, award=award, by=self.security, now=NOW)
        return made


@pytest.fixture
def town(db: None) -> Town:
    district = actions.create_body(
        fields={"code": "D1", "name": "青石区人民政府", "level": "district"}, by=None, now=NOW
    )
    bureau = actions.create_body(
        fields={"code": "D1-SW", "name": "青石区商务局", "parent": district}, by=None, now=NOW
    )
    section = actions.create_section(
        body=bureau, fields={"code": "BGS", "name": "办公室"}, by=None, now=NOW
    )
    people = []
    for name, role in (("sysadmin", Role.SYSTEM_ADMIN), ("secadmin", Role.SECURITY_ADMIN)):
        fields = {"username": name, "name": name, "body": district}
        person = actions.create_person(fields=fields, password=PASSWORD, by=None, now=NOW)
        actions.grant(person=person, award=RoleAward(role, district), by=None, now=NOW)
        people.append(person)
    return Town(district, bureau, section, *people)
