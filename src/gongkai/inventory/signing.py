"""The day under which a paper is signed (落款日期), beside what its header says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gongkai.inventory.paper import Span
from gongkai.text.dates import parse_date
from gongkai.text.finding import Finding

_TAIL: Final = 60
_SIGNED: Final = re.compile(
    r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日"
    r"|[〇零○一二三四五六七八九]{4}年十?[一二三四五六七八九十]月[一二三]?十?[一二三四五六七八九十]日)"
    r"[\s)）]*(?:印发)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A day as written at the end of a text, with its place there."""

    day: date
    start: int
    end: int


def signed_on(text: str) -> Signed | None:
    """The date at the very end of a text; attachments behind it are not looked over."""
    start = max(0, len(text) - _TAIL)
    match = _SIGNED.search(text, start) if "日" in text[start:] else None
    day = parse_date(match["day"]) if match is not None else None
    if match is None or day is None:
        return None
    return Signed(day, match.start("day"), match.end("day"))


def signing_findings(fields: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Finding]:
    """Signed after it was published; or the only date of making that there is."""
    text, span = fields.get("text", ""), spans.get("text")
    signed = signed_on(text) if span is not None else None
    if signed is None or span is None:
        return
    words = text[signed.start : signed.end]
    told = Finding(
        kind="dates_disagree",
        start=span.start + signed.start,
        end=span.start + signed.end,
        evidence=words,
    )
    published = parse_date(fields.get("published_on", ""))
    if published is not None and published.year > 1970 and signed.day > published:
        reason = f"落款日期{words}晚于发布日期{published}，请对照原件核对。"
        yield replace(told, reason=reason)
    elif not fields.get("created_on", "").strip():
        yield replace(
            told,
            kind="unfilled_date",
            proposal=signed.day.isoformat(),
            severity="info",
            reason=f"生成日期没有填，落款写着{words}，请核对后填写。",
            target="created_on",
        )
