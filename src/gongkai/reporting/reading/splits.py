"""All ways to read the figures of a row, when it is not plain which belongs in which cell.

Either the cells are run together and have to be parted, or empty cells have left no trace, or
figures are pulled apart by blanks. Of these ways only those that add up are kept: the last cell
of each group is the sum of the others. Work is bounded; too many ways count as none known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from gongkai.law.annual_report.model import Number
from gongkai.reporting.reading.figures import is_blank, number
from gongkai.reporting.reading.model import Row

Ways = tuple[Number | None, ...]
MOST_WAYS: Final = 3000
MOST_STEPS: Final = 100_000
LONGEST: Final = 9
"""Digits of a count."""


class TooManyError(Exception):
    """More ways, or more work, than is looked at."""


def ways(row: Row, group: int) -> list[Ways]:
    """Every way to read a row that adds up in groups of `group` cells (0: no sums are known).

    Raises `TooManyError`.
    """
    found = _ways(row.tokens, len(row.cells), group)
    if row.other is not None:
        found += [way for way in _ways(row.other, len(row.cells), group) if way not in found]
    return found


def _ways(tokens: Sequence[str], width: int, group: int) -> list[Ways]:
    if any(is_blank(token) for token in tokens) and len(tokens) != width:
        return []
    if len(tokens) == width:
        plain = tuple(number(token) for token in tokens)
        return [plain] if _adds_up(plain, group) else []
    if len(tokens) > width:
        return _unique(_merged(tokens, width, group))
    found = _blanks_left_out(tokens, width, group)
    if all(token.isdecimal() and token.isascii() for token in tokens):
        found += _parted(tokens, width, group)
    return _unique(found)


def _unique(found: Sequence[Ways]) -> list[Ways]:
    if len(found) > MOST_WAYS:
        raise TooManyError
    return list(dict.fromkeys(found))


def _adds_up(values: Sequence[Number | None], group: int) -> bool:
    if not group:
        return True
    for start in range(0, len(values), group):
        *parts, total = values[start : start + group]
        if sum((part or 0 for part in parts), start=0) != (total or 0):
            return False
    return True


def _merged(tokens: Sequence[str], width: int, group: int) -> list[Ways]:
    """Figures pulled apart by blanks: neighbours put together until there are as many as cells."""
    more = len(tokens) - width
    if more > 6 or len(tokens) > 24 or not all(token.isdecimal() for token in tokens):
        return []
    found = []
    for joints in combinations(range(1, len(tokens)), more):
        kept = [tokens[0]]
        for index in range(1, len(tokens)):
            if index in joints:
                kept[-1] += tokens[index]
            else:
                kept.append(tokens[index])
        values = tuple(number(token) for token in kept)
        if None not in values and _adds_up(values, group):
            found.append(values)
    return found


def _blanks_left_out(tokens: Sequence[str], width: int, group: int) -> list[Ways]:
    """Each figure in a cell of its own, in order, the cells between them empty."""
    values = [number(token) for token in tokens]
    if None in values or width > 7 or not tokens:
        return []
    found = []
    for places in combinations(range(width), len(values)):
        row: list[Number | None] = [None] * width
        for place, value in zip(places, values, strict=True):
            row[place] = value
        if _adds_up(row, group):
            found.append(tuple(row))
    return found


def _parted(tokens: Sequence[str], width: int, group: int) -> list[Ways]:
    """Cells run together: parted from the right, where the total stands."""
    text = "".join(tokens)
    ends: set[int] = set()
    for token in tokens:
        ends.add(len(token) + max(ends, default=0))
    steps = [0]
    found = []
    for way in _from_right(text, ends, width, (group, 0), steps):
        found.append(way)
        if len(found) > MOST_WAYS:
            raise TooManyError
    return found


def _from_right(
    text: str, ends: set[int], left: int, sums: tuple[int, int], steps: list[int]
) -> Iterator[Ways]:
    """Ways to part `text` into `left` figures; `sums` are group size and what is still to find."""
    group, due = sums
    steps[0] += 1
    if steps[0] > MOST_STEPS:
        raise TooManyError
    if left == 0:
        if not text and due == 0:
            yield ()
        return
    is_total = bool(group) and left % group == 0
    if len(text) < left or (is_total and due):
        return
    if group and not is_total and left < group and not _can_be(due, len(text), left):
        return
    for length in range(1, min(LONGEST, len(text) - left + 1) + 1):
        at = len(text) - length
        if any(at < end < len(text) for end in ends):
            break
        if length > 1 and text[at] == "0":
            continue
        value = int(text[at:])
        rest = value if is_total else due - value if group else 0
        if rest < 0 or (rest and group and not is_total and left % group == 1):
            continue
        for before in _from_right(text[:at], ends, left - 1, (group, rest), steps):
            yield (*before, value)


def _can_be(due: int, digits: int, parts: int) -> bool:
    """Whether so many digits in so many figures can have the sum: coarse, but it cuts most."""
    most: int = 10 ** (digits - parts + 1) + 9 * parts
    least: int = 10 ** (-(-digits // parts) - 1) if digits > parts else 0
    return least <= due <= most
