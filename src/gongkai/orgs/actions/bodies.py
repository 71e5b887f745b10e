"""Bodies and their sections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import policies, queries
from gongkai.orgs.actions.writing import labels, need_reason, put, write_down
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person, RoleGrant, Section

BODY_FIELDS = (
    "code", "name", "short_name", "level", "parent", "region", "place_name", "credit_code",
    "profile", "site_name", "site_code", "address", "office_hours", "phone", "fax", "email",
    "is_demo",
)  # fmt: skip
SECTION_FIELDS = ("code", "name", "ordinal")


@transaction.atomic
def create_body(*, fields: Mapping[str, object], by: Person | None, now: datetime) -> Body:
    """Register a body; `fields` are those of `BODY_FIELDS`, `code` and `name` needed."""
    body = Body()
    put(body, fields, BODY_FIELDS)
    policies.may_administer_body(by, body.parent, civil_day(now)).require(policies.SEPARATION)
    save_checked(body, code="orgs.body_not_valid")
    data = {"code": body.code, "name": body.name}
    write_down("body.created", row=body, by=by, body=body, change=Change(data=data))
    return body


@transaction.atomic
def edit_body(
    *, body: Body, fields: Mapping[str, object], by: Person | None, now: datetime
) -> Body:
    """Change some fields of a body. Nothing changed: nothing is written down."""
    today = civil_day(now)
    policies.may_administer_body(by, body, today).require(policies.SEPARATION)
    kept = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    changed = put(kept, fields, BODY_FIELDS)
    if "parent" in changed:
        _refuse_ring(kept)
        policies.may_administer_body(by, kept.parent, today).require(policies.SEPARATION)
    if not changed:
        return kept
    save_checked(kept, code="orgs.body_not_valid")
    data = {"code": kept.code, "name": kept.name, "changed": labels(kept, changed)}
    write_down("body.edited", row=kept, by=by, body=kept, change=Change(data=data))
    return kept


def _refuse_ring(body: Body) -> None:
    parent = body.parent
    if parent is not None and (
        parent.pk == body.pk or body.pk in {b.pk for b in queries.ancestors(parent)}
    ):
        sentence = f"{parent.name}在{body.name}之下，不能又做它的上级。请另选上级机关。"
        raise Refusal("orgs.body_ring", sentence, fields={"parent": sentence})


@transaction.atomic
def deactivate_body(*, body: Body, reason: str, by: Person | None, now: datetime) -> Body:
    """Take a body out of use. Its records, people and journal stay."""
    why, today = need_reason(reason), civil_day(now)
    policies.may_administer_body(by, body, today).require(policies.SEPARATION)
    kept = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    children = Body.objects.filter(parent=kept, is_active=True).count()
    if children:
        raise Refusal(
            "orgs.body_has_children",
            f"{kept.name}之下还有{children}个在用的机关，请先停用或移走它们。",
        )
    kept.is_active = False
    kept.save(update_fields=["is_active"])
    change = Change(from_state="active", to_state="inactive", reason=why, data={"name": kept.name})
    write_down("body.deactivated", row=kept, by=by, body=kept, change=change)
    return kept


@transaction.atomic
def create_section(
    *, body: Body, fields: Mapping[str, object], by: Person | None, now: datetime
) -> Section:
    """Set up a section of the body; `fields` are those of `SECTION_FIELDS`."""
    policies.may_administer_body(by, body, civil_day(now)).require(policies.SEPARATION)
    section = Section(body=body)
    put(section, fields, SECTION_FIELDS)
    save_checked(section, code="orgs.section_not_valid")
    data = {"code": section.code, "name": section.name}
    write_down("section.created", row=section, by=by, body=body, change=Change(data=data))
    return section


@transaction.atomic
def edit_section(
    *, section: Section, fields: Mapping[str, object], by: Person | None, now: datetime
) -> Section:
    """Rename or reorder a section."""
    policies.may_administer_body(by, section.body, civil_day(now)).require(policies.SEPARATION)
    kept = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
    changed = put(kept, fields, SECTION_FIELDS)
    if not changed:
        return kept
    save_checked(kept, code="orgs.section_not_valid")
    data = {"name": kept.name, "changed": labels(kept, changed)}
    write_down("section.edited", row=kept, by=by, body=kept.body, change=Change(data=data))
    return kept


@transaction.atomic
def deactivate_section(
    *, section: Section, reason: str, by: Person | None, now: datetime
) -> Section:
    """Take a section out of use, when nobody works there and no role is held for it."""
    why, today = need_reason(reason), civil_day(now)
    policies.may_administer_body(by, section.body, today).require(policies.SEPARATION)
    kept = Section.objects.select_for_update(no_key=True).get(pk=section.pk)
    people = kept.people.filter(is_active=True).count()
    roles = RoleGrant.objects.filter(queries.current(today), section=kept).count()
    if people or roles:
        raise Refusal(
            "orgs.section_in_use",
            f"{kept.name}还有{people}个在用账号、{roles}项角色，请先调整到别的科室。",
        )
    kept.is_active = False
    kept.save(update_fields=["is_active"])
    change = Change(from_state="active", to_state="inactive", reason=why, data={"name": kept.name})
    write_down("section.deactivated", row=kept, by=by, body=kept.body, change=change)
    return kept
