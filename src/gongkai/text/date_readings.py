"""All lists of real dates from which losing 年, 月, 日 or 、 leaves a given run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gongkai.text.dates import real_date

MOST: Final = 64
"""Readings looked at before giving up: more than a few mean that nothing is certain."""
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a run: its spelling with all signs, and how many dates it lists."""

    spelled: str
    count: int


@dataclass(frozen=True, slots=True)
class _Item:
    year: int | None
    month: int
    day: int | None
    spelled: str
    end: int


def readings(run: str) -> list[Reading]:
    """``"2008228日"`` -> 2008年2月28日; ``"513623818"`` -> 5月13日、6月23日、8月18日.

    Lists rise in time and hold items of one shape. A run that is whole already reads as itself.
    """
    if len(run) > LONGEST:
        return []
    found: dict[str, Reading] = {}
    for items in _lists(run, 0, ()):
        spelled = "、".join(item.spelled for item in items)
        found.setdefault(spelled, Reading(spelled, len(items)))
        if len(found) >= MOST:
            break
    return list(found.values())


def _lists(run: str, at: int, done: tuple[_Item, ...]) -> Iterator[tuple[_Item, ...]]:
    if at == len(run):
        if done:
            yield done
        return
    if done and run[at] == "、":
        at += 1
    for item in _items(run, at):
        if not done or _follows(done, item):
            yield from _lists(run, item.end, (*done, item))


def _follows(done: tuple[_Item, ...], item: _Item) -> bool:
    last = done[-1]
    if last.day is None or item.day is None:
        return False
    if item.year is None:
        return (last.month, last.day) < (item.month, item.day)
    if last.year is None:
        return False
    return (last.year, last.month, last.day) < (item.year, item.month, item.day)


def _items(run: str, at: int) -> Iterator[_Item]:
    yield from _month_items(run, at, None, "")
    year = run[at : at + 4]
    if len(year) == 4 and year.isdecimal() and year[:2] in ("19", "20"):
        end = at + 4
        if run[end : end + 1] == "年":
            end += 1
        yield from _month_items(run, end, int(year), f"{year}年")


def _month_items(run: str, at: int, year: int | None, head: str) -> Iterator[_Item]:
    for month, month_end in _numbers(run, at, 12):
        signed = run[month_end : month_end + 1] == "月"
        after = month_end + signed
        spelled = f"{head}{month}月"
        for day, day_end in _numbers(run, after, 31):
            if (month[0] == "0" or day[0] == "0") and not len(month) == len(day) == 2:
                continue  # 05月01日 is written padded in both or in neither
            if real_date(year or 2000, int(month), int(day)) is None:
                continue
            end = day_end + (run[day_end : day_end + 1] == "日")
            yield _Item(year, int(month), int(day), f"{spelled}{day}日", end)
        if year is not None and (signed or after == len(run)):
            yield _Item(year, int(month), None, spelled, after)


def _numbers(run: str, at: int, largest: int) -> Iterator[tuple[str, int]]:
    for length in (1, 2):
        digits = run[at : at + length]
        if len(digits) == length and digits.isdecimal() and 1 <= int(digits) <= largest:
            yield digits, at + length
