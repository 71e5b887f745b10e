"""Who may run a clean-up. None stands for the operator at the machine's console."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role, Section
from gongkai.records import policies as records


def may_run(person: Person | None, body: Body, section: Section | None, today: date) -> Answer:
    """Whoever may draft records of that section (the disclosure office for the whole body)."""
    if records.may_keep(person, body, section, today):
        return YES
    return Answer(
        False,
        "只有本科室的经办人、科室负责人或政府信息公开工作机构可以做信息清理。请交由他们办理。",
        "inventory.not_yours",
    )


def may_keep_mappings(person: Person | None, today: date) -> Answer:
    """Mappings serve every section: the disclosure office keeps them."""
    if person is None or Role.DISCLOSURE_OFFICE in orgs.roles_of(person, today):
        return YES
    return Answer(
        False,
        "只有政府信息公开工作机构可以修改字段对照。请联系他们办理。",
        "inventory.not_office",
    )
