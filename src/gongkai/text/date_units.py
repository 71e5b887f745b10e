"""Days as sources write them: in words, as counts since some day, with the day or the month first.

A source says once how it writes days; a value that is not written so is told with the reason,
never turned about until it fits.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from gongkai.text.dates import from_epoch, parse_date, real_date
from gongkai.text.normalise import fold

UNITS: Final[Mapping[str, str]] = {
    "text": "文字，如 2008-12-24",
    "s": "秒数",
    "ms": "毫秒数",
    "sheet": "表格软件的日期序号",
    "dmy": "日在前，如 24/12/2008",
    "mdy": "月在前，如 12/24/2008",
}
"""How a source writes its days, with the words for people."""

_FIRST_DAY: Final = date(1899, 12, 30)  # day 0 of spreadsheets, their invented 29 February counted
_SHEET: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_TURNED: Final = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)")
_CHOOSE: Final = "请在字段对照里选日期的写法"
_MANY: Final = 0.9
_SOME: Final = 0.5
_REASONS: Final = (
    (re.compile(r"(?:19|20)\d{2}年?"), "只写到年"),
    (re.compile(r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*月?"), "只写到月"),
    (re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}.*"), "日历上没有这一天"),
    (re.compile(r"(?:19|20)\d{6}"), "日历上没有这一天"),
    (re.compile(r"\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?"), "年份只有两位"),
    (re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}.*"), f"分不清日和月的先后，{_CHOOSE}"),
    (re.compile(r"1?\d{9}"), f"像是秒数，{_CHOOSE}"),
    (re.compile(r"1?\d{12}"), f"像是毫秒数，{_CHOOSE}"),
    (re.compile(r"[34]\d{4}(?:\.\d+)?"), f"像是表格软件的日期序号，{_CHOOSE}"),
)  # fmt: skip


def day_in(unit: str, value: str) -> date | None:
    """The day of a value written in this unit, or nothing."""
    return _READERS[unit](value)


def _sheet(value: str) -> date | None:
    match = _SHEET.fullmatch(fold(value).strip())
    return _FIRST_DAY + timedelta(days=int(match[1])) if match else None


def _turned(value: str, *, month_first: bool) -> date | None:
    match = _TURNED.match(fold(value).strip())
    if match is None:
        return None
    one, other, year = (int(group) for group in match.groups())
    return real_date(year, one, other) if month_first else real_date(year, other, one)


_READERS: Final[Mapping[str, Callable[[str], date | None]]] = {
    "text": parse_date,
    "s": lambda value: from_epoch(value, unit="s"),
    "ms": lambda value: from_epoch(value, unit="ms"),
    "sheet": _sheet,
    "dmy": lambda value: _turned(value, month_first=False),
    "mdy": lambda value: _turned(value, month_first=True),
}


def why_no_day(value: str, unit: str = "text") -> str:
    """One sentence on why no day could be read."""
    plain = fold(value).strip()
    if unit != "text":
        reason = f"不是{UNITS[unit].partition('，')[0]}"
    else:
        reason = next((said for shape, said in _REASONS if shape.fullmatch(plain)), "")
    said = f"，{reason}" if reason else ""
    return f"日期“{value[:40]}”读不出是哪一天{said}，请对照原件填写。"


def unit_of(values: Iterable[str]) -> str:
    """How these days are written; "" where they are none, or could be read in two ways."""
    given = [value for value in values if value.strip()]
    fitting = [unit for unit in UNITS if given and _share(unit, given) >= _MANY]
    return fitting[0] if len(fitting) == 1 or fitting[:1] == ["text"] else ""


def may_be_days(values: Iterable[str]) -> bool:
    """Whether a person may be asked how these are written."""
    given = [value for value in values if value.strip()]
    return bool(given) and any(_share(unit, given) >= _SOME for unit in UNITS)


def _share(unit: str, values: list[str]) -> float:
    days = [day_in(unit, value) for value in values]
    # Any number is a count of seconds since 1970; a day of an office is not in 1971.
    return sum(day is not None and 1980 <= day.year <= 2060 for day in days) / len(values)
