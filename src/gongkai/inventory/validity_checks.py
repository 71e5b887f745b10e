"""Validity that the paper itself contradicts, or that a normative document does not state.

Reads what the paper says of its own end: 有效期至…, 有效期N年, 本办法已废止, and the dates of
its header.
The validity of licences and certificates, of which papers speak too, is none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongkai.inventory.paper import Span
from gongkai.inventory.signing import signed_on
from gongkai.law import document_number
from gongkai.law import validity as law_validity
from gongkai.law.validity import Status, real_date
from gongkai.text.dates import parse_date
from gongkai.text.finding import Finding

_DAY: Final = r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-.]\d{1,2}[-.]\d{1,2}"
_YEARS: Final = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_ITSELF: Final = (
    r"本(?:办法|规定|细则|实施细则|通知|意见|指引|工作指引|方案|措施|规则|文件|标准|决定|公告|通告"
    r"|指导意见|实施意见|实施方案|实施办法)"
)
# 自2010年1月1日起施行，有效期5年; 本办法有效期至…; within one sentence.
_BEGUN: Final = (
    rf"(?:(?:{_ITSELF}[^。；\n]{{0,16}}?)?自(?P<from>[^。；\n]{{1,24}}?)起"
    rf"(?:施行|实施|执行|生效)|{_ITSELF})"
)
_TERM: Final = re.compile(
    rf"(?P<said>{_BEGUN}[^。；\n]{{0,30}}?有效期(?:限)?(?:为)?[^。；\n\d一二三四五六七八九十两]{{0,6}}"
    rf"(?:[^。；\n]{{0,24}}?(?:至|到|截至|止于)\s*(?P<last>{_DAY})|(?P<years>\d{{1,2}}|[一二三四五六七八九十两])年)"
    rf"(?:[，,]?自(?P<later>{_DAY})起)?)"
)
_ENDED_TITLE: Final = re.compile(r"[（(【\[](?:已|全文|已全文)?(?P<word>废止|失效)[】)）\]]")
_ENDED_TEXT: Final = re.compile(
    rf"(?:此件|本件|该文件|{_ITSELF})已(?:于[^。\n]{{0,16}}?)?(?:被[^。\n]{{0,40}}?)?(?:宣布|明令)?"
    r"(?P<word>废止|失效)"
)
_NORMATIVE: Final = re.compile("规范性文件")
_IN_FORCE: Final = (Status.IN_FORCE, Status.NOT_YET)
CLASSES: Final = ("theme", "class_name", "genre")


@dataclass(frozen=True, slots=True)
class _End:
    """What the paper says of its end: words, where (`text`, `title` or a field), and the status."""

    words: str
    span: Span
    status: Status
    reason: str


def validity_findings(
    fields: Mapping[str, str], spans: Mapping[str, Span], today: date
) -> list[Finding]:
    """Findings with places in the source; each is for the field `validity`."""
    given = fields.get("validity", "").strip()
    status = law_validity.read(given) if given else None
    if given and status is None:
        return []  # told already: nobody knows what it means
    end = next(_ends(fields, spans, today), None)
    if end is not None and end.status not in _IN_FORCE and status in (None, *_IN_FORCE):
        return [_doubt(end, given)]
    if not given and _is_normative(fields):
        return [_missing(fields, spans, end)]
    return []


def _ends(fields: Mapping[str, str], spans: Mapping[str, Span], today: date) -> Iterator[_End]:
    yield from _marked(fields, spans)
    yield from _dated(fields, spans, today)
    term = _term(fields, spans, today)
    if term is not None:
        yield term


def _marked(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[_End]:
    """（已废止） in the title, 本办法已废止 in the text."""
    for name, pattern in (("title", _ENDED_TITLE), ("text", _ENDED_TEXT)):
        given = fields.get(name, "")
        match = pattern.search(given) if "废止" in given or "失效" in given else None
        if match is not None:
            status = Status.REPEALED if match["word"] == "废止" else Status.LAPSED
            words = f"{'标题' if name == 'title' else '正文'}写着“{match.group()[:60]}”"
            yield _End(match.group(), _within(spans.get(name), match), status, words)


def _dated(fields: Mapping[str, str], spans: Mapping[str, Span], today: date) -> Iterator[_End]:
    """废止日期 and 有效期至 of the header, where they have come."""
    for name, label, status, by in (
        ("repealed_on", "废止日期", Status.REPEALED, today),
        ("expires_on", "有效期至", Status.LAPSED, today - timedelta(days=1)),
    ):
        raw = fields.get(name, "").strip()
        day = real_date(parse_date(raw)) if raw else None
        if day is not None and day.year > 1900 and day <= by:
            yield _End(raw, spans.get(name, Span(0, 0)), status, f"{label}是{day}，已经过了")


def _term(fields: Mapping[str, str], spans: Mapping[str, Span], today: date) -> _End | None:
    text = fields.get("text", "")
    match = _TERM.search(text) if "有效期" in text else None
    last = _last_day(match, fields) if match is not None else None
    if match is None or last is None:
        return None
    is_over = last < today
    until = f"正文写着“{match['said'][-60:]}”，到{last}"
    words = f"{until}已经届满" if is_over else f"{until}还没有届满"
    status = Status.LAPSED if is_over else Status.IN_FORCE
    return _End(match["said"], _within(spans.get("text"), match), status, words)


def _last_day(match: re.Match[str], fields: Mapping[str, str]) -> date | None:
    """The last day in force: as written, or so many years after it began."""
    if match["last"]:
        return parse_date(match["last"])
    years = _YEARS.get(match["years"]) or int(match["years"])
    begun = _begun(match["from"] or match["later"] or "", fields)
    if begun is None:
        return None
    try:
        return begun.replace(year=begun.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return begun.replace(year=begun.year + years, day=28)


def _begun(words: str, fields: Mapping[str, str]) -> date | None:
    """自2010年1月1日 is that day; 自印发之日 the day it was signed, else made, else published."""
    if (day := parse_date(words)) is not None:
        return day
    if words and "之日" not in words:
        return None
    signed = signed_on(fields.get("text", ""))
    if signed is not None:
        return signed.day
    days = (parse_date(fields.get(n, "")) for n in ("effective_from", "created_on", "published_on"))
    return next((day for day in days if day is not None and day.year > 1970), None)


def _is_normative(fields: Mapping[str, str]) -> bool:
    """Its class says so, or its number bears the 规 of such documents."""
    if any(_NORMATIVE.search(fields.get(name, "")) for name in CLASSES):
        return True
    raw = fields.get("document_number", "")
    found = next(document_number.find(raw), None) if raw else None
    return found is not None and found[2].word.endswith("规")


def _within(span: Span | None, match: re.Match[str]) -> Span:
    if span is None:
        return Span(0, 0)
    return Span(span.start + match.start(), span.start + match.end())


def _doubt(end: _End, given: str) -> Finding:
    said = f"有效性写的是“{given}”，" if given else "有效性没有填，"
    reason = f"{said}但{end.reason}，疑为{end.status.label}，请核对。"
    return _finding("validity_in_doubt", end.span, end.words, reason, end.status.label)


def _missing(fields: Mapping[str, str], spans: Mapping[str, Span], end: _End | None) -> Finding:
    if end is not None:
        reason = f"规范性文件要写明有效性；{end.reason}，疑为有效，请核对后填写。"
        return _finding("missing_validity", end.span, end.words, reason, Status.IN_FORCE.label)
    reason = "规范性文件要写明有效性，来源没有这一项，请核对后填写有效、失效或废止。"
    name = next((n for n in CLASSES if _NORMATIVE.search(fields.get(n, ""))), "document_number")
    span = spans.get(name, Span(0, 0))
    return _finding("missing_validity", span, fields.get(name, ""), reason, None)


def _finding(kind: str, span: Span, words: str, reason: str, proposal: str | None) -> Finding:
    return Finding(
        kind=kind,
        start=span.start,
        end=span.end,
        evidence=words if span.end > span.start else "",
        proposal=proposal,
        reason=reason[:300],
        target="validity",
    )
