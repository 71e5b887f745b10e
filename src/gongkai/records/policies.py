"""Who may read and change records. None stands for the operator at the machine's console."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role, Section

SECTION_ROLES = (Role.CASE_OFFICER, Role.SECTION_HEAD)


def may_keep(person: Person | None, body: Body, section: Section | None, today: date) -> Answer:
    """Draft and edit: staff of the section, or the disclosure office of the body."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    if any(
        orgs.has_role_in_section(person, section, role, today, body=body) for role in SECTION_ROLES
    ):
        return YES
    where = section.name if section else body.name
    return Answer(
        False,
        f"只有{where}的经办人、科室负责人或政府信息公开工作机构可以录入和修改这条信息。"
        "请交由他们办理。",
        "record.not_yours",
    )


def may_read(person: Person, body: Body, today: date) -> Answer:
    """Read the body's unpublished records: its business staff and its supervisors."""
    if set(orgs.roles_in(person, body, today)) & set(READING_ROLES):
        return YES
    if body in orgs.supervised_bodies(person, today):
        return YES
    return Answer(False, f"这是{body.name}的内部信息，您没有查看的权限。", "record.not_visible")


READING_ROLES = (
    Role.CASE_OFFICER,
    Role.SECTION_HEAD,
    Role.DISCLOSURE_OFFICE,
    Role.REVIEW_GROUP,
    Role.RESPONSIBLE_LEADER,
    Role.SUPERVISOR,
)


def may_keep_classes(person: Person | None, body: Body, today: date) -> Answer:
    """Classes of the catalog: the disclosure office."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        "只有政府信息公开工作机构可以维护信息分类。请联系他们办理。",
        "class.not_office",
    )
