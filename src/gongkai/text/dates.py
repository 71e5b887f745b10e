"""Dates as people and machines write them, read strictly: a real day or nothing."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from gongkai.text.normalise import fold

CHINA: Final = timezone(timedelta(hours=8))
"""A fixed offset: epoch values in public data are civil days in China."""

_WRITTEN: Final = re.compile(
    r"(\d{4})\s*(?:[-./年])\s*(\d{1,2})\s*(?:[-./月])\s*(\d{1,2})(?!\d)\s*日?"
)
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?")
_CHINESE: Final = re.compile(
    r"([〇零○一二三四五六七八九]{4})年(十?[一二三四五六七八九十])月"
    r"((?:[一二三]?十)?[一二三四五六七八九]|[一二三]?十)日"
)
_DIGITS: Final = {char: str(n) for n, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MAIL: Final = re.compile(  # RFC 822, as feeds and mails write it
    rf"(?:[a-z]{{3}},\s*)?(\d{{1,2}}) ({_MONTHS.replace(' ', '|')}) (\d{{4}})"
    r"(?:\s+(\d{2}):(\d{2})(?::\d{2})?\s*(?:gmt|utc?|z|([+-]\d{4})))?(?!\d)",
    re.IGNORECASE,
)
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})",
    re.IGNORECASE,
)


def real_date(year: int, month: int, day: int) -> date | None:
    """That day if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _chinese_number(text: str) -> int:
    if "十" not in text:
        return int("".join(_DIGITS[char] for char in text))
    tens, _, ones = text.partition("十")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def parse_date(raw: str) -> date | None:
    """The day that stands at the beginning of ``raw``; a time of day after it is ignored.

    Reads 2008-12-24 00:00, 2008.12.24, 2008/12/24, 2008年12月24日, 20081224, ISO 8601,
    二〇〇八年十二月二十四日 and, as feeds have it, Wed, 24 Dec 2008 08:00:00 +0800. A moment with
    an offset gives its day in China. Anything else, a month without a day and a day that does
    not exist give ``None``.
    """
    text = fold(raw).strip()
    if moment := _MOMENT.match(text):
        return _day_in_china(moment.group())
    if match := _WRITTEN.match(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(group) for group in match.groups()[:3])
        return real_date(year, month, day)
    if match := _MAIL.match(text):
        return _mail_day(match)
    if match := _CHINESE.match(text):
        return real_date(*(_chinese_number(group) for group in match.groups()))
    return None


def _mail_day(match: re.Match[str]) -> date | None:
    day, month, year, hour, minute, offset = match.groups()
    number = f"{_MONTHS.split().index(month.lower()) + 1:02}"
    if hour is None:
        return real_date(int(year), int(number), int(day))
    return _day_in_china(f"{year}-{number}-{int(day):02}T{hour}:{minute}:00{offset or '+0000'}")


def _day_in_china(moment: str) -> date | None:
    try:
        return datetime.fromisoformat(moment.upper()).astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return None


def from_epoch(value: int | float | str, *, unit: str) -> date | None:
    """The civil day in China of a Unix time in ``"s"`` or ``"ms"``; 0 and nonsense give None."""
    try:
        seconds = float(value) / (1000 if unit == "ms" else 1)
        moment = datetime.fromtimestamp(seconds, CHINA)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.date() if seconds > 0 else None
