"""``gongkai bodies``: bodies and their sections."""

from gongkai.project.command import Namespace, Subparsers, answer
from gongkai.project.lookup import body_named, family, now, verb


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(subparsers, "bodies", "行政机关和科室: list, add, section")
    verb(verbs, "list", list_bodies, "列出机关 (上级在前) 及其科室")
    add = verb(verbs, "add", add_body, "登记机关")
    add.add_argument("code", help="机构代码")
    add.add_argument("name", help="名称")
    add.add_argument("--parent", default="", metavar="代码", help="上级机关")
    add.add_argument(
        "--level", default="bureau", choices=["city", "district", "township", "bureau"]
    )
    add.add_argument("--place", default="", help="地名, 如 青石区 (用于发现被替换的名称)")
    add.add_argument(
        "--index-number",
        default="",
        metavar="格式",
        help="索引号格式, 如 11J025/ZK-{year}-{serial:06d}",
    )
    section = verb(verbs, "section", add_section, "设立科室")
    section.add_argument("body", help="机构代码")
    section.add_argument("code", help="科室代码")
    section.add_argument("name", help="名称")


def list_bodies(args: Namespace) -> None:
    """Bodies in their tree."""
    from gongkai.orgs.queries import body_tree, responsible_units

    data, lines = [], []
    for depth, body in body_tree():
        sections = [{"code": s.code, "name": s.name} for s in responsible_units(body)]
        parent = body.parent.code if body.parent else None
        data.append(
            {"code": body.code, "name": body.name, "level": body.level, "parent": parent,
             "is_active": body.is_active, "sections": sections}
        )  # fmt: skip
        shown = "、".join(f"{s['code']} {s['name']}" for s in sections)
        lines.append("  " * depth + f"{body.code}  {body.name}" + (f"  ({shown})" if shown else ""))
    answer(args, {"bodies": data}, lines or ["还没有登记机关。"])


def add_body(args: Namespace) -> None:
    """Register a body."""
    from gongkai.orgs.actions import create_body

    profile = {"index_number": {"pattern": args.index_number}} if args.index_number else {}
    fields = {
        "code": args.code,
        "name": args.name,
        "level": args.level,
        "parent": body_named(args.parent) if args.parent else None,
        "place_name": args.place,
        "profile": profile,
    }
    body = create_body(fields=fields, by=None, now=now())
    answer(args, {"code": body.code, "name": body.name}, [f"已登记 {body.code} {body.name}。"])


def add_section(args: Namespace) -> None:
    """Set up a section."""
    from gongkai.orgs.actions import create_section

    fields = {"code": args.code, "name": args.name}
    section = create_section(body=body_named(args.body), fields=fields, by=None, now=now())
    answer(args, fields, [f"已设立 {section.code} {section.name}。"])
