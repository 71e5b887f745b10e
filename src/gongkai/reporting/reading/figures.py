"""Figures as people type them: full width, with separators, with units, in Chinese, or left out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from gongkai.law.annual_report.model import Number
from gongkai.text.normalise import fold

LONGEST: Final = 15
"""Digits past which no figure of a report goes."""
_BLANK: Final = re.compile(r"(?:[/\\|—–\-―─_*.·…~]+|无|空|不涉及|不适用|n/?a|nil)?", re.IGNORECASE)
_UNIT: Final = r"(?:件|条|项|个|次|宗|份|起|人次?|部|万元|亿元|元|%)"
_PLAIN: Final = re.compile(rf"([-−+]?)(\d+)(?:\.(\d+))?({_UNIT}?)(?:人民币)?")
_GROUPED: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_CHINESE: Final = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_BIG: Final = {"万": 10**4, "亿": 10**8}


def tidy(text: str) -> str:
    """Folded, without blanks and with one sign for minus and comma."""
    plain = re.sub(r"\s+", "", fold(text)).replace("，", ",").replace("−", "-").replace("－", "-")
    return _GROUPED.sub(lambda match: match[0].replace(",", ""), plain)


def is_blank(text: str) -> bool:
    """Empty, or one of the signs for nothing here: / — 无."""
    return _BLANK.fullmatch(tidy(text)) is not None


def number(text: str, *, money: bool = False) -> Number | None:
    """The figure of a cell; `None` when it is not one.

    `money` cells are in 万元: a figure that says 元 or 亿元 is turned into it.
    """
    plain = tidy(text)
    match = _PLAIN.fullmatch(plain)
    if match is None:
        return None if plain == "一" else chinese(plain)  # 一 may be a dash misread
    sign, whole, fraction, unit = match.groups()
    if len(whole) > LONGEST or len(fraction or "") > 8 or (len(whole) > 1 and whole[0] == "0"):
        return None
    value: Number = Decimal(f"{sign}{whole}.{fraction}") if fraction else int(f"{sign}{whole}")
    if money and unit in ("元", "亿元"):
        value = Decimal(value) / 10000 if unit == "元" else Decimal(value) * 10000
    elif not money and unit in ("万元", "亿元", "%"):
        return None
    return int(value) if value == int(value) else value


def chinese(text: str) -> int | None:
    """一百零三 → 103, 三千 → 3000, 二〇〇八 → 2008; `None` for what is no numeral."""
    if not text or len(text) > 20 or _CHINESE.fullmatch(text) is None:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _STEPS:
            section += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            total = (total + section + digit) * _BIG[char]
            section = digit = 0
    return total + section + digit
