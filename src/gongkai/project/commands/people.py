"""``gongkai people``: accounts, roles, passwords, locks."""

from datetime import date

from gongkai.project.command import Failure, Namespace, Subparsers, answer
from gongkai.project.lookup import (
    body_named,
    family,
    now,
    person_named,
    section_named,
    verb,
)


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(subparsers, "people", "账号和角色: list, add, grant, revoke, password, …")
    listing = verb(verbs, "list", list_people, "列出账号及其角色")
    listing.add_argument("--body", default="", metavar="代码", help="只列这个机关的")
    add = verb(verbs, "add", add_person, "开立账号, 打印一个临时密码")
    add.add_argument("username", help="登录名")
    add.add_argument("name", help="姓名")
    add.add_argument("--body", required=True, metavar="代码", help="机关")
    add.add_argument("--section", default="", metavar="代码", help="科室")
    for name, run, text in (
        ("grant", grant_role, "授予角色"),
        ("revoke", revoke_role, "收回角色"),
    ):
        parser = verb(verbs, name, run, text)
        parser.add_argument("username", help="登录名")
        parser.add_argument("role", help="角色, 如 case_officer, review_group, system_admin")
        parser.add_argument("--body", default="", metavar="代码", help="机关 (默认: 本人的机关)")
        if name == "grant":
            parser.add_argument("--section", default="", metavar="代码", help="只限这个科室")
            parser.add_argument("--until", type=date.fromisoformat, help="到哪天为止 (不含)")
        else:
            parser.add_argument("--reason", required=True, help="理由")
    for name, run, text in (
        ("password", issue_password, "发临时密码 (原密码失效, 登录后须改)"),
        ("unlock", unlock, "解除密码输错造成的锁定"),
        ("reset-factor", reset_factor, "重置丢失的第二重验证"),
        ("revoke-tokens", revoke_tokens, "吊销账号的全部访问令牌"),
        ("close", close_person, "停用账号"),
        ("reopen", reopen_person, "恢复账号"),
    ):
        parser = verb(verbs, name, run, text)
        parser.add_argument("username", help="登录名")
        if name in ("reset-factor", "close", "reopen"):
            parser.add_argument("--reason", required=True, help="理由")


def list_people(args: Namespace) -> None:
    """Accounts with the roles held today."""
    from gongkai.kit.dates import civil_day
    from gongkai.orgs.models import Person, Role
    from gongkai.orgs.queries import roles_of

    people = Person.objects.select_related("body", "section")
    if args.body:
        people = people.filter(body=body_named(args.body))
    today = civil_day(now())
    data, lines = [], []
    for person in people:
        roles = sorted(roles_of(person, today))
        body = person.body.code if person.body else None
        section = person.section.code if person.section else None
        data.append(
            {"username": person.username, "name": person.name, "body": body, "section": section,
             "is_active": person.is_active, "roles": roles}
        )  # fmt: skip
        held = "、".join(Role(role).label for role in roles) or "没有角色"
        state = "" if person.is_active else "  已停用"
        lines.append(f"{person.username}  {person.name}  {body or '-'}  {held}{state}")
    answer(args, {"people": data}, lines or ["还没有账号。"])


def add_person(args: Namespace) -> None:
    """Open an account and print its temporary password, once."""
    from django.db import transaction

    from gongkai.orgs import actions

    body = body_named(args.body)
    fields = {
        "username": args.username,
        "name": args.name,
        "body": body,
        "section": section_named(body, args.section),
    }
    moment = now()
    with transaction.atomic():
        person = actions.create_person(fields=fields, by=None, now=moment)
        password = actions.issue_password(person=person, by=None, now=moment)
    _print_password(args, person.username, password)


def issue_password(args: Namespace) -> None:
    """A new temporary password for somebody who forgot his."""
    from gongkai.orgs import actions

    person = person_named(args.username)
    password = actions.issue_password(person=person, by=None, now=now())
    _print_password(args, person.username, password)


def _print_password(args: Namespace, username: str, password: str) -> None:
    data = {"username": username, "password": password}
    answer(args, data, [f"账号 {username} 的临时密码: {password}", "登录后须改成自己的密码。"])


def grant_role(args: Namespace) -> None:
    """Give a role."""
    from gongkai.orgs import actions
    from gongkai.orgs.models import Role
    from gongkai.orgs.values import RoleAward

    person = person_named(args.username)
    body = body_named(args.body) if args.body else person.body
    if body is None:
        raise Failure(f"账号 {person.username} 没有机关, 请用 --body 指明。")
    award = RoleAward(_role(args.role), body, section_named(body, args.section), until=args.until)
    actions.grant(person=person, award=award, by=None, now=now())
    label = Role(args.role).label
    answer(args, {"username": person.username, "role": args.role}, [f"已授予“{label}”。"])


def _role(name: str) -> str:
    from gongkai.orgs.models import Role

    if name not in Role.values:
        known = "、".join(f"{role.value} {role.label}" for role in Role)
        raise Failure(f"没有角色 {name} (可选: {known})。")
    return name


def revoke_role(args: Namespace) -> None:
    """Take a role away."""
    from gongkai.kit.dates import civil_day
    from gongkai.orgs import actions, queries

    moment, person = now(), person_named(args.username)

    body = body_named(args.body) if args.body else person.body
    held = [
        g for g in queries.grants_of(person, civil_day(moment))
        if g.role == _role(args.role) and (body is None or g.body_id == body.pk)
    ]  # fmt: skip
    if not held:
        raise Failure(f"账号 {person.username} 现在没有角色 {args.role}。")
    for row in held:
        actions.revoke(grant=row, reason=args.reason, by=None, now=moment)
    answer(args, {"revoked": len(held)}, ["已收回。"])


def unlock(args: Namespace) -> None:
    """Lift a lock-out."""
    from gongkai.orgs import actions

    count = actions.unlock(person=person_named(args.username), by=None, now=now())
    answer(args, {"forgotten": count}, ["已解除锁定。"])


def reset_factor(args: Namespace) -> None:
    """Remove a lost authenticator."""
    from gongkai.orgs import actions

    person = person_named(args.username)
    count = actions.reset_second_factor(person=person, reason=args.reason, by=None, now=now())
    answer(args, {"removed": count}, ["已重置, 下次登录时重新设置。"])


def revoke_tokens(args: Namespace) -> None:
    """End every access token of an account."""
    from gongkai.orgs import actions

    count = actions.revoke_tokens(person=person_named(args.username), by=None, now=now())
    answer(args, {"revoked": count}, [f"已吊销 {count} 个访问令牌。"])


def close_person(args: Namespace) -> None:
    """Close an account."""
    from gongkai.orgs import actions

    person = person_named(args.username)
    actions.deactivate(person=person, reason=args.reason, by=None, now=now())
    answer(args, {"username": person.username, "is_active": False}, ["已停用。"])


def reopen_person(args: Namespace) -> None:
    """Open a closed account again."""
    from gongkai.orgs import actions

    person = person_named(args.username)
    actions.reactivate(person=person, reason=args.reason, by=None, now=now())
    answer(args, {"username": person.username, "is_active": True}, ["已恢复。"])
