"""Fields that a proposal may be for while its evidence stands elsewhere: a date, a validity."""

from __future__ import annotations

from datetime import date
from typing import Final

from gongkai.kit.refusal import Refusal
from gongkai.law import document_number
from gongkai.law import validity as law_validity
from gongkai.text.dates import parse_date

DATES: Final = {
    "created_on": "生成日期",
    "first_published_on": "原发布日期",
    "effective_from": "施行日期",
    "expires_on": "有效期至",
    "repealed_on": "废止日期",
}
TARGETS: Final = DATES | {"validity": "信息有效性", "document_number": "文号"}
"""Field of the record -> its name for people."""
_STORED: Final = {"not_yet": "in_force"}


def is_target(name: str) -> bool:
    """Whether a finding's words may be put into this field of the record."""
    return name in TARGETS


def value_of(target: str, words: str) -> object:
    """The words as the field holds them; refused with a sentence when they mean nothing there."""
    plain = words.strip()
    if target in DATES:
        return _day(target, plain)
    if target == "validity":
        return _validity(plain)
    return document_number.parse(plain).printed if plain else ""


def _day(target: str, words: str) -> date:
    day = parse_date(words)
    if day is None:
        sentence = f"{DATES[target]}“{words[:40]}”不是一个日期，请写成2008年1月5日或2008-01-05。"
        raise Refusal("finding.not_a_date", sentence, fields={"text": sentence})
    return day


def _validity(words: str) -> str:
    status = law_validity.read(words)
    if status is None:
        sentence = "信息有效性请写有效、失效、废止或被替代。"
        raise Refusal("finding.not_a_validity", sentence, fields={"text": sentence})
    return _STORED.get(status.value, status.value)
