"""Small plain functions that make an office with its people and papers, through real actions.

Everything is invented. `OFFICE` is made once per test; a paper is carried as far as asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from gongkai.catalog import actions as catalog
from gongkai.catalog.models import CatalogEntry
from gongkai.kit.dates import CHINA
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person, Role, Section
from gongkai.orgs.values import RoleAward
from gongkai.records import actions as records
from gongkai.records.models import CatalogClass, Record
from gongkai.records.values import Link, NewFile
from gongkai.review import actions as review
from gongkai.review.checklist import KEYS
from gongkai.review.models import ReviewSheet
from gongkai.review.queries import open_findings
from gongkai.review.values import Decision, FindingReply, Opinion, Proposal

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
PASSWORD = "only-for-tests-1"
_next = count(1)
CLEAR = dict.fromkeys(KEYS, False)


@dataclass(frozen=True, slots=True)
class Office:
    """A body with two sections, a class with a sub-class, and one person for each part."""

    body: Body
    section: Section
    other_section: Section
    top_class: CatalogClass
    sub_class: CatalogClass
    clerk: Person
    verifier: Person
    leader: Person
    officer: Person


def person(name: str, role: str, body: Body, section: Section | None = None) -> Person:
    """A member of staff with one role, able to sign in with `PASSWORD`."""
    made = orgs.create_person(
        fields={
            "username": f"{role}{next(_next)}",
            "name": name,
            "body": body,
            "section": section,
        },
        password=PASSWORD,
        by=None,
        now=NOW,
    )
    since = date(2008, 1, 1)
    orgs.grant(person=made, award=RoleAward(role, body, section, since), by=None, now=NOW)
    return made


def office(*, code: str = "", name: str = "云岭区商务局", **fields: object) -> Office:
    """A new body with its people; `fields` are further fields of the body."""
    number = next(_next)
    given = {
        "code": code or f"11Y{number:03d}",
        "name": name,
        "region": "110199",
        "profile": {"index_number": {"pattern": f"11Y{number:03d}/ZK-{{year}}-{{serial:06d}}"}},
        **fields,
    }
    body = orgs.create_body(fields=given, by=None, now=NOW)
    section = orgs.create_section(
        body=body, fields={"code": "fagui", "name": "法规科"}, by=None, now=NOW
    )
    other = orgs.create_section(
        body=body, fields={"code": "bangong", "name": "办公室"}, by=None, now=NOW
    )
    top = records.create_class(
        body=body,
        fields={"code": "regulations", "name": "法规文件", "responsible_section": section},
        by=None,
        now=NOW,
    )
    sub = records.create_class(
        body=body,
        fields={"code": "documents", "name": "规范性文件", "parent": top},
        by=None,
        now=NOW,
    )
    return Office(
        body, section, other, top, sub,
        person("经办甲", Role.CASE_OFFICER, body, section),
        person("审查乙", Role.REVIEW_GROUP, body),
        person("主管丙", Role.RESPONSIBLE_LEADER, body),
        person("公开丁", Role.DISCLOSURE_OFFICE, body),
    )  # fmt: skip


def draft(at: Office, *, now: datetime = NOW, **fields: Any) -> Record:
    """A draft of a paper, complete enough to be proposed."""
    number = next(_next)
    given: dict[str, object] = {
        "title": f"关于做好第{number}号工作的通知",
        "abstract": "部署有关工作。",
        "created_on": (now - timedelta(days=3)).date(),
        "validity": "in_force",
        "genre": "notice",
        "legal_item": "2019-20-01",
        "section": at.section,
        "catalog_class": at.sub_class,
        "text": "各科室：\n一、总体要求\n请按要求做好有关工作。",
        **fields,
    }
    return records.draft(body=at.body, fields=given, by=at.clerk, now=now)


def attach(record: Record, at: Office, *, name: str, content: bytes, **more: str) -> None:
    """A file on a draft; `more` may give media_type and purpose."""
    file = NewFile(name=name, content=content, **more)
    records.attach(record=record, file=file, by=at.clerk, now=NOW)


def relate(record: Record, at: Office, kind: str, target: Record | None, cited: str = "") -> None:
    """A relation on a draft."""
    records.relate(record=record, link=Link(kind, target, cited), by=at.clerk, now=NOW)


def grant_more(whom: Person, body: Body, *roles: str) -> None:
    """Further roles for somebody who has one."""
    for role in roles:
        award = RoleAward(role, body, None, date(2008, 1, 1))
        orgs.grant(person=whom, award=award, by=None, now=NOW)


def answer_all(record: Record, at: Office, *, now: datetime = NOW) -> None:
    """Keep the text at every finding that waits for an answer."""
    review.rescan(record=record, now=now)
    for finding in open_findings(record):
        reply = FindingReply("kept", reason="经核对无误")
        review.answer_finding(finding=finding, answer=reply, by=at.clerk, now=now)


def propose(
    record: Record,
    at: Office,
    *,
    now: datetime = NOW,
    answer_first: bool = True,
    **more: Any,
) -> ReviewSheet:
    """Answer every open finding by keeping the text, then propose; `more` as in `Proposal`."""
    if answer_first:
        answer_all(record, at, now=now)
    record.refresh_from_db()
    proposal = Proposal(
        attribute=more.get("attribute", "proactive"),
        ground=more.get("ground", ""),
        reason=more.get("reason", ""),
        checklist=CLEAR,
    )
    return review.propose(record=record, proposal=proposal, by=at.clerk, now=now)


def verify(
    sheet: ReviewSheet, at: Office, *, text: str = "同意", now: datetime = NOW
) -> ReviewSheet:
    """The review group's opinion, with the attribute that was proposed."""
    opinion = Opinion(sheet.proposed_attribute, text)
    return review.verify(sheet=sheet, opinion=opinion, by=at.verifier, now=now)


def decide(sheet: ReviewSheet, at: Office, *, now: datetime = NOW) -> ReviewSheet:
    """The leader's decision, as proposed."""
    decision = Decision(sheet.proposed_attribute, sheet.proposed_ground, sheet.proposed_reason)
    return review.decide(sheet=sheet, decision=decision, by=at.leader, now=now)


def review_fully(record: Record, at: Office, *, now: datetime = NOW, **more: Any) -> ReviewSheet:
    """All three steps by three people."""
    return decide(verify(propose(record, at, now=now, **more), at, now=now), at, now=now)


def publish(record: Record, at: Office, *, now: datetime = NOW) -> CatalogEntry:
    """Review a draft and put it before the public."""
    review_fully(record, at, now=now)
    record.refresh_from_db()
    return catalog.publish(record=record, by=at.officer, now=now)


def published(at: Office, *, now: datetime = NOW, **fields: Any) -> CatalogEntry:
    """A paper from draft to the public page."""
    return publish(draft(at, now=now, **fields), at, now=now)
