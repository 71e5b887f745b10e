"""Links to the pages of a list: first, last, and those around the present one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link; `number` 0 is a gap, `address` empty is the present page."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Pager:
    """The row of links, with those one back and one on (empty where there is none)."""

    links: tuple[PageLink, ...]
    before: str
    after: str


def pager(address: str, pairs: list[tuple[str, str]], *, number: int, last: int) -> Pager | None:
    """Links for page `number` of `last`; None when there is only one page."""
    if last <= 1:
        return None

    def to(page: int) -> str:
        asked = [*pairs, ("page", str(page))] if page > 1 else pairs
        return f"{address}?{urlencode(asked)}" if asked else address

    wanted = {1, last, *range(max(1, number - AROUND), min(last, number + AROUND) + 1)}
    found: list[PageLink] = []
    for page in sorted(wanted):
        if found and page - found[-1].number > 1:
            found.append(PageLink(0, ""))
        found.append(PageLink(page, "" if page == number else to(page)))
    return Pager(
        tuple(found), to(number - 1) if number > 1 else "", to(number + 1) if number < last else ""
    )
