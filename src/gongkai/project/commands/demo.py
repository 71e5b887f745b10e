"""``gongkai demo``: the invented body to try everything with."""

from gongkai.project.command import Namespace, Subparsers, answer
from gongkai.project.lookup import family, now, verb


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(subparsers, "demo", "演示数据: load, accounts, code")
    verb(verbs, "load", load, "载入虚构的云岭区商务局 (已载入则不变)")
    verb(verbs, "accounts", accounts, "列出演示账号和密码文件的位置")
    code = verb(verbs, "code", one_time_code, "显示一个演示账号现在的一次性验证码")
    code.add_argument("username", help="登录名")


def load(args: Namespace) -> None:
    """Load, or say that it is there."""
    from gongkai.project.demo import accounts as kept
    from gongkai.project.demo.load import load as load_demo

    loaded = load_demo(now=now())
    data = {
        "body": loaded.body,
        "loaded": loaded.fresh,
        "records": loaded.records,
        "accounts": str(kept.path()),
    }
    if loaded.fresh:
        lines = [
            f"已载入演示数据: {loaded.body}, {loaded.records} 条信息。",
            f"账号和密码在 {kept.path()} (只有本账号可读)。",
        ]
    else:
        lines = [f"演示数据已经载入过 ({loaded.body}), 没有改动。"]
    answer(args, data, lines)


def accounts(args: Namespace) -> None:
    """The accounts with their roles; passwords stay in the file."""
    from gongkai.kit.dates import civil_day
    from gongkai.orgs.models import Person, Role
    from gongkai.orgs.queries import needs_second_factor, roles_of
    from gongkai.project.demo import accounts as kept

    today = civil_day(now())
    data, lines = [], [f"密码在 {kept.path()}"]
    for person in Person.objects.filter(body__is_demo=True).select_related("section"):
        roles = sorted(roles_of(person, today))
        second = needs_second_factor(person, today)
        data.append(
            {"username": person.username, "name": person.name, "roles": roles,
             "second_factor": second}
        )  # fmt: skip
        held = "、".join(Role(role).label for role in roles) or "没有角色"
        section = f"{person.section.name} " if person.section else ""
        lines.append(f"{person.username}  {person.name}  {section}{held}{' *' if second else ''}")
    lines.append("标 * 的登录时还要一次性验证码: gongkai demo code 登录名")
    answer(args, {"file": str(kept.path()), "accounts": data}, lines)


def one_time_code(args: Namespace) -> None:
    """The present code."""
    from gongkai.project.demo.accounts import code

    made = code(args.username)
    data = {"code": made.code, "seconds": made.seconds}
    answer(args, data, [f"{made.code} ({made.seconds} 秒内有效)"])
