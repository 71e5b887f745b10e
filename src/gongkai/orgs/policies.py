"""Who may change bodies, people, roles and notices. None stands for the console's operator."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import YES, Answer
from gongkai.orgs import queries
from gongkai.orgs.models import AccessToken, Body, Person, Role

SEPARATION = "GB/T 22239—2019 8.1.5 管理员分设"


def may_administer_body(person: Person | None, body: Body | None, today: date) -> Answer:
    """Bodies, sections, notices: the system administrator of the body or of one above it."""
    if person is None or queries.has_role_above(person, body, Role.SYSTEM_ADMIN, today):
        return YES
    return Answer(
        False,
        "只有本机关或上级机关的系统管理员可以维护机构、科室和节假日。请联系系统管理员。",
        "orgs.not_system_admin",
    )


def may_keep_groups(person: Person | None, body: Body, today: date) -> Answer:
    """Seats and duties: the disclosure office too, for they are its paper."""
    if person is not None and queries.has_role(person, body, Role.DISCLOSURE_OFFICE, today):
        return YES
    if may_administer_body(person, body, today):
        return YES
    return Answer(
        False,
        "只有本机关的政府信息公开工作机构或系统管理员可以登记小组成员和职责。请联系他们办理。",
        "orgs.not_office",
    )


def may_administer_people(person: Person | None, body: Body | None, today: date) -> Answer:
    """Accounts and roles: the security administrator of the body or of one above it."""
    if person is None or queries.has_role_above(person, body, Role.SECURITY_ADMIN, today):
        return YES
    return Answer(
        False,
        "只有本机关或上级机关的安全管理员可以开立账号、授予角色。请联系安全管理员。",
        "orgs.not_security_admin",
    )


def may_change_roles_of(
    person: Person | None, whose: Person, body: Body | None, today: date
) -> Answer:
    """Like `may_administer_people`, and nobody changes his own roles."""
    if person is not None and person.pk == whose.pk:
        return Answer(
            False,
            "不能给自己授予或收回角色。请由另一位安全管理员办理。",
            "orgs.own_roles",
        )
    return may_administer_people(person, body, today)


def may_hold_token(person: Person, today: date) -> Answer:
    """Call the staff API: whoever has an account in use and a role other than administrator."""
    if queries.roles_of(person, today) and not queries.is_administrator(person, today):
        return YES
    return Answer(
        False,
        "访问令牌发给办理业务的人员；没有业务角色的账号和管理员账号不能新建。",
        "token.no_role",
    )


def may_revoke_token(person: Person | None, token: AccessToken, today: date) -> Answer:
    """End a token: its owner, and whoever administers the owner's account."""
    if person is not None and person.pk == token.person_id:
        return YES
    return may_administer_people(person, token.person.body, today)
