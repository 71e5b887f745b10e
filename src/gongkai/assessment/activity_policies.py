"""Who keeps and reads the register of activities. None is the operator at the console."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role

KEEPERS = (Role.DISCLOSURE_OFFICE, Role.CASE_OFFICER, Role.SECTION_HEAD)
READERS = (*KEEPERS, Role.REVIEW_GROUP, Role.RESPONSIBLE_LEADER, Role.SUPERVISOR)


def may_keep(person: Person | None, body: Body, today: date) -> Answer:
    """Enter and amend: the body's disclosure office, section staff for what they held."""
    if person is None or orgs.roles_in(person, body, today) & set(KEEPERS):
        return YES
    return Answer(
        False,
        f"活动台账由{body.name}的政府信息公开工作机构和各科室登记。请联系他们。",
        "activity.not_keeper",
    )


def may_read(person: Person, body: Body, today: date) -> Answer:
    """Read: the body's business staff and its supervisors."""
    held = orgs.roles_in(person, body, today) & set(READERS)
    if held or body in orgs.supervised_bodies(person, today):
        return YES
    return Answer(False, "没有找到这项活动，或者您没有查看的权限。", "activity.not_visible")
