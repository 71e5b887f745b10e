"""The demo's bodies, sections, people, groups, duties and classes, from `data/body.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongkai.orgs import actions as orgs
from gongkai.orgs.actions.accounts import new_password
from gongkai.orgs.models import Body, Person, Role, Section
from gongkai.orgs.values import DutyText, RoleAward, SeatOffer
from gongkai.project.demo.accounts import Account
from gongkai.project.demo.content import table
from gongkai.project.demo.steps import Staff
from gongkai.records import actions as records
from gongkai.records.models import CatalogClass

CODE = "11Y025"


def build(*, now: datetime) -> tuple[Staff, list[Account]]:
    """Set up everything that stands before the first record; passwords are made here."""
    content = table("body")
    bodies = _bodies(content["bodies"], now)
    body = bodies[CODE]
    sections = {
        row["code"]: orgs.create_section(body=body, fields={**row, "ordinal": n}, by=None, now=now)
        for n, row in enumerate(content["sections"], 1)
    }
    people: dict[str, Person] = {}
    accounts = []
    for row in content["people"]:
        account = _person(row, bodies, sections, now)
        people[row["username"]] = account.person
        accounts.append(account)
    _groups(body, content, people, sections, now)
    return _staff(body, sections, _classes(body, content, sections, now), people), accounts


def _bodies(rows: list[dict[str, Any]], now: datetime) -> dict[str, Body]:
    bodies: dict[str, Body] = {}
    for row in rows:
        parent = bodies[row["parent"]] if "parent" in row else None
        fields = {**row, "parent": parent, "is_demo": True}
        bodies[row["code"]] = orgs.create_body(fields=fields, by=None, now=now)
    return bodies


def _person(
    row: Mapping[str, Any],
    bodies: Mapping[str, Body],
    sections: Mapping[str, Section],
    now: datetime,
) -> Account:
    body = bodies[row.get("body", CODE)]
    password = new_password()
    fields = {
        "username": row["username"],
        "name": row["name"],
        "body": body,
        "section": sections.get(row.get("section", "")),
        "office_phone": f"0000-{row['phone']}",
    }
    person = orgs.create_person(fields=fields, password=password, by=None, now=now)
    roles = []
    for written in row.get("roles", ()):
        role, _, section = written.partition("@")
        award = RoleAward(role, body, sections[section] if section else None)
        orgs.grant(person=person, award=award, by=None, now=now)
        roles.append(Role(role).label)
    return Account(person, password, row["post"], tuple(roles))


def _groups(
    body: Body,
    content: Mapping[str, Any],
    people: Mapping[str, Person],
    sections: Mapping[str, Section],
    now: datetime,
) -> None:
    for n, row in enumerate(content["seats"], 1):
        offer = SeatOffer(row["group"], row["title"], people[row["person"]], n)
        orgs.seat(body=body, offer=offer, by=None, now=now)
    for n, row in enumerate(content["duties"], 1):
        duty = DutyText(
            title=row["title"],
            text=row["text"],
            section=sections[row["section"]] if "section" in row else None,
            person=people[row["person"]] if "person" in row else None,
            ordinal=n,
        )
        orgs.assign_duty(body=body, duty=duty, by=None, now=now)


def _classes(
    body: Body, content: Mapping[str, Any], sections: Mapping[str, Section], now: datetime
) -> dict[str, CatalogClass]:
    made: dict[str, CatalogClass] = {}
    ordinal = 0
    for top in content["classes"]:
        rows: list[tuple[str, str, str, str]] = [(top["code"], top["name"], top["section"], "")]
        rows += [(code, name, section, top["code"]) for code, name, section in top["children"]]
        for code, name, section, parent in rows:
            ordinal += 1
            fields = {
                "code": code,
                "name": name,
                "ordinal": ordinal,
                "parent": made[parent] if parent else None,
                "responsible_section": sections[section],
            }
            made[code] = records.create_class(body=body, fields=fields, by=None, now=now)
    return made


def _staff(
    body: Body,
    sections: Mapping[str, Section],
    classes: Mapping[str, CatalogClass],
    people: Mapping[str, Person],
) -> Staff:
    content = table("body")["people"]
    officers = {
        role.partition("@")[2]: people[row["username"]]
        for row in content
        for role in row.get("roles", ())
        if role.startswith("case_officer@")
    }

    def holder(role: str) -> Person:
        return next(people[row["username"]] for row in content if role in row.get("roles", ()))

    return Staff(
        body=body,
        sections=sections,
        classes=classes,
        officers=officers,
        verifier=holder("review_group"),
        leader=holder("responsible_leader"),
        office=holder("disclosure_office"),
    )
