"""Which part of a report's text is narrative, and where its tables stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from gongkai.reporting.reading.labels import HAN, han
from gongkai.text.normalise import fold

LONGEST: Final = 400_000
"""Characters of a text that are looked at; yearly reports have a few thousand."""
_HEADINGS: Final = {
    "t2": "二主动公开政府信息情况",
    "t3": "三收到和处理政府信息公开申请情况",
    "t4": "四政府信息公开行政复议行政诉讼情况",
    "after": "五存在的主要问题及改进情况",
}
_ALSO: Final = {
    "t4": ("四因政府信息公开工作被申请行政复议提起行政诉讼情况",),
    "after": ("五政府信息公开工作存在的主要问题及改进情况",),
}
_NUMERAL: Final = re.compile(r"[一二三四五]\s*[、，,.．。:：]?")
_FIRST_ROW: Final = re.compile(r"一?\s*[、.]?\s*本\s*年\s*新\s*收\s*政")
_LAST_ROW: Final = re.compile(r"结\s*转\s*下\s*年\s*度\s*继\s*续\s*办\s*理")
_ENOUGH: Final = 80
_PAGE: Final = re.compile(
    r"(?m)^[\s\t]*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第?\s*\d{1,4}\s*页.*|)\s*$\n?"
)


@dataclass(frozen=True, slots=True)
class Sections:
    """Folded text of the sections; empty where a heading was not found."""

    narrative: str
    two: str = ""
    three: str = ""
    four: str = ""


def sections(text: str) -> Sections:
    """Cut a text at its headings, damaged ones too; without any it is all narrative."""
    whole = _PAGE.sub("", fold(text[:LONGEST]))
    places: dict[str, tuple[int, int]] = {}
    start = 0
    for name in _HEADINGS:
        found = _heading(whole, name, start)
        if found is not None:
            places[name] = found
            start = found[1]
    if not places:
        return _without_headings(whole)
    marks = sorted(places.items(), key=lambda item: item[1])
    cut: dict[str, str] = {}
    for index, (name, (_, end)) in enumerate(marks):
        stop = marks[index + 1][1][0] if index + 1 < len(marks) else len(whole)
        cut[name] = whole[end:stop]
    first = marks[0][1][0]
    narrative = whole[:first] + "\n" + cut.get("after", "")
    return Sections(narrative, cut.get("t2", ""), cut.get("t3", ""), cut.get("t4", ""))


def _without_headings(text: str) -> Sections:
    """Cut at the first and the last row of table three; without them all is narrative."""
    first, last = _FIRST_ROW.search(text), _LAST_ROW.search(text)
    if first is None or last is None or last.start() < first.start():
        return Sections(text)
    start = max(text.find("第二十条", 0, first.start()), 0)
    return Sections(text[:start], text[start : first.start()], text, text[last.end() :])


def _heading(text: str, name: str, start: int) -> tuple[int, int] | None:
    """The best place of a heading: it begins with its numeral and has few other words."""
    wanted = (_HEADINGS[name], *_ALSO.get(name, ()))
    best: tuple[float, int, int] | None = None
    for at in _candidates(text, start, wanted[0][0]):
        for words in wanted:
            end, there = _reach(text, at, len(words))
            near = fuzz.ratio(there, words)
            # Of equal ones the last: a table of contents names them all first.
            if near >= _ENOUGH and (best is None or near > best[0] - 5):
                best = (max(near, best[0] if best else 0), at, end)
    return None if best is None else best[1:]


def _candidates(text: str, start: int, numeral: str) -> Iterator[int]:
    for match in _NUMERAL.finditer(text, start):
        if match[0][0] == numeral:
            yield match.start()


def _reach(text: str, at: int, count: int) -> tuple[int, str]:
    """The next `count` Chinese characters from a place, and where they end."""
    found: list[str] = []
    end = at
    for index in range(at, min(len(text), at + count * 3)):
        char = text[index]
        if HAN.match(char):
            found.append(char)
            end = index + 1
            if len(found) == count:
                break
        elif char.isdigit():
            break
    return end, "".join(found)


def year_of(text: str) -> int | None:
    """The statistical year: of the title, else of 统计期限, else unknown."""
    plain = re.sub(r"\s+", "", fold(text[:LONGEST]))
    title = re.search(
        r"(20\d\d)年(?:度)?[^。；]{0,40}?(?:年度报告|工作报告|公开报告|年报|总结)", plain
    )
    if title is None:
        title = re.search(r"(20\d\d)年1月1日(?:起)?(?:至|—|-|到|~)(?:20\d\d年)?12月31日", plain)
    return int(title[1]) if title else None


def plain_words(text: str) -> str:
    """Chinese characters only."""
    return han(text)
