"""Advertisements that stand where a name stood, or were put before a text.

A hijacked copy carries one advertisement in place of a name throughout: 某市<广告>商务局.
An advertisement is a stretch of ad words, Latin letters, figures and its own separators (_ | -)
that holds at least two ad words, one of them of betting or pornography, and some separator or
letters between. Where the same stretch occurs again, the common part is the exact one.
"""

import re
from collections.abc import Sequence
from typing import Final

from gongkai.text.ad_words import BRAND, STRONG, WEAK, alternation
from gongkai.text.finding import Finding
from gongkai.text.tokens import HAN

_WORD: Final = rf"(?:{BRAND}|{alternation(STRONG | WEAK)})"
_SEPARATOR: Final = r"[_|｜\-—~·•.&+…:：/]"
_GAP: Final = rf"[{HAN}（）()]{{1,8}}(?=(?:…+|\.{{2,}})?[_|｜])"
_STRETCH: Final = re.compile(
    rf"(?:{_WORD}|[A-Za-z0-9]+)(?:{_WORD}|[A-Za-z0-9]+|{_SEPARATOR}|{_GAP})*", re.IGNORECASE
)
_WORDS: Final = re.compile(_WORD, re.IGNORECASE)
_STRONG: Final = re.compile(rf"{BRAND}|{alternation(STRONG)}", re.IGNORECASE)
_ORGAN: Final = re.compile(
    rf"[{HAN}]{{0,12}}?(?:政府|[局厅委署办]|委员会|办公室|法院|检察院|大队|街道|中心|镇|乡|村)"
)
_TRAILING: Final = "_|｜-—~·•.&+…/:："


def replaced_names(text: str, place: str | None = None) -> list[Finding]:
    """Advertisements in order; ``place`` is the name that stood there, where it is known."""
    spans = [span for match in _STRETCH.finditer(text) if (span := _span(text, match))]
    return [_finding(text, start, end, place) for start, end in _agreed(text, spans)]


def _span(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.start(), _end(text, match.start(), match.end())
    stretch = text[start:end]
    words = {word.lower() for word in _WORDS.findall(stretch)}
    if len(words) < 2 or not _glued(stretch):
        return None
    if not _STRONG.search(stretch) and not ("_" in stretch and _ORGAN.match(text, end)):
        return None
    return start, end


def _end(text: str, start: int, end: int) -> int:
    """Keep a colon or bar between the advertisement and a name; drop what trails otherwise."""
    if end < len(text) and re.match(rf"[{HAN}]", text[end]):
        return end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end


def _glued(stretch: str) -> bool:
    rest = _WORDS.sub("", stretch)
    return bool(re.search(r"[_|｜]", stretch) or re.search(r"[A-Za-z0-9]", stretch) or rest)


def _agreed(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Trim every stretch to what all of a family have in common (北京2008app… -> app…)."""
    if len(spans) < 2:
        return list(spans)
    core = _common([text[start:end] for start, end in spans])
    if core is None:
        return list(spans)
    agreed = []
    for start, end in spans:
        at = text.find(core, start, end)
        agreed.append((at, at + len(core)) if at >= 0 else (start, end))
    return agreed


def _common(stretches: Sequence[str]) -> str | None:
    """The longest part of the shortest stretch that most others hold, if it is most of it."""
    shortest = min(stretches, key=len)
    least = max(4, len(shortest) * 2 // 3)
    for length in range(len(shortest), least - 1, -1):
        for start in range(len(shortest) - length + 1):
            part = shortest[start : start + length]
            if sum(part in other for other in stretches) * 2 > len(stretches):
                return part
    return None


def _finding(text: str, start: int, end: int, place: str | None) -> Finding:
    after_place = start > 0 and text[start - 1] in "市省区县州"
    replaced = after_place or bool(_ORGAN.match(text, end))
    if replaced:
        kind, proposal = "replaced_name", place
        reason = (
            f"名称被广告文字替换，原文疑为“{place}”，请对照原件确认。"
            if place
            else "名称被广告文字替换，请对照原件填写原名称。"
        )
    else:
        kind, proposal = "inserted_ad", ""
        reason = "这里被插入了广告文字，请删除并检查原件。"
    return Finding(
        kind=kind,
        start=start,
        end=end,
        evidence=text[start:end],
        proposal=proposal,
        severity="error",
        reason=reason,
    )
