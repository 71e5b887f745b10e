"""The government-site rules for self-inspection: 国办秘函〔2019〕19号, tags of 国办发〔2017〕47号.

Seen (law.md §4.2): the one-vote failures with their numbers, and the names of the page tags. The
term for columns that are neither news nor notices, and what counts as a sound check, are our own
reading and marked so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

RULES = "国办秘函〔2019〕19号"
TAGS = "国办发〔2017〕47号附件"


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `veto`: one-vote failure 单项否决, from `veto_from` findings on."""

    key: str
    label: str
    basis: str
    veto_from: int = 0
    own_reading: bool = False

    def vetoes(self, findings: int) -> bool:
        """Whether so many findings fail the site by this check alone."""
        return bool(self.veto_from) and findings >= self.veto_from


CHECKS = (
    Check("availability", "网站打得开", RULES, 1),
    Check("forged_date", "发布日期真实", RULES, 1),
    Check("home_stale", "首页两周内有更新", RULES, 1),
    Check("stale_column", "栏目按时更新", RULES, 5),
    Check("empty_column", "没有空栏目", RULES, 5),
    Check("unanswered", "申请三个月内答复", RULES, 1),
    Check("overdue_request", "申请没有逾期", RULES, own_reading=True),
    Check("tags", "页面标签齐全", TAGS),
    Check("dead_link", "链接和附件打得开", RULES, own_reading=True),
    Check("site_code", "网站标识码", "国办发〔2017〕47号"),
)
BY_KEY = {check.key: check for check in CHECKS}
HOME_DAYS = 14
UNANSWERED_DAYS = 92
SLOW_SECONDS = 15
FAILING_PERCENT = 5
PROBES_A_DAY = 20
PROBE_DAYS = 7
SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = (*SITE_TAGS, "ColumnName", "ColumnType")
ARTICLE_TAGS = (*SITE_TAGS, "ArticleTitle", "PubDate", "ContentSource")

# Words in the name of a column → the longest time without an update, in days.
_LIMITS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("动态", "要闻", "新闻"), 14),
    (("通知", "公告", "公示", "政策", "法规", "规范性", "文件"), 183),
)
OTHER_DAYS = 366


def longest_rest(column: str) -> tuple[int, bool]:
    """Days a column may rest, and whether that is our own reading (no rule names such columns)."""
    for words, days in _LIMITS:
        if any(word in column for word in words):
            return days, False
    return OTHER_DAYS, True


def is_stale(column: str, last: date, today: date) -> bool:
    """Whether the column rests longer than it may."""
    return (today - last).days > longest_rest(column)[0]


@dataclass(frozen=True, slots=True)
class Reachable:
    """What the samples say: sound, failing, or too few to tell."""

    sound: bool
    enough: bool
    sentence: str


def reachable(failed: int, samples: int, days: int) -> Reachable:
    """Over a week, at least 20 samples a day: failing from 5 percent not open in 15 seconds."""
    if samples < PROBES_A_DAY * max(days, 1):
        need = PROBES_A_DAY * PROBE_DAYS
        said = f"近{PROBE_DAYS}天探测{samples}次，不足{need}次，还不能判定"
        return Reachable(True, False, said)
    percent = 100 * failed / samples
    said = f"探测{samples}次，{failed}次{SLOW_SECONDS}秒内打不开，占{percent:.1f}%"
    return Reachable(failed * 100 < FAILING_PERCENT * samples, True, said)


def missing_tags(kind: str, tags: Mapping[str, str]) -> tuple[str, ...]:
    """The tags a page of this kind (site, column, article) must carry and does not."""
    wanted = {"site": SITE_TAGS, "column": COLUMN_TAGS, "article": ARTICLE_TAGS}[kind]
    return tuple(name for name in wanted if not tags.get(name, "").strip())
