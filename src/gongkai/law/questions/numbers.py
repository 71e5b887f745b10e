"""Questions about fees and about the numbers of papers."""

from __future__ import annotations

from gongkai.kit.refusal import Refusal
from gongkai.law import document_number, index_number
from gongkai.law.fees import Usage, Way, quote
from gongkai.law.questions.model import Field, Given, Question, Told


def _answer_fee(given: Given) -> Told:
    items, pages = given.number("items"), given.number("pages")
    if items is None and pages is None:
        raise Refusal(
            "question.missing",
            "请填写件数或者页数，例如：件数31。",
            fields={"items": "请填写件数或页数。"},
        )
    on = given.day("on") or given.today
    offered = quote(Usage(given.number("earlier") or 0, items or 1, pages), on=on)
    ways = [Way.ITEMS] if items is not None else []
    ways += [Way.PAGES] if pages is not None else []
    data: dict[str, object] = {
        "amount": offered.amount(ways[0]) if len(ways) == 1 else None,
        "way": ways[0].value if len(ways) == 1 else None,
        "by_items": offered.by_items if items is not None else None,
        "by_pages": offered.by_pages,
        "basis": "；".join(str(offered.ladder(way).cite) for way in ways),
        "sentence": "".join(offered.sentence(way) for way in ways),
    }
    lines = [offered.sentence(way) for way in ways]
    if len(ways) > 1:
        lines.append("两种方式只能选择一种，不能同时收取。")
        data["sentence"] = "".join(lines)
    return Told(data, tuple(lines))


def _answer_index(given: Given) -> Told:
    number = index_number.parse(given.text("number"))
    parts = "，".join(f"{key}={value}" for key, value in number.parts.items())
    head = f"{number.text}：{index_number.LABELS[number.grammar]}"
    return Told(number.as_dict(), (head + (f"（{parts}）" if parts else ""), *number.warnings))


def _answer_document(given: Given) -> Told:
    number = document_number.parse(given.text("number"))
    words = f"机关代字{number.word or '缺'}，{number.year or '无'}年，第{number.number}号"
    return Told(number.as_dict(), (f"{number.printed}（{words}）", *number.warnings))


# Each unit is priced by its own band, so their number is what an answer costs.
_MOST_ITEMS, _MOST_PAGES = 10_000, 100_000
_NUMBER = Field("number", "号码", required=True, positional=True)
FEE = Question(
    "fee",
    "算信息处理费：按件或者按页",
    (
        Field("items", "本次申请件数", "number", most=_MOST_ITEMS),
        Field("earlier", "同一申请人本月此前的件数", "number", most=_MOST_ITEMS),
        Field("pages", "提供的页数（A4单面）", "number", most=_MOST_PAGES),
        Field("on", "收到申请日期", "date", hint="不填为今天"),
    ),
    _answer_fee,
)
INDEX_NUMBER = Question(
    "index-number", "读索引号：认出形式和各段，提示疑点", (_NUMBER,), _answer_index, dated=False
)
DOCUMENT_NUMBER = Question(
    "document-number",
    "读发文字号：规范写法、年份、序号，提示疑点",
    (_NUMBER,),
    _answer_document,
    dated=False,
)
