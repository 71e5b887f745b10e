"""The page `docs/law/assessment.md`, written from the schemes so that it cannot be wrong."""

from __future__ import annotations

from gongkai.law.assessment import SCHEMES
from gongkai.law.assessment.model import OWN_READING, SPREAD_WORDS, Count, Hand, Scheme, Share
from gongkai.law.assessment.site_rules import CHECKS
from gongkai.law.assessment.sources import EVENTS, FIGURES

_INTRO = (
    "# 考核办法\n\n"
    "Each scheme is a frozen value in `gongkai.law.assessment.schemes`; `in_force(on, region=…)` "
    "gives that of a day, a local one is chosen by its key. `scoring.score` turns measures into "
    "points with the arithmetic of every line; `adjusting.adjusted` is how a supervisor's change "
    "becomes a new value. To add one: a file of values and an entry in `SCHEMES`.\n\n"
    f"“*”：{OWN_READING}（分值、口径或次序）。\n"
)


def assessment_page() -> str:
    """Every scheme with its indicators, events and grades."""
    return _INTRO + "".join(_scheme(scheme) for scheme in SCHEMES) + _site()


def _site() -> str:
    rows = "".join(
        f"| `{c.key}` | {c.label} | {f'{c.veto_from}处起' if c.veto_from else '—'} "
        f"| {c.basis}{'*' if c.own_reading else ''} |\n"
        for c in CHECKS
    )
    return (
        "\n## 网站自查\n\nThe checks of `gongkai inspect`, values in "
        "`gongkai.law.assessment.site_rules`.\n\n"
        f"| 代码 | 检查项 | 单项否决 | 依据 |\n|---|---|---|---|\n{rows}"
    )


def _scheme(scheme: Scheme) -> str:
    until = f"至 {scheme.span.until}（不含）" if scheme.span.until else "起"
    number = f"，{scheme.number}" if scheme.number else ""
    grades = "；".join(f"{g.least}分以上{g.label}" for g in scheme.grades)
    return (
        f"\n## {scheme.title}\n\n`{scheme.key}`{number}，{scheme.span.start} {until}，"
        f"{scheme.region or '全国'}{'，由机关选用' if scheme.local else ''}。"
        f"依据：{scheme.basis}。{scheme.note}\n\n"
        f"{SPREAD_WORDS[scheme.spread]}。样本数不足{scheme.least_cases}的不排名。"
        f"等次：{grades}。申诉期{scheme.appeal_days}个工作日。\n\n"
        "| 项 | 指标 | 分值 | 算法 | 依据 |\n|---|---|---|---|---|\n"
        + "".join(
            f"| {scheme.head(i.head).label} | {i.words}{'（只对机关）' if i.body_only else ''} "
            f"| {i.weight} | {_rule(i.rule, i.source)} "
            f"| {i.basis}{'*' if i.own_reading else ''} |\n"
            for i in scheme.indicators
        )
        + "\n| 加减分 | 每次 | 最多 | 来源 | 依据 |\n|---|---|---|---|---|\n"
        + "".join(
            f"| {e.words}{'（只对机关）' if e.body_only else ''} | {e.points} | {e.most or '—'} "
            f"| {EVENTS[e.source] if e.source else '人工登记'} "
            f"| {e.basis}{'*' if e.own_reading else ''} |\n"
            for e in scheme.events
        )
    )


def _rule(rule: Share | Count | Hand, source: str) -> str:
    match rule:
        case Share(zero, full):
            what, good = FIGURES[source]
            span = "" if (zero, full) == (0, 100) else f"，{zero}%以下0分、{full}%以上满分"
            return f"{what}中{good}的比例{span}"
        case Count(full):
            return f"{FIGURES[source][1]}，满{full}次得满分"
        case Hand():
            return "考核人评分，写明理由"
