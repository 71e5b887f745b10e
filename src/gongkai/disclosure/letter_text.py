"""What stands on a letter, as plain rows for every printed form: PDF, DOCX and text.

The words of each kind are a file of `letters/`: the title, then one paragraph a line. `{part}` is
a part of the letter; a line of one part alone becomes as many paragraphs as the part has lines; a
line that begins with `? ` is left out when one of its parts is empty. Nothing here reads a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from gongkai.law.letters import LETTERS

FOLDER = Path(__file__).resolve().parent / "letters"
UNNUMBERED, UNDATED = "（审批后编号）", "（审批后填写日期）"
_PART = re.compile(r"\{([a-z_]+)\}")
_ALONE = re.compile(r"\{([a-z_]+)\}\Z")
# What a part ends with when the template's own punctuation follows it.
_ENDS = "。．；;，, 　"


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter before it is set: `parts` by key as in `law.letters`, and who signs it when.

    `body` is the name that heads and signs the letter; `number` and `on` are empty in a draft;
    `contact` is the body's telephone; `attachments` are the names of the files that go with it.
    """

    kind: str
    body: str
    addressee: str
    parts: Mapping[str, str]
    number: str = ""
    on: date | None = None
    attachments: tuple[str, ...] = ()
    contact: str = ""
    not_yet: str = ""


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """Everything printed on the letter, in the order of the page. Every value is text.

    `not_yet` is written across a paper that must not go out (草稿, 作废).
    """

    mark: str
    number: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    attachments: tuple[str, ...]
    signed_by: str
    signed_on: str
    contact: str = ""
    not_yet: str = ""


def chinese_day(day: date) -> str:
    """2026年3月5日, Arabic numerals without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def letter_paper(content: LetterContent) -> LetterPaper:
    """The letter as it will stand on the page; `KeyError` for a kind that does not exist."""
    title, lines = _template(content.kind)
    return LetterPaper(
        mark=content.body,
        number=content.number or UNNUMBERED,
        title=title,
        addressee=f"{content.addressee}：",
        paragraphs=tuple(p for line in lines for p in _set(line, content.parts)),
        attachments=content.attachments,
        signed_by=content.body,
        signed_on=chinese_day(content.on) if content.on else UNDATED,
        contact=content.contact,
        not_yet=content.not_yet,
    )


def plain_text(paper: LetterPaper) -> str:
    """The letter as text: for people who cannot read the PDF, and for a check of its words."""
    lines = [paper.mark, paper.number, "", paper.title, "", paper.addressee]
    lines += [f"　　{paragraph}" for paragraph in paper.paragraphs]
    if paper.attachments:
        lines += ["", *attachment_lines(paper.attachments)]
    lines += ["", paper.signed_by, paper.signed_on]
    if paper.contact:
        lines += ["", f"（联系电话：{paper.contact}）"]
    return "\n".join(lines) + "\n"


def attachment_lines(names: tuple[str, ...]) -> list[str]:
    """附件：1. …; a single one carries no number (GB/T 9704-2012 7.3.4)."""
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [f"{'附件：' if n == 1 else '　　　'}{n}. {name}" for n, name in enumerate(names, 1)]


def placeholders(kind: str) -> frozenset[str]:
    """The parts the words of a kind name."""
    return frozenset(_PART.findall((FOLDER / f"{kind}.txt").read_text(encoding="utf-8")))


@lru_cache(maxsize=64)
def _template(kind: str) -> tuple[str, tuple[str, ...]]:
    text = (FOLDER / f"{LETTERS[kind].key}.txt").read_text(encoding="utf-8")
    title, *lines = text.strip().splitlines()
    return title, tuple(lines)


def _set(line: str, parts: Mapping[str, str]) -> Iterator[str]:
    """The paragraphs of one line. A value is put in once: braces in it stay braces."""
    optional = line.startswith("? ")
    words = line.removeprefix("? ")
    if optional and any(not parts.get(name, "").strip() for name in _PART.findall(words)):
        return
    alone = _ALONE.fullmatch(words)
    if alone:
        yield from (part.strip() for part in parts[alone.group(1)].splitlines() if part.strip())
        return
    yield _PART.sub(lambda found: _inline(parts, found, words), words)


def _inline(parts: Mapping[str, str], found: re.Match[str], words: str) -> str:
    """A part inside a sentence: on one line, without an end of its own where one follows."""
    value = "".join(line.strip() for line in parts[found.group(1)].splitlines())
    followed = words[found.end() : found.end() + 1]
    return value.rstrip(_ENDS) if followed and followed in "。；，" else value
