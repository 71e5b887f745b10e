"""Roles given and taken. The separation of the administrators is kept here and in the database."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.ranges import Span
from gongkai.kit.refusal import Refusal
from gongkai.orgs import policies, queries
from gongkai.orgs.actions.writing import need_reason, write_down
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import ADMINISTRATORS, Person, Role, RoleGrant
from gongkai.orgs.values import RoleAward


@transaction.atomic
def grant(*, person: Person, award: RoleAward, by: Person | None, now: datetime) -> RoleGrant:
    """Give a role. Refused: to oneself, twice, or beside an administrator's role."""
    today = civil_day(now)
    policies.may_change_roles_of(by, person, award.body, today).require(policies.SEPARATION)
    # Two grants to one person at the same moment wait here for one another.
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not kept.is_active:
        raise Refusal("role.inactive_person", f"账号{kept.username}已停用，请先恢复再授予角色。")
    if award.section is not None and award.section.body_id != award.body.pk:
        sentence = f"{award.section.name}不是{award.body.name}的科室，请重新选择科室。"
        raise Refusal("orgs.foreign_section", sentence, fields={"section": sentence})
    row = RoleGrant(
        person=kept,
        role=award.role,
        body=award.body,
        section=award.section,
        from_on=award.from_on or today,
        until=award.until,
        granted_by=by,
    )
    _refuse_mixture(row)
    try:
        save_checked(row, code="role.not_valid")
    except IntegrityError as error:
        raise _mixture(row) from error
    queries.forget_roles(person)
    data = {"account": kept.username, "role": row.role, "label": Role(row.role).label}
    write_down("role.granted", row=row, by=by, body=award.body, change=Change(data=data))
    return row


def _refuse_mixture(row: RoleGrant) -> None:
    """An administrator holds nothing else, on any day (GB/T 22239 8.1.5)."""
    span = Span(row.from_on, row.until)
    others = RoleGrant.objects.filter(person=row.person)
    if row.role not in ADMINISTRATORS:
        others = others.filter(role__in=ADMINISTRATORS)
    for other in others.filter(Q(until__isnull=True) | Q(until__gt=F("from_on"))):
        if Span(other.from_on, other.until).overlaps(span):
            raise _mixture(row, other)


def _mixture(row: RoleGrant, other: RoleGrant | None = None) -> Refusal:
    wanted = Role(row.role).label
    held = f"“{Role(other.role).label}”" if other else "别的角色"
    sentence = (
        f"{row.person.name}已持有{held}，不能再做“{wanted}”："
        "系统、安全、审计三个管理员必须是三个人，也不兼任业务角色。"
        "请换一个人，或先收回原来的角色。"
    )
    return Refusal("role.separation", sentence, policies.SEPARATION, {"role": sentence})


@transaction.atomic
def revoke(*, grant: RoleGrant, reason: str, by: Person | None, now: datetime) -> RoleGrant:
    """Take a role away from today on; what was done with it stays valid."""
    why, today = need_reason(reason), civil_day(now)
    policies.may_change_roles_of(by, grant.person, grant.body, today).require(policies.SEPARATION)
    kept = RoleGrant.objects.select_for_update(no_key=True).get(pk=grant.pk)
    if kept.until is not None and kept.until <= today:
        raise Refusal("role.already_ended", "这个角色已经收回，不必再收。请刷新页面。")
    _refuse_last_security_admin(kept, by)
    kept.until = max(today, kept.from_on)
    kept.save(update_fields=["until"])
    grant.until = kept.until
    queries.forget_roles(grant.person)
    label = Role(kept.role).label
    data = {"account": kept.person.username, "role": kept.role, "label": label}
    change = Change(reason=why, data=data)
    write_down("role.revoked", row=kept, by=by, body=kept.body, change=change)
    return kept


def _refuse_last_security_admin(row: RoleGrant, by: Person | None) -> None:
    """Somebody must remain who can give roles, or only the console could."""
    if row.role != Role.SECURITY_ADMIN or by is None:
        return
    others = RoleGrant.objects.filter(role=Role.SECURITY_ADMIN, until__isnull=True)
    if not others.exclude(pk=row.pk).exists():
        raise Refusal(
            "role.last_security_admin",
            "这是最后一个安全管理员，收回后再没有人能授予角色。请先授予另一个人。",
        )
