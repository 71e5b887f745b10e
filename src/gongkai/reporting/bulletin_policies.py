"""Who drafts, issues and reads bulletins. None is the operator at the console."""

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


def may_issue(person: Person | None, body: Body, today: date) -> Answer:
    """Draft, edit, issue: the disclosure office of the body."""
    if person is None or orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        f"通报由{body.name}的政府信息公开工作机构起草和印发。请联系他们办理。",
        "bulletin.not_office",
    )
