"""Papers that a paper repeals: 《甲办法》（甲发〔2010〕1号）同时废止, or as a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gongkai.kit.refusal import Refusal
from gongkai.law import document_number

_NAME: Final = r"《[^《》\n]{3,90}》"
_NUMBER: Final = r"[（(]\s*[^（()）\n]{3,40}号\s*[)）]"
_ENDED: Final = re.compile(
    rf"(?P<named>(?:{_NAME}\s*(?:{_NUMBER})?(?:[、，,和及与]|以及)?\s*)+)"
    r"(?:自[^。；\n]{1,24}起|同时|即行|予以|一并|均|现予以?|现)?\s*(?:废止|失效)(?!和)"
)
_PAIR: Final = re.compile(rf"(?P<name>{_NAME})\s*(?P<number>{_NUMBER})?")
_LIST: Final = re.compile(
    r"(?:予以废止|宣布废止|宣布失效|废止和?失效)的?[^。；\n《》]{0,16}(?:目录|清单|名单)"
)
_LISTED: Final = re.compile(
    rf"(?P<name>{_NAME})\s*(?P<number>[\u4e00-\u9fff]{{1,16}}[〔\[﹝【（(](?:19|20)\d\d[〕\]﹞】）)]\d{{1,5}}号)?"
)
_NEXT_LIST: Final = re.compile(r"[（(][一二三四五六七八九十]{1,2}[)）]")
MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Repealed:
    """A paper named as repealed: its name without 《》, its printed number or none, the words."""

    name: str
    number: str
    words: str


def repealed_by(text: str) -> list[Repealed]:
    """What the text says is no longer in force, each once, `MOST` at most."""
    if "废止" not in text and "失效" not in text:
        return []
    found: dict[tuple[str, str], Repealed] = {}
    for one in (*_said(text), *_listed(text)):
        if len(found) < MOST:
            found.setdefault((one.name, one.number), one)
    return list(found.values())


def names_of(name: str) -> tuple[str, ...]:
    """Titles under which the paper may be kept: itself, or the notice that issued it."""
    return (
        name,
        f"关于印发《{name}》的通知",
        f"关于发布《{name}》的通知",
        f"关于公布《{name}》的通知",
    )


def _said(text: str) -> Iterator[Repealed]:
    for match in _ENDED.finditer(text):
        for pair in _PAIR.finditer(match["named"]):
            yield _repealed(pair, match.group().strip()[-120:])


def _listed(text: str) -> Iterator[Repealed]:
    for heading in _LIST.finditer(text):
        end = _NEXT_LIST.search(text, heading.end())
        stop = end.start() if end is not None else len(text)
        for pair in _LISTED.finditer(text, heading.end(), stop):
            yield _repealed(pair, f"{heading.group()}：{pair.group()}"[:120])


def _repealed(pair: re.Match[str], words: str) -> Repealed:
    name = re.sub(r"\s+", "", pair["name"])[1:-1]
    return Repealed(name, _printed((pair["number"] or "").strip("（()） \n")), words)


def _printed(number: str) -> str:
    try:
        return document_number.parse(number).printed if number else ""
    except Refusal:
        return ""
