"""Advertisements that stand where a name stood, or were put before a text.

A hijacked copy carries one advertisement in place of a name throughout: 某市<广告>商务局. It is
found by its shape, word lists only help: ad words, Latin letters and figures strung together by
signs that official prose has not (_ | · and colons before an organ's name). Where the same
advertisement occurs again, the part all have in common is the exact one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongkai.text.ad_words import (
    BETTING,
    BRAND,
    COMPANY,
    STRONG,
    WEAK,
    alternation,
    doubtful_lines,
)
from gongkai.text.finding import Finding
from gongkai.text.spans import Taken
from gongkai.text.tokens import HAN

_WORD: Final = rf"(?:{BRAND}|{COMPANY}|{alternation(STRONG | WEAK)})"
_WORDS: Final = re.compile(_WORD, re.IGNORECASE)
_STRONG: Final = re.compile(rf"{BRAND}|{alternation(STRONG)}", re.IGNORECASE)
_BETTING: Final = re.compile(rf"{BRAND}|{COMPANY}|{alternation(STRONG | BETTING)}", re.IGNORECASE)
_SIGN: Final = r"[_|｜\-—~·•.&+…:：/()（）]"
_CHAIN: Final = re.compile(
    rf"(?:{_WORD}|[A-Za-z0-9]+)(?:{_WORD}|[A-Za-z0-9]+|{_SIGN}|(?<=[A-Za-z]) (?=[A-Za-z]))*",
    re.IGNORECASE,
)
_ORGAN: Final = re.compile(
    rf"[{HAN}]{{0,12}}?(?:政府|[局厅委署办]|委员会|办公室|法院|检察院|大队|街道|中心|镇|乡|村)"
)
_GAP: Final = re.compile(rf"(?:[{HAN}A-Za-z0-9]|{_SIGN}){{0,18}}")
_OWN_WORDS: Final = re.compile(
    r"关于|印发|转发|开展|通知|公开|工作|政府|[局厅委署]|办[法理公]|请|的|和|与|及|在|通过|使用|[年月日]|第"
)
"""Words of the paper itself: an advertisement is not stretched over them."""
_BEGINNING: Final = re.compile(rf"[{HAN}A-Za-z0-9_…]{{1,10}}$")
_TAIL: Final = re.compile(rf"(?P<more>[{HAN}()（）]{{0,14}}?) ?[:：|｜_\-—]{{1,3}} ?(?=[{HAN}])")
_GLUED: Final = re.compile(
    rf"(?<![A-Za-z0-9.@/_-])(?!office)(?:{BRAND})"
    rf"(?=(?!办公)[{HAN}]{{1,8}}?(?:政府|[局厅署]|委员会|法院|检察院|街道办|办事处))",
    re.IGNORECASE,
)
"""A house's name and nothing else, right before an organ's: bet365商务局."""
_EDGES: Final = "\n《“\"'（(【[>：:，。；、 \u3000\u00a0"
_PLACE_END: Final = "省市区县州旗"
_LEADING_OVER: Final = tuple(":：|｜_-—")
_TRAILING: Final = "_|｜-—~·•.&+…/:：("

_Span = tuple[int, int]


def replaced_names(text: str, place: str | None = None) -> list[Finding]:
    """Advertisements in order; ``place`` is the name that stood there, where it is known."""
    spans = [
        span
        for start, end in doubtful_lines(text)
        for span in (_whole(text, cluster) for cluster in _clusters(text, start, end))
        if _is_ad(text, span)
    ]
    found = [_finding(text, start, end, place) for start, end in _agreed(text, spans)]
    glued = _glued(text, spans)
    if not glued:
        return found
    found += [_finding(text, start, end, place, replaced=True) for start, end in glued]
    return sorted(found, key=lambda finding: finding.start)


def _clusters(text: str, start: int, end: int) -> Iterator[_Span]:
    """Chains of ad words and letters, joined over short stretches in between; within a line."""
    open_span: _Span | None = None
    for match in _CHAIN.finditer(text, start, end):
        span = match.span()
        if open_span is not None and _joins(text, open_span, span):
            open_span = open_span[0], span[1]
        else:
            if open_span is not None and _has_word(text, open_span):
                yield open_span
            open_span = span
    if open_span is not None and _has_word(text, open_span):
        yield open_span


def _glued(text: str, spans: Sequence[_Span]) -> list[_Span]:
    """Names of houses in place of another before an organ; each then counts wherever it stands."""
    names = {
        match.group()
        for start, end in doubtful_lines(text)
        for match in _GLUED.finditer(text, start, end)
    }
    if not names:
        return []
    taken = Taken(spans)
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    every = re.compile(rf"(?<![A-Za-z0-9.@/_-])(?:{listed})(?![A-Za-z0-9.@/_-])")
    return [m.span() for m in every.finditer(text) if not taken.meets(*m.span())]


def _has_word(text: str, span: _Span) -> bool:
    return _WORDS.search(text, *span) is not None


def _joins(text: str, left: _Span, right: _Span) -> bool:
    """A few characters between two chains that both hold letters or words (leyu体育_乐鱼官网)."""
    gap = text[left[1] : right[0]]
    if len(gap) > 18 or not _GAP.fullmatch(gap) or _OWN_WORDS.search(gap):
        return False
    if not (_speaks(text, left) and _speaks(text, right)):
        return False
    return len(gap) <= 4 or bool(re.search(r"[_|｜·()（）]", text[left[1] - 1 : right[0] + 1]))


def _speaks(text: str, span: _Span) -> bool:
    return _has_word(text, span) or re.search("[A-Za-z]", text[slice(*span)]) is not None


def _whole(text: str, span: _Span) -> _Span:
    """With a house name before it and what leads over to the organ's name behind it."""
    start, end = span
    line = max(text.rfind(sign, 0, start) for sign in _EDGES) + 1
    before = text[line:start]
    place = max(before.rfind(sign) for sign in _PLACE_END) + 1
    name = _BEGINNING.fullmatch(before[place:])
    if name and not _OWN_WORDS.search(name.group()):
        start -= len(name.group())
    tail = _TAIL.match(text, end)
    if tail and not _OWN_WORDS.search(tail["more"]) and _ORGAN.match(text, tail.end()):
        return start, tail.end()
    if end < len(text) and re.match(rf"[{HAN}]", text[end]):
        return start, end
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def _is_ad(text: str, span: _Span) -> bool:
    start, end = span
    stretch = text[start:end]
    if re.search(r"\.gov\b|\.edu\b", stretch):
        return False
    words = {word.lower() for word in _WORDS.findall(stretch)}
    letters = re.search("[A-Za-z]", _WORDS.sub("", stretch)) is not None
    strung = re.search(r"[_|｜·]", stretch) is not None
    organ = _ORGAN.match(text, end) is not None
    led_over = organ and stretch.rstrip()[-1:] in _LEADING_OVER
    if _STRONG.search(stretch) and len(words) >= 2:
        return strung or led_over or bool(re.search("[A-Za-z0-9]", stretch))
    if "_" in stretch and organ:
        return len(words) >= 2 or (bool(words) and letters and led_over)
    lettered = strung or letters or re.search("[0-9]", stretch) is not None
    return led_over and lettered and len(words) >= 2 and bool(_BETTING.search(stretch))


def _agreed(text: str, spans: Sequence[_Span]) -> list[_Span]:
    """Trim every stretch to what all of a family have in common (京2008app… -> app…)."""
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


def _finding(
    text: str, start: int, end: int, place: str | None, *, replaced: bool = False
) -> Finding:
    after_place = start > 0 and text[start - 1] in _PLACE_END
    replaced = replaced or after_place or bool(_ORGAN.match(text, end))
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
