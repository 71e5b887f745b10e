"""Who takes which step of the review; and that they are three different people."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role
from gongkai.records import policies as records
from gongkai.records.models import Record
from gongkai.review.models import ReviewSheet

THREE_STEPS = "谁公开谁审查、谁审查谁负责；《条例》第十七条"


def may_propose(person: Person, record: Record, today: date) -> Answer:
    """Step 1: the section that holds it, or the disclosure office."""
    return records.may_keep(person, record.body, record.section, today)


def may_verify(person: Person, sheet: ReviewSheet, today: date) -> Answer:
    """Step 2: the review group; not the person who proposed."""
    held = _holds(person, sheet.body, Role.REVIEW_GROUP, today)
    if not held:
        return held
    if person.pk == sheet.proposed_by_id:
        return Answer(
            False,
            "这份审查单是您提出的，不能由您核实。请由审查小组的另一位同志核实。",
            "review.same_person",
        )
    return YES


def may_decide(person: Person, sheet: ReviewSheet, today: date) -> Answer:
    """Step 3: the responsible leader; neither proposer nor verifier."""
    held = _holds(person, sheet.body, Role.RESPONSIBLE_LEADER, today)
    if not held:
        return held
    if person.pk in (sheet.proposed_by_id, sheet.verified_by_id):
        return Answer(
            False,
            "提出、核实、确定必须是三个人。请由另一位主管领导确定。",
            "review.same_person",
        )
    return YES


def may_return(person: Person, sheet: ReviewSheet, today: date) -> Answer:
    """Send back: the review group at step 2, the responsible leader at step 3."""
    role = Role.REVIEW_GROUP if sheet.state == "proposed" else Role.RESPONSIBLE_LEADER
    return _holds(person, sheet.body, role, today)


def may_keep_word_lists(person: Person | None, body: Body, today: date) -> Answer:
    """Word lists hold names and inside words: the disclosure office and the review group."""
    if person is None:
        return YES
    if set(orgs.roles_in(person, body, today)) & {Role.DISCLOSURE_OFFICE, Role.REVIEW_GROUP}:
        return YES
    return Answer(
        False,
        "核查词表由政府信息公开工作机构和审查小组维护。请联系他们办理。",
        "word_list.not_yours",
    )


def _holds(person: Person, body: Body, role: Role, today: date) -> Answer:
    if orgs.has_role(person, body, role, today):
        return YES
    return Answer(
        False,
        f"这一步由{body.name}的{role.label}办理，您没有这个角色。",
        f"review.not_{role.value}",
    )
