"""Fields that contradict each other or hold what does not belong there: told, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.inventory.paper import Span
from gongkai.text.dates import parse_date
from gongkai.text.finding import Finding, Severity

EPOCHS = (date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30))
"""What a machine writes where no date was entered."""
DATES = {
    "created_on": "生成日期",
    "published_on": "发布日期",
    "effective_from": "施行日期",
    "expires_on": "有效期至",
    "repealed_on": "废止日期",
}
# The first of each pair cannot come after the second.
ORDER = (
    ("created_on", "published_on"),
    ("created_on", "effective_from"),
    ("effective_from", "expires_on"),
    ("created_on", "repealed_on"),
)
ADDRESSES = {"url": "访问地址", "attachments": "附件链接"}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SPREAD = re.compile(r"(?:[\u4e00-\u9fff][ \u3000]+){3,}[\u4e00-\u9fff]")
_WIDE = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]{2,}(?=[\u4e00-\u9fff])")
_APART = re.compile(rf"{_SPREAD.pattern}|{_WIDE.pattern}")
_FILE_ONLY = re.compile(
    r"(?:\s*(?:附件|附|下载|文件下载)?\s*\d{0,2}\s*[:：.、]?\s*[^\n。；;]{0,80}"
    r"\.(?:docx?|pdf|xlsx?|wps|ofd|rar|zip|et)\s*)+",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?:附件|附|文件下载|下载|相关(?:文件|链接|解读))\s*\d{0,2}\s*[:：].{0,120}"
)
_LISTED = re.compile(r"\d{1,2}\s*[.、．].{1,120}")
_READ_MORE = re.compile(r".{0,160}解读》?")
# One space in the name of a paper, or around figures: what line breaks of a page leave behind.
_IN_NAME = re.compile(r"[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff]")
_AT_FIGURE = re.compile(
    r"[\u4e00-\u9fff（《] \d[\d.—-]*(?: (?=[\u4e00-\u9fff]))?[\u4e00-\u9fff]?"
    r"|\d[\d.—-]* [\u4e00-\u9fff]"
)
LONGEST_NAMES = 400


def field_findings(fields: Mapping[str, str], spans: Mapping[str, Span]) -> list[Finding]:
    """Findings about single fields and pairs of them; places are in the source."""
    return [
        *_dates(fields, spans),
        *_addresses(fields, spans),
        *_spread_title(fields, spans),
        *_only_a_file(fields, spans),
    ]


def _dates(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    days = {name: day for name in DATES if (day := parse_date(fields.get(name, ""))) is not None}
    for name, day in days.items():
        if day in EPOCHS:
            reason = f"{DATES[name]}“{day}”是系统的空日期，不是真实日期，没有录入，请填写。"
            yield _finding("epoch_date", name, fields, spans, reason)
    for first, second in ORDER:
        one, other = days.get(first), days.get(second)
        if one is None or other is None or one in EPOCHS or other in EPOCHS or one <= other:
            continue
        reason = f"{DATES[first]}{one}晚于{DATES[second]}{other}，请对照原件核对。"
        yield _finding("dates_disagree", first, fields, spans, reason)


def _addresses(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    for name, label in ADDRESSES.items():
        given = fields.get(name, "")
        starts = [match.start() for match in _ADDRESS.finditer(given)]
        if len(starts) < 2:
            continue
        parts = [given[a:b] for a, b in zip(starts, [*starts[1:], len(given)], strict=True)]
        single = {part.strip(" ;；,，、|\n\t") for part in parts}
        reason = f"{label}一栏连写了{len(parts)}个地址"
        repeats = len(parts) - len(single)
        reason += f"，其中{repeats}个重复" if repeats else ""
        yield _finding(
            "glued_addresses", name, fields, spans, f"{reason}，请逐个核对。", severity="info"
        )


def _spread_title(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    """甲   乙   省: characters set apart for the eye. Between names of bodies one space stays."""
    span = spans.get("title")
    for match in _APART.finditer(fields.get("title", "")) if span is not None else ():
        assert span is not None
        apart = match.group()
        closed = re.sub(r"[ \u3000]+", "", apart) or " "
        reason = f"标题里有多余的空格，疑为“{closed}”，请核对。"
        if closed == " ":
            reason = "标题里有多余的空格，留一个就够，请核对。"
        yield _spread(span, match, closed, reason)
    for match in _single_spaces(fields.get("title", "")) if span is not None else ():
        assert span is not None
        closed = re.sub(r"[ \u3000]", "", match.group())
        yield _spread(span, match, closed, f"标题里有多余的空格，疑为“{closed}”，请核对。")


def _single_spaces(title: str) -> Iterator[re.Match[str]]:
    if " " not in title and "\u3000" not in title:
        return
    yield from _AT_FIGURE.finditer(title)
    for name in re.finditer("《[^《》]*》", title):
        if _APART.search(name.group()) is None:
            yield from _IN_NAME.finditer(title, *name.span())


def _spread(span: Span, match: re.Match[str], closed: str, reason: str) -> Finding:
    return Finding(
        kind="spread_title",
        start=span.start + match.start(),
        end=span.start + match.end(),
        evidence=match.group(),
        proposal=closed,
        reason=reason[:300],
    )


def _only_a_file(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    text = fields.get("text", "").strip()
    if not text or len(text) > LONGEST_NAMES or "。" in text or "；" in text:
        return
    if _FILE_ONLY.fullmatch(text) or _only_names(text):
        reason = "正文只有附件的名称，没有内容，请核对来源。"
        yield _finding("no_text", "text", fields, spans, reason, severity="info")
    elif _READ_MORE.fullmatch(text):
        reason = "正文只有解读的名称，没有文件本身的内容，请核对来源。"
        yield _finding("no_text", "text", fields, spans, reason, severity="info")


def _only_names(text: str) -> bool:
    """附件：1.甲 2.乙 and nothing else."""
    parts = [part for part in re.split(r"\s*[\n\r]+\s*|\s+(?=\d{1,2}[.、．])|\s{2,}", text) if part]
    return _ATTACHED.fullmatch(parts[0]) is not None and all(
        _ATTACHED.fullmatch(part) or _LISTED.fullmatch(part) for part in parts
    )


def _finding(
    kind: str,
    name: str,
    fields: Mapping[str, str],
    spans: Mapping[str, Span],
    reason: str,
    *,
    severity: Severity = "warning",
) -> Finding:
    span = spans.get(name, Span(0, 0))
    return Finding(
        kind=kind,
        start=span.start,
        end=span.end,
        evidence=fields[name] if span.end > span.start else "",
        severity=severity,
        reason=reason,
    )
