"""Numbers in the words of a report, compared with its tables. Pure.

A phrase whose number a table holds (新收申请12件) is a claim; what compares with earlier years is
none. A claim that says another number than the table is a contradiction: refused at every save.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.form_2008 import CLASSES
from gongkai.law.annual_report.model import Number, Values
from gongkai.law.annual_report.requests_table import key
from gongkai.reporting.reading.narrative import text_findings
from gongkai.reporting.wording import group_sums, remedy_sums

_BETWEEN = (
    r"(?:政府信息公开|政府信息|申请|信息|案件|处理决定|数量|件数|金额"
    r"|共计|合计|总计|共|为|计|了|：|:|\s)*"
)
_NUMBER = r"(\d[\d,，]*(?:\.\d+)?)\s*"
_EARLIER = re.compile(r"去年|上年(?!结转)|上一年|上年度(?!结转)|同期|往年|前年|同比")
_CLAUSE = re.compile(r"[。；;！？\n]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in the text about a cell: what is written, what the table holds, where it stands."""

    section: str
    words: str
    written: Number
    held: Number

    @property
    def holds(self) -> bool:
        """True when text and table agree."""
        return self.written == self.held

    @property
    def sentence(self) -> str:
        """What is wrong, for people."""
        return f"文中写“{self.words}”，表格为{self.held}，请改为一致。"


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: re.Pattern[str]
    held: Callable[[Values], Number | None]


def _phrase(start: str, unit: str, held: Callable[[Values], Number | None]) -> _Phrase:
    return _Phrase(re.compile(f"(?:{start}){_BETWEEN}{_NUMBER}(?:{unit})"), held)


def _cell(name: str) -> Callable[[Values], Number | None]:
    return lambda values: values.get(name)


def _group(name: str) -> Callable[[Values], Number | None]:
    return lambda values: group_sums(values)[name]


_NEW = "新收到?|共收到|全年收到|本年收到|收到政府信息公开申请|收到申请"
_MODERN = (
    _phrase(_NEW, "件", _cell(key("new", "total"))),
    _phrase("上年(?:度)?结转", "件", _cell(key("carried_in", "total"))),
    _phrase("结转下(?:一)?年(?:度)?(?:继续办理)?", "件", _cell(key("carried_over", "total"))),
    _phrase("(?:本年度|全年)?办结|办理完毕", "件", _cell(key("handled", "total"))),
    *(
        _phrase(name, "件", _group(name))
        for name in ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    ),
    _phrase("行政复议", "件|起", lambda v: remedy_sums(v)[0]),
    _phrase("行政诉讼", "件|起", lambda v: remedy_sums(v)[1]),
    _phrase("制发规章", "件", _cell("proactive.rules.made")),
    _phrase("制发(?:行政)?规范性文件", "件", _cell("proactive.normative_documents.made")),
    _phrase("行政许可", "件", _cell("proactive.licences.decisions")),
    _phrase("行政处罚", "件", _cell("proactive.penalties.decisions")),
    _phrase("行政强制", "件", _cell("proactive.coercion.decisions")),
    _phrase("行政事业性收费", "万元", _cell("proactive.fees.amount")),
)  # fmt: skip
_CLASSIC = (
    _phrase("主动公开", "条|件", _cell("proactive.total.count")),
    _phrase("全文电子化", "条|件", _cell("proactive.full_text.count")),
    *(_phrase(f"{c.label}类", "条|件", _cell(f"proactive.{c.key}.count")) for c in CLASSES),
    _phrase("收到(?:政府信息公开)?申请|申请总数", "件", _cell("requests.total.count")),
    _phrase("答复(?:政府信息公开)?申请|答复总数", "件", _cell("replies.total.count")),
    _phrase("行政复议", "件|起", _cell("remedies.reconsideration.count")),
    _phrase("行政诉讼", "件|起", _cell("remedies.lawsuit.count")),
    _phrase("行政申诉", "件|起", _cell("remedies.complaint.count")),
    _phrase("收取费用", "元", _cell("fees.charged.amount")),
    _phrase("减免费用", "元", _cell("fees.waived.amount")),
)


def claims(sections: Mapping[str, str], values: Values, year: int) -> Iterator[Claim]:
    """Every claim of the text about this year's tables, in reading order."""
    phrases = _CLASSIC if form_for(year).key == "2008" else _MODERN
    for name, text in sections.items():
        for clause in _CLAUSE.split(text):
            yield from _of_clause(name, clause, phrases, values)


def _of_clause(
    section: str, clause: str, phrases: tuple[_Phrase, ...], values: Values
) -> Iterator[Claim]:
    seen: set[int] = set()
    for phrase in phrases:
        for found in phrase.words.finditer(clause):
            held = phrase.held(values)
            before = clause[: found.start()].rpartition("，")[2]
            if held is None or found.start(1) in seen or _EARLIER.search(before + found[0]):
                continue
            seen.add(found.start(1))
            yield Claim(section, found[0], _number(found[1]), held)


def _number(text: str) -> Number:
    value = Decimal(text.replace(",", "").replace("，", ""))
    return int(value) if value == value.to_integral_value() else value


def contradictions(sections: Mapping[str, str], values: Values, year: int) -> list[Claim]:
    """The claims that say another number than the table."""
    return [c for c in claims(sections, values, year) if not c.holds]


def _as_a_reader(
    sections: Mapping[str, str], values: Values, year: int
) -> Iterator[tuple[str, str]]:
    """What the reader of anybody's report would find in these words."""
    edition = form_for(year).key
    if edition == "2008":
        return
    for section, text in sections.items():
        for noted in text_findings(text, edition, values, year):
            if not noted.soft:
                yield section, noted.sentence


def refuse_contradictions(sections: Mapping[str, str], values: Values, year: int) -> None:
    """Refuse words that contradict the tables, each section with its own sentences."""
    found = [(claim.section, claim.sentence) for claim in contradictions(sections, values, year)]
    found = found or list(_as_a_reader(sections, values, year))
    if not found:
        return
    fields: dict[str, str] = {}
    for section, sentence in found:
        fields[section] = fields.get(section, "") + sentence
    whole = "".join(sentence for _, sentence in found[:4])
    more = f"另有{len(found) - 4}处。" if len(found) > 4 else ""
    raise Refusal("report.words_contradict", f"{whole}{more}", "文字与表格一致", fields)
