"""The pages under `docs/law/`, written from the tables so that they cannot be wrong."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.articles import INSTRUMENTS, Article, Instrument
from gongkai.law.assessment.page import assessment_page
from gongkai.law.model import Version
from gongkai.law.replies import OUTCOMES
from gongkai.law.versions import VERSIONS

_HEAD = "<!-- Written by `make docs`; change the code, not this page. -->\n"
_NOTES = {
    "memory": "（条文凭记忆，未见原文）",
    "inference": "（由材料推断）",
    "article not seen": "（未见条款号）",
}


def pages() -> dict[str, str]:
    """File name → Markdown."""
    found = {instrument.page: _page(instrument) for instrument in INSTRUMENTS}
    tables = {"outcomes.md": _outcomes(), "assessment.md": f"{_HEAD}{assessment_page()}"}
    return {"README.md": _overview(), **tables, **found}


def _page(instrument: Instrument) -> str:
    rows = "".join(_row(article) for article in instrument.articles)
    return (
        f"{_HEAD}# {instrument.title}\n\n适用时间：{instrument.span}。\n\n"
        "| 条款 | 说了什么（我们的话） | 由谁实现 | 由哪个测试证明 |\n|---|---|---|---|\n"
        f"{rows}"
    )


def _row(article: Article) -> str:
    label = f"{article.cite}{_NOTES.get(article.cite.note, '')}"
    if not article.in_scope:
        return f"| {label} | {article.words} | —（{article.outside}） | — |\n"
    functions = "<br>".join(f"`{name}`" for name in article.functions)
    tests = "<br>".join(f"`{name}`" for name in article.tests)
    return f"| {label} | {article.words} | {functions} | {tests} |\n"


_OVERVIEW = """# The law in the program

Each legal rule is a frozen value that cites its article; functions over plain values say what
follows from it and give their reason along. A screen prints the reason, a test asserts it. Nothing
here reads a clock, a disk or the network.

`gongkai.law.in_force(on, region=…)` gives the law of a day: the decree, and local rules standing on
it; the narrower wins only where it says something. A request follows the law of the day of receipt,
a record that of its creation or change; a case may name another day with a reason.

A value whose wording was not seen in the source says so (凭记忆, 推断), and a body may set it
itself with a reason (`Law.with_term`): the reason is printed with every date that comes of it.

To add a version: a file of values in `law/versions/`, one entry in `VERSIONS`, its tests, and rows
in `law/articles/` from which these pages are written.
"""


def _overview() -> str:
    return (
        f"{_HEAD}{_OVERVIEW}\n## Article by article 逐条\n\n"
        + "".join(f"- [{i.title}]({i.page})：{i.span}\n" for i in INSTRUMENTS)
        + "- [答复类型](outcomes.md)：条款、年报行、文书和救济\n"
        "- [考核办法](assessment.md)：指标、分值、加减分和等次\n\n"
        "## Terms by version 各版本的期限\n\n"
        "| 版本 | 施行 | 停止 | 地区 | 期限 | 依据 |\n|---|---|---|---|---|---|\n"
        + "".join(_terms())
        + "\n## Check it yourself 自己核对\n\n"
        "`gongkai law --help` lists the questions that can be asked. `python bench/law.py` "
        "measures the speed. [Mutation tests](../howto/test-the-law-by-mutation.md) tell whether "
        "the tests would notice a wrong law.\n"
    )


def _terms() -> Iterator[str]:
    for version in VERSIONS:
        for term in version.terms.values():
            note = _NOTES.get(term.cite.note, "")
            yield (
                f"| {version.title} | {version.span.start or ''} | {_end(version)} "
                f"| {version.region or '全国'} | {term.label} {term.length}{term.unit.label} "
                f"| {term.cite}{note} |\n"
            )


def _end(version: Version) -> str:
    return f"{version.span.until}（不含）" if version.span.until else "—"


def _outcomes() -> str:
    rows = "".join(
        f"| `{o.key}` | {o.label} | {_cites(o.cites.get('decree_711_2019', ()))} "
        f"| {_cites(o.cites.get('decree_492_2007', ()))} | `{o.row}` | `{o.letter}` "
        f"| {_REMEDIES[o.remedy.value]} | {'、'.join(o.needs.values()) or '—'} |\n"
        for o in OUTCOMES
    )
    return (
        f"{_HEAD}# 答复类型\n\n一件申请只有一种结果，计入年报表三的一行。"
        "“先复议”自2024年1月1日起；此前可以选择复议或者诉讼。\n\n"
        "| 代码 | 名称 | 2019年依据 | 2007年依据 | 年报行 | 文书 | 救济 | 须写明 |\n"
        f"|---|---|---|---|---|---|---|---|\n{rows}"
    )


_REMEDIES = {"reconsideration_first": "先复议", "either": "复议或者诉讼", "none": "—"}


def _cites(cites: tuple[object, ...]) -> str:
    return "；".join(str(cite) for cite in cites) or "—"
