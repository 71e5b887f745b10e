"""Document numbers (发文字号): read as found in the wild, printed with 〔〕 (GB/T 9704).

A number has a body's word (机关代字), a full year and a serial without padding and without 第.
Orders and announcements (令、公告) have forms of their own: 第N号, and 年第N号.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.clean_number import clean
from gongkai.law.document_word import split_word

BASIS = str(Cite("gbt_9704"))
_OPEN, _CLOSE = r"[〔\[({【<〈《「]", r"[〕\])}】>〉》」]"
_WORD = r"(?P<word>[^\s〔〕\[\](){}【】<>〈〉《》「」,，。；;、:：]*?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = r"(?P<ordinal>第)?(?P<number>\d{1,7})(?P<hao>号)?"
_BRACKETED = re.compile(rf"{_WORD}(?P<open>{_OPEN}){_YEAR}年?(?P<close>{_CLOSE}){_NUMBER}")
_YEARLY = re.compile(rf"{_WORD}{_YEAR}年(?P<ordinal>第)(?P<number>\d{{1,7}})(?P<hao>号)")
_PLAIN = re.compile(rf"{_WORD}(?P<ordinal>第)?(?P<number>\d{{1,7}})(?P<hao>号)")
_IN_TEXT = re.compile(
    r"[\u4e00-\u9fff]{1,24}\s*[〔\[［(（{【﹝<〈《「]\s*(?:19|20)\d\d\s*年?\s*"
    r"[〕\]］)）}】﹞>〉》」]\s*第?\s*\d{1,7}\s*号"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ORDER_WORDS = ("令", "公告", "通告", "公报")


class Shape(StrEnum):
    """How a number is built, which decides how it is printed."""

    BRACKETED = "bracketed"
    YEARLY = "yearly"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number as parts.

    `word` is the body's word (may be empty where the page dropped it), `year` may be missing in
    orders, `lead` is text before the word that does not belong to it, `ordinal` tells that 第
    stood before the number, `warnings` are sentences.
    """

    raw: str
    shape: Shape
    word: str
    year: int | None
    number: int
    lead: str = ""
    ordinal: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def is_order(self) -> bool:
        """True for 令、公告、通告, where 第 before the number is right."""
        return self.word.endswith(_ORDER_WORDS)

    @property
    def printed(self) -> str:
        """The number as it must be printed: 门商字〔2008〕71号."""
        if self.shape is Shape.BRACKETED:
            ordinal = "第" if self.ordinal and self.is_order else ""
            return f"{self.word}〔{self.year}〕{ordinal}{self.number}号"
        if self.shape is Shape.YEARLY:
            return f"{self.word}{self.year}年第{self.number}号"
        ordinal = "第" if self.is_order or not self.word else ""
        return f"{self.word}{ordinal}{self.number}号"

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "printed": self.printed,
            "word": self.word,
            "year": self.year,
            "number": self.number,
            "shape": self.shape.value,
            "lead": self.lead,
            "warnings": list(self.warnings),
        }


def parse(raw: str) -> DocumentNumber:
    """Read one document number; refuse text in which none can be found."""
    text = clean(raw)
    found = next(_candidates(text), None)
    if found is None:
        raise Refusal(
            "document_number.unreadable",
            f"“{raw.strip()}”不像发文字号。请按“机关代字〔年份〕序号号”填写，例如：门商字〔2008〕71号；"
            "没有文号的请留空。",
            BASIS,
            {"document_number": "请填写形如“门商字〔2008〕71号”的文号，没有的留空。"},
        )
    shape, match = found
    return _read(raw, text, shape, match)


def find(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """Every bracketed number in running text: start and end in `text`, and the number read."""
    for match in _IN_TEXT.finditer(text):
        number = parse(match.group())
        yield match.start() + _offset(match.group(), number), match.end(), number


def _offset(matched: str, number: DocumentNumber) -> int:
    """How far the lead reaches into the matched text."""
    return len(number.lead) if matched.startswith(number.lead) else 0


def _candidates(text: str) -> Iterator[tuple[Shape, re.Match[str]]]:
    for shape, pattern in (
        (Shape.BRACKETED, _BRACKETED),
        (Shape.YEARLY, _YEARLY),
        (Shape.PLAIN, _PLAIN),
    ):
        match = pattern.fullmatch(text)
        if match is not None and _plausible(shape, match):
            yield shape, match


def _plausible(shape: Shape, match: re.Match[str]) -> bool:
    """A bare number needs 号 and something that tells that it is a document's."""
    if shape is not Shape.PLAIN:
        return True
    return not match["word"] or _HAN.search(match["word"]) is not None


def _read(raw: str, text: str, shape: Shape, match: re.Match[str]) -> DocumentNumber:
    groups = match.groupdict()
    lead, word = split_word(groups["word"])
    year = int(groups["year"]) if groups.get("year") else None
    ordinal = groups["ordinal"] is not None
    number = DocumentNumber(raw, shape, word, year, int(groups["number"]), lead, ordinal)
    return replace(number, warnings=_warnings(text, number, groups))


def _warnings(text: str, number: DocumentNumber, groups: dict[str, str | None]) -> tuple[str, ...]:
    warnings = []
    opening = groups.get("open")
    if opening and opening + (groups["close"] or "") != "〔〕":
        warnings.append(f"年份应使用六角括号，印作“{number.printed}”。")
    if groups["ordinal"] and number.shape is Shape.BRACKETED and not number.is_order:
        warnings.append("发文字号的序号前不加“第”字（GB/T 9704），属格式错误。")
    if (groups["number"] or "").startswith("0"):
        warnings.append("序号不编虚位（1不编为001）。")
    if not groups["hao"]:
        warnings.append("序号后缺少“号”字。")
    if not number.word:
        warnings.append("缺少机关代字，请对照原件补充。")
    if number.year is None:
        warnings.append("没有年份，请对照原件核对。")
    if number.lead:
        warnings.append(f"“{number.lead}”不像机关代字的一部分，请对照原件确认。")
    if text != number.raw.strip() and not warnings:
        warnings.append("含有空格、不可见字符或全角数字，已按规范形式读取。")
    return tuple(warnings)
