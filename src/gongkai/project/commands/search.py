"""``gongkai search``: the index of published records, made anew, brought up to date, looked at."""

from gongkai.project.command import JSON_HELP, Namespace, Subparsers, answer


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("search", help="检索索引: 重建、追赶、查看")
    verbs = parser.add_subparsers(title="操作", metavar="操作", dest="verb", required=True)
    for verb, meaning in {
        "rebuild": "用现在公开的信息重建整个索引 (期间仍可检索)",
        "catch-up": "把索引追到留痕的最新一条",
        "status": "看索引到了哪里",
    }.items():
        found = verbs.add_parser(verb, help=meaning)
        found.add_argument("--json", action="store_true", help=JSON_HELP)
        found.set_defaults(run=run)


def run(args: Namespace) -> int | None:
    """Do it and say how far the index is."""
    from gongkai.catalog import indexing

    verbs = {
        "rebuild": indexing.rebuild,
        "catch-up": indexing.catch_up,
        "status": indexing.status,
    }
    done = verbs[args.verb]()
    data = {
        "position": done.position,
        "head": done.head,
        "behind": done.behind,
        "indexed": done.indexed,
        "removed": done.removed,
    }
    lines = [f"索引到留痕第 {done.position} 条，最新第 {done.head} 条。"]
    if args.verb != "status":
        lines.append(f"放入 {done.indexed} 条，取出 {done.removed} 条。")
    answer(args, data, lines)
    return None
