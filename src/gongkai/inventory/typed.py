"""Texts as read, turned into the values of a record; what cannot be is a finding, never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.inventory.field_checks import EPOCHS
from gongkai.inventory.paper import Paper, Span
from gongkai.law import validity as law_validity
from gongkai.text.date_styles import guessed, style_of
from gongkai.text.date_units import why_no_day
from gongkai.text.dates import parse_date
from gongkai.text.finding import Finding

DATES = {
    "created_on": "created_on",
    "published_on": "first_published_on",
    "effective_from": "effective_from",
    "expires_on": "expires_on",
    "repealed_on": "repealed_on",
}
TEXTS = (
    "title", "document_number", "abstract", "responsible_unit", "keywords", "genre", "made_by",
    "text", "index_number",
)  # fmt: skip
# Longest text each column holds; the rest is kept in the original and told.
LONGEST = {
    "title": 300,
    "document_number": 120,
    "abstract": 2000,
    "responsible_unit": 120,
    "keywords": 200,
    "genre": 24,
    "made_by": 120,
    "index_number": 80,
}
LABELS = {
    "title": "信息名称",
    "document_number": "文号",
    "abstract": "内容概述",
    "responsible_unit": "公开责任部门",
    "keywords": "主题词",
    "genre": "体裁",
    "made_by": "制作机关",
    "index_number": "索引号",
    "created_on": "生成日期",
    "published_on": "发布日期",
    "effective_from": "施行日期",
    "expires_on": "有效期至",
    "repealed_on": "废止日期",
    "validity": "信息有效性",
    "attribute": "公开属性",
}
ATTRIBUTES = {
    "主动公开": "proactive",
    "公开": "proactive",
    "依申请公开": "on_request",
    "依申请": "on_request",
    "不予公开": "withheld",
    "不公开": "withheld",
}
_CODE = re.compile(r"[A-Za-z0-9_-]{1,12}")
VALIDITIES = {"in_force": "in_force", "not_yet": "in_force"}


@dataclass(slots=True)
class Typed:
    """Values for `records.actions.draft`, the attribute the source names, and what was not read."""

    values: dict[str, object] = field(default_factory=dict)
    attribute: str = ""
    findings: list[Finding] = field(default_factory=list)


def typed(paper: Paper, *, carried_from: str) -> Typed:
    """Every field that can be read. `carried_from` names the source beside an earlier date."""
    made = Typed()
    for name in TEXTS:
        _text(made, paper, name)
    for name, column in DATES.items():
        _date(made, paper, name, column)
    if "first_published_on" in made.values:
        made.values["carried_from"] = carried_from[:200]
    _validity(made, paper)
    _attribute(made, paper.fields)
    return made


def _text(made: Typed, paper: Paper, name: str) -> None:
    value = paper.fields.get(name, "")
    # The body keeps its indents: places of findings are counted in it.
    value = value.strip("\n") if name == "text" else value.strip()
    longest = LONGEST.get(name)
    if longest is not None and len(value) > longest:
        sentence = (
            f"{LABELS[name]}有{len(value)}字，超过{longest}字，只录入了前面的，请核对后改写。"
        )
        made.findings.append(not_read(paper, name, value, sentence))
        value = "" if name == "index_number" else value[:longest]
    if value:
        made.values[name] = value


def _date(made: Typed, paper: Paper, name: str, column: str) -> None:
    raw = paper.fields.get(name, "").strip()
    if not raw:
        return
    day = parse_date(raw)
    if day is None:
        made.findings.append(_no_day(paper, name, raw))
        return
    if day in EPOCHS:
        return  # told by the checks of fields: the empty date of a machine is no date
    made.values[column] = day


def _no_day(paper: Paper, name: str, raw: str) -> Finding:
    sentence = f"{LABELS[name]}没有录入：{why_no_day(raw)}"
    return with_guess(not_read(paper, name, raw, sentence), name, raw)


def with_guess(told: Finding, name: str, raw: str) -> Finding:
    """What is told of an unread date, with the one day it may mean for its field, or with two."""
    days = guessed(raw) if name in DATES else ()
    if not days:
        return told
    what = "像是表格软件的日期序号" if style_of(raw) == "serial" else "年月日的次序不明"
    ways = "或".join(f"{day}" for day in days)
    reason = f"{LABELS[name]}“{raw[:40]}”{what}，可能是{ways}，没有录入，请对照原件核对。"
    told = replace(told, reason=reason, target=DATES[name])
    if len(days) > 1:
        return replace(told, candidates=tuple(day.isoformat() for day in days))
    return replace(told, proposal=days[0].isoformat())


def _validity(made: Typed, paper: Paper) -> None:
    raw = paper.fields.get("validity", "").strip()
    if not raw:
        return
    status = law_validity.read(raw)
    if status is None:
        hint = "像是代码，可在字段对照里写明各代码的意思；" if _CODE.fullmatch(raw) else ""
        sentence = f"信息有效性“{raw[:40]}”不知道是什么意思，没有录入，{hint}请核对后选择。"
        made.findings.append(not_read(paper, "validity", raw, sentence))
        return
    made.values["validity"] = VALIDITIES.get(status.value, status.value)


def _attribute(made: Typed, fields: Mapping[str, str]) -> None:
    """Only for counting: the attribute of a record is decided by its review, never imported."""
    made.attribute = ATTRIBUTES.get(fields.get("attribute", "").strip(), "")


def not_read(paper: Paper, name: str, raw: str, sentence: str) -> Finding:
    """A finding for a value that could not be taken over, at its place in the source."""
    span = paper.spans.get(name) or _place(paper.source, raw)
    return Finding(
        kind="not_read",
        start=span.start,
        end=span.end,
        evidence=paper.source[span.start : span.end] or raw,
        severity="error",
        reason=sentence,
        field="source",
    )


def _place(source: str, raw: str) -> Span:
    """Where the text stands in the source; nowhere is an empty place at its beginning."""
    at = source.find(raw) if raw else -1
    return Span(at, at + len(raw)) if at >= 0 else Span(0, 0)


def refused(paper: Paper, column: str, value: object, sentence: str) -> Finding:
    """A finding for a value that the record refuses (a date in the future, a number used)."""
    name = next((n for n, c in DATES.items() if c == column), column)
    raw = paper.fields.get(name, "") or (value.isoformat() if isinstance(value, date) else "")
    return not_read(paper, name, str(raw), f"{sentence}没有录入。")
