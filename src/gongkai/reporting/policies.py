"""Who may do what with yearly reports. None stands for the operator at the console."""

from __future__ import annotations

from datetime import date

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


def may_prepare(person: Person | None, body: Body, today: date) -> Answer:
    """Begin, compute, enter cells, write, hand in, send: the disclosure office."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        f"年度报告由{body.name}的政府信息公开工作机构编制。请联系他们办理。",
        "report.not_office",
    )


def may_approve(person: Person | None, body: Body, today: date) -> Answer:
    """Approve, send back, order a correction: the responsible leader."""
    if person is None or orgs.has_role(person, body, Role.RESPONSIBLE_LEADER, today):
        return YES
    return Answer(
        False,
        f"年度报告由{body.name}的主管领导批准。请提交主管领导。",
        "report.not_leader",
    )


def may_reopen(person: Person | None, body: Body, today: date) -> Answer:
    """Ask for a correction after the approval: the office or the leader."""
    if may_prepare(person, body, today):
        return YES
    return may_approve(person, body, today)


def may_take_receipt(person: Person | None, body: Body, today: date) -> Answer:
    """Note that the report came in: a supervisor of a body above."""
    if person is None or body in orgs.supervised_bodies(person, today):
        return YES
    return Answer(False, "年度报告由上级主管部门签收。", "report.not_supervisor")


def may_read(person: Person, body: Body, today: date) -> Answer:
    """See the report and its working: business staff of the body, and its supervisors."""
    if set(orgs.roles_in(person, body, today)) & set(READERS):
        return YES
    if body in orgs.supervised_bodies(person, today):
        return YES
    return Answer(False, "没有找到这份年度报告，或者您没有查看的权限。", "report.not_visible")
