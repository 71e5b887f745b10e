"""The staff of the demo, and the way of a paper through their hands by the product's actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.catalog import actions as catalog
from gongkai.catalog.models import CatalogEntry
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body, Person, Section
from gongkai.records.models import CatalogClass, Record
from gongkai.review import actions as review
from gongkai.review.models import ReviewSheet
from gongkai.review.queries import open_findings
from gongkai.review.values import Decision, FindingReply, Opinion, Proposal

OPINIONS = {
    "proactive": "经核实，内容真实完整，不涉及国家秘密、商业秘密和个人隐私，同意主动公开。",
    "on_request": "经核实，不涉及国家秘密，同意作为依申请公开信息。",
    "withheld": "经核实，科室所列依据和理由成立，同意不予公开，按期评估。",
}


@dataclass(frozen=True)
class Staff:
    """Who does what in the bureau."""

    body: Body
    sections: Mapping[str, Section]
    classes: Mapping[str, CatalogClass]
    officers: Mapping[str, Person]
    verifier: Person
    leader: Person
    office: Person


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the three steps come to."""

    attribute: str = "proactive"
    ground: str = ""
    reason: str = ""
    rereview_on: date | None = None


def propose(staff: Staff, record: Record, verdict: Verdict, now: datetime) -> ReviewSheet:
    """Step 1 by the section's officer, who answers what the scan finds."""
    by = officer(staff, record)
    proposal = Proposal(
        attribute=verdict.attribute,
        ground=verdict.ground,
        reason=verdict.reason,
        checklist={verdict.ground: True} if verdict.ground else {},
    )
    try:
        return review.propose(record=record, proposal=proposal, by=by, now=now)
    except Refusal as refusal:
        if refusal.code != "review.open_findings":
            raise
    answer_findings(staff, record, now)
    return review.propose(record=record, proposal=proposal, by=by, now=now)


def answer_findings(staff: Staff, record: Record, now: datetime) -> None:
    """The officer has compared with the original: it stays as it is."""
    reply = FindingReply("kept", reason="已与原件核对，原文如此。")
    for finding in open_findings(record):
        review.answer_finding(finding=finding, answer=reply, by=officer(staff, record), now=now)


def verify(staff: Staff, sheet: ReviewSheet, verdict: Verdict, now: datetime) -> ReviewSheet:
    """Step 2 by the review group."""
    opinion = Opinion(verdict.attribute, OPINIONS[verdict.attribute])
    return review.verify(sheet=sheet, opinion=opinion, by=staff.verifier, now=now)


def decide(staff: Staff, sheet: ReviewSheet, verdict: Verdict, now: datetime) -> ReviewSheet:
    """Step 3 by the responsible leader."""
    decision = Decision(verdict.attribute, verdict.ground, verdict.reason, verdict.rereview_on)
    return review.decide(sheet=sheet, decision=decision, by=staff.leader, now=now)


def publish(staff: Staff, record: Record, now: datetime) -> CatalogEntry:
    """By the disclosure office."""
    return catalog.publish(record=record, by=staff.office, now=now)


def officer(staff: Staff, record: Record) -> Person:
    """The case officer of the record's section."""
    if record.section is None:
        raise ValueError(f"{record.title}: no section")
    return staff.officers[record.section.code]


def review_whole(staff: Staff, record: Record, verdict: Verdict, now: datetime) -> ReviewSheet:
    """All three steps at one moment."""
    sheet = propose(staff, record, verdict, now)
    sheet = verify(staff, sheet, verdict, now)
    return decide(staff, sheet, verdict, now)
