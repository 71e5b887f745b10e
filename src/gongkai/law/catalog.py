"""What a catalog entry must hold, the five classes of Beijing with their sub-classes, genres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.cite import Cite
from gongkai.law.guide import Gap
from gongkai.law.model import Law

ABSTRACT_ADVISED = 100


@dataclass(frozen=True, slots=True)
class CatalogClassSeed:
    """A class of the five-part catalog; `subclasses` are (key, label), `provider` a usual section.

    A body keeps its own classes; these are the values it starts with.
    """

    key: str
    label: str
    subclasses: tuple[tuple[str, str], ...]
    provider: str


FIVE_CLASSES: tuple[CatalogClassSeed, ...] = (
    CatalogClassSeed(
        "organisation",
        "机构职能",
        (
            ("duties", "机构职责"),
            ("about", "机构信息"),
            ("leaders", "领导介绍"),
            ("structure", "机构设置"),
            ("other", "其他"),
        ),
        "办公室",
    ),
    CatalogClassSeed(
        "regulations",
        "法规文件",
        (
            ("national", "国家法律法规"),
            ("government", "政府规章"),
            ("documents", "规范性文件"),
            ("other", "其他文件"),
        ),
        "各科室",
    ),
    CatalogClassSeed(
        "plans", "规划计划", (("planning", "规划信息"), ("schedules", "计划信息")), "办公室"
    ),
    CatalogClassSeed(
        "duties",
        "行政职责",
        (
            ("licences", "行政许可"),
            ("penalties", "行政处罚"),
            ("coercion", "行政强制"),
            ("other", "其他职权"),
        ),
        "法制科",
    ),
    CatalogClassSeed(
        "updates",
        "业务动态",
        (
            ("meetings", "部门会议信息"),
            ("notices", "通知公告"),
            ("training", "培训信息"),
            ("results", "结果公示"),
            ("daily", "日常工作动态"),
        ),
        "各科室",
    ),
)

# 体裁: the 15 kinds of 党政机关公文 (2012), then kinds met on portals.
GENRES: tuple[tuple[str, str], ...] = (
    ("resolution", "决议"),
    ("decision", "决定"),
    ("order", "命令（令）"),
    ("communique", "公报"),
    ("announcement", "公告"),
    ("public_notice", "通告"),
    ("opinion", "意见"),
    ("notice", "通知"),
    ("circular", "通报"),
    ("report", "报告"),
    ("request_for_instructions", "请示"),
    ("reply", "批复"),
    ("bill", "议案"),
    ("letter", "函"),
    ("minutes", "纪要"),
    ("plan", "规划、计划"),
    ("summary", "总结"),
    ("interpretation", "政策解读"),
    ("statistics", "统计数据"),
    ("list", "名单、清单"),
    ("other", "其他"),
)

# Art. 12 (2019) and Art. 19 (2007): 索引、名称、内容概述、生成日期.
ENTRY_FIELDS: tuple[tuple[str, str], ...] = (
    ("index_number", "索引号"),
    ("title", "信息名称"),
    ("abstract", "内容概述"),
    ("created_on", "生成日期"),
)
_ENTRY_CITE = {
    "decree_492_2007": Cite("decree_492_2007", "19", "memory"),
    "decree_711_2019": Cite("decree_711_2019", "12"),
}


def check_entry(entry: Mapping[str, object], *, law: Law) -> tuple[Gap, ...]:
    """What keeps an entry out of the catalog (blocking) or should be mended (not blocking).

    `entry` maps field keys to values; `None` and blank text count as missing. A long abstract is
    advice only (a local guideline counts 100 characters).
    """
    basis = str(_ENTRY_CITE[law.key])
    gaps = [
        Gap(key, label, f"目录条目缺少“{label}”，不能公开。请补充。", basis)
        for key, label in ENTRY_FIELDS
        if _blank(entry.get(key))
    ]
    abstract = entry.get("abstract")
    if isinstance(abstract, str) and len(abstract) > ABSTRACT_ADVISED:
        gaps.append(
            Gap(
                "abstract",
                "内容概述",
                f"内容概述有{len(abstract)}字，宜在{ABSTRACT_ADVISED}字以内。",
                str(Cite("local_practice")),
                blocking=False,
            )
        )
    return tuple(gaps)


def publishable(entry: Mapping[str, object], *, law: Law) -> bool:
    """Tell whether the entry holds everything the article asks for."""
    return not any(gap.blocking for gap in check_entry(entry, law=law))


def _blank(value: object) -> bool:
    if isinstance(value, date):
        return False
    return value is None or not str(value).strip()
