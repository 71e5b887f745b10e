"""Who puts before the public and takes away again."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role


def may_publish(person: Person, body: Body, today: date) -> Answer:
    """Publish, schedule, withdraw, revise, keep the guide: the disclosure office (Art. 4)."""
    if orgs.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    return Answer(
        False,
        f"发布、撤下、修订和维护指南由{body.name}的政府信息公开工作机构办理，您没有这个角色。",
        "catalog.not_office",
    )
