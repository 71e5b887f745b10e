"""Who assesses, gives points, appeals, decides, closes. None is the operator at the console.

The disclosure office assesses the sections of its body, a supervisor the bodies below his. Nobody
gives points to his own section or body; nobody decides on his own appeal or his own points.
"""

from __future__ import annotations

from datetime import date

from gongkai.assessment.models import Appeal, AssessmentRound, Audience, HandMark, ScoreSheet
from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role

READERS = (
    Role.CASE_OFFICER,
    Role.SECTION_HEAD,
    Role.DISCLOSURE_OFFICE,
    Role.REVIEW_GROUP,
    Role.RESPONSIBLE_LEADER,
    Role.SUPERVISOR,
)
SECTION_ROLES = (Role.SECTION_HEAD, Role.CASE_OFFICER)
ASSESSOR = {Audience.SECTIONS: Role.DISCLOSURE_OFFICE, Audience.BODIES: Role.SUPERVISOR}
DECIDERS = {
    Audience.SECTIONS: (Role.RESPONSIBLE_LEADER, Role.DISCLOSURE_OFFICE),
    Audience.BODIES: (Role.SUPERVISOR, Role.RESPONSIBLE_LEADER),
}
CLOSER = {Audience.SECTIONS: Role.RESPONSIBLE_LEADER, Audience.BODIES: Role.SUPERVISOR}


def may_assess(person: Person | None, body: Body, audience: str, today: date) -> Answer:
    """Plan, measure, give points, publish the draft."""
    role = ASSESSOR[Audience(audience)]
    if person is None or orgs.has_role(person, body, role, today):
        return YES
    return Answer(
        False,
        f"考核{Audience(audience).label}由{body.name}的“{role.label}”办理，您没有这个角色。",
        "assessment.not_assessor",
    )


def may_give(person: Person | None, sheet: ScoreSheet, today: date) -> Answer:
    """Points by hand: the assessor, never for his own section or body."""
    round_ = sheet.round
    held = may_assess(person, round_.body, round_.audience, today)
    if not held or person is None:
        return held
    if _is_own(person, sheet):
        return Answer(
            False,
            f"{sheet.name}是您自己所在的单位，不能由您评分。请由另一位同志评分。",
            "assessment.own_section",
        )
    return YES


def may_appeal(person: Person | None, sheet: ScoreSheet, today: date) -> Answer:
    """File an appeal: staff of the section, or the disclosure office of the assessed body."""
    if person is None:
        return YES
    if sheet.section is not None:
        body = sheet.round.body
        allowed = any(
            orgs.has_role_in_section(person, sheet.section, role, today, body=body)
            and (person.section_id == sheet.section_id)
            for role in SECTION_ROLES
        )
    else:
        allowed = orgs.has_role(person, sheet.body, Role.DISCLOSURE_OFFICE, today)
    if allowed:
        return YES
    return Answer(
        False,
        f"只有{sheet.name}的工作人员可以为{sheet.name}申诉。",
        "assessment.not_theirs",
    )


def may_decide(person: Person | None, appeal: Appeal, today: date) -> Answer:
    """Decide on an appeal: neither who filed it nor who gave the points in question."""
    sheet = appeal.sheet
    if person is None:
        return YES
    roles = DECIDERS[Audience(sheet.round.audience)]
    if not any(orgs.has_role(person, sheet.round.body, role, today) for role in roles):
        named = "、".join(str(role.label) for role in roles)
        return Answer(
            False, f"申诉由{sheet.round.body.name}的“{named}”决定。", "assessment.not_decider"
        )
    marked = HandMark.objects.filter(sheet=sheet, key=appeal.key, by=person).exists()
    if person.pk == appeal.filed_by_id or marked or _is_own(person, sheet):
        return Answer(
            False,
            "申诉要由另一个人决定：您是申诉人、原评分人，或者就在这个单位。请由另一位同志决定。",
            "assessment.same_person",
        )
    return YES


def may_close(person: Person | None, round_: AssessmentRound, today: date) -> Answer:
    """Decide the result: the responsible leader; for bodies, the supervisor."""
    role = CLOSER[Audience(round_.audience)]
    if person is None or orgs.has_role(person, round_.body, role, today):
        return YES
    return Answer(
        False,
        f"考核结果由{round_.body.name}的“{role.label}”审定。请送他们审定。",
        "assessment.not_closer",
    )


def may_adjust(person: Person | None, body: Body, today: date) -> Answer:
    """Adjust a scheme for a body: a supervisor above it, never the body itself."""
    if person is None or body in orgs.supervised_bodies(person, today):
        return YES
    return Answer(
        False,
        f"只有{body.name}的上级主管部门可以调整考核办法。请向主管部门提出。",
        "assessment.not_supervisor",
    )


def may_inspect(person: Person | None, body: Body, today: date) -> Answer:
    """Inspect the site: the disclosure office, or a supervisor above the body."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    if body in orgs.supervised_bodies(person, today):
        return YES
    return Answer(
        False,
        f"网站自查由{body.name}的政府信息公开工作机构或者主管部门进行。请联系他们。",
        "inspection.not_office",
    )


def _is_own(person: Person, sheet: ScoreSheet) -> bool:
    if sheet.section_id is not None:
        return person.section_id == sheet.section_id
    return person.body_id == sheet.body_id
