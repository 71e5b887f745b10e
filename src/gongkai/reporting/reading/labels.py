"""The words printed in the statutory tables, and how near a damaged one comes to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz

from gongkai.reporting.schema import layout
from gongkai.text.normalise import fold

KNOWN: Final = 0.6
HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
NOT_HAN: Final = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed row: `row` names it in the schema (empty for words without cells of their own).

    `words` are what is printed, Chinese characters only; `ordinal` is the figure before it;
    `cells` are the form's keys in printed order.
    """

    row: str
    words: str
    ordinal: int = 0
    cells: tuple[str, ...] = ()


_OTHERS: Final = "行政机关不再处理其政府信息公开申请"
_THREE: Final[Sequence[tuple[str, str, int]]] = (
    ("new", "一本年新收政府信息公开申请数量", 0),
    ("carry_in", "二上年结转政府信息公开申请数量", 0),
    ("", "三本年度办理结果", 0),
    ("granted", "一予以公开", 0),
    ("partial", "二部分公开区分处理的只计这一情形不计其他情形", 0),
    ("", "三不予公开", 0),
    ("deny_secret", "属于国家秘密", 1),
    ("deny_law", "其他法律行政法规禁止公开", 2),
    ("deny_safety", "危及三安全一稳定", 3),
    ("deny_third", "保护第三方合法权益", 4),
    ("deny_internal", "属于三类内部事务信息", 5),
    ("deny_process", "属于四类过程性信息", 6),
    ("deny_enforce", "属于行政执法案卷", 7),
    ("deny_query", "属于行政查询事项", 8),
    ("", "四无法提供", 0),
    ("na_nothold", "本机关不掌握相关政府信息", 1),
    ("na_create", "没有现成信息需要另行制作", 2),
    ("na_unclear", "补正后申请内容仍不明确", 3),
    ("", "五不予处理", 0),
    ("np_petition", "信访举报投诉类申请", 1),
    ("np_repeat", "重复申请", 2),
    ("np_publication", "要求提供公开出版物", 3),
    ("np_mass", "无正当理由大量反复申请", 4),
    ("np_confirm", "要求行政机关确认或重新出具已获取信息", 5),
)
_SIX: Final[Mapping[str, Sequence[tuple[str, str, int]]]] = {
    "2019": (("ot_all", "六其他处理", 0),),
    "2021": (
        ("", "六其他处理", 0),
        ("ot_nocorrect", f"申请人无正当理由逾期不补正{_OTHERS}", 1),
        ("ot_nofee", f"申请人逾期未按收费通知要求缴纳费用{_OTHERS}", 2),
        ("ot_other", "其他", 3),
    ),
}
_LAST: Final = (("total", "七总计", 0), ("carry_out", "四结转下年度继续办理", 0))
_TWO: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "2019": (
        ("", "第二十条第一项信息内容本年新制作数量本年新公开数量对外公开总数量"),
        ("规章", "规章"),
        ("规范性文件", "规范性文件"),
        ("", "第二十条第五项信息内容上一年项目数量本年增减处理决定数量"),
        ("行政许可", "行政许可"),
        ("其他对外管理服务事项", "其他对外管理服务事项"),
        ("", "第二十条第六项信息内容上一年项目数量本年增减处理决定数量"),
        ("行政处罚", "行政处罚"),
        ("行政强制", "行政强制"),
        ("", "第二十条第八项信息内容上一年项目数量本年增减"),
        ("行政事业性收费", "行政事业性收费"),
        ("", "第二十条第九项信息内容采购项目数量采购总金额"),
        ("政府集中采购", "政府集中采购"),
    ),
    "2021": (
        ("", "第二十条第一项信息内容本年制发件数本年废止件数现行有效件数"),
        ("规章", "规章"),
        ("行政规范性文件", "行政规范性文件"),
        ("", "第二十条第五项信息内容本年处理决定数量"),
        ("行政许可", "行政许可"),
        ("", "第二十条第六项信息内容本年处理决定数量"),
        ("行政处罚", "行政处罚"),
        ("行政强制", "行政强制"),
        ("", "第二十条第八项信息内容本年收费金额单位万元"),
        ("行政事业性收费", "行政事业性收费"),
    ),
}
THREE_HEAD: Final = (
    "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"
    "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他"
)
FOUR_HEAD: Final = (
    "行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉"
    "结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计"
)


def table_three(edition: str) -> tuple[Label, ...]:
    """Rows of table three in printed order, words without cells among them."""
    cells = _cells(edition, "t3")
    rows = (*_THREE, *_SIX[edition], *_LAST)
    return tuple(Label(row, words, number, cells.get(row, ())) for row, words, number in rows)


def table_two(edition: str) -> tuple[Label, ...]:
    """Rows of table two in printed order."""
    cells = _cells(edition, "t2")
    return tuple(Label(row, words, 0, cells.get(row, ())) for row, words in _TWO[edition])


def _cells(edition: str, table: str) -> dict[str, tuple[str, ...]]:
    rows = layout(edition)[table]
    assert isinstance(rows, dict)
    return rows


def han(text: str) -> str:
    """The Chinese characters of a text, folded: what a label is known by."""
    return NOT_HAN.sub("", fold(text))


def nearness(words: str, label: Label) -> float:
    """0 to 1: how near some words come to a label, its leading numeral or not."""
    if not words:
        return 0.0
    known = (label.words, label.words[1:]) if label.words[0] in "一二三四五六七" else (label.words,)
    best = max(fuzz.ratio(words, one) for one in known)
    if label.row == "partial" or len(label.words) > 20:
        best = max(best, *(fuzz.ratio(words, one[: max(len(words), 4)]) for one in known))
    return best / 100


@cache
def _vocabulary() -> tuple[Label, ...]:
    rows = [label for edition in _TWO for label in (*table_two(edition), *table_three(edition))]
    return tuple(label for label in rows if label.cells)


@lru_cache(maxsize=4096)
def is_known(words: str) -> bool:
    """Whether words come near to the label of any row with cells."""
    return any(nearness(words, label) >= KNOWN for label in _vocabulary())
