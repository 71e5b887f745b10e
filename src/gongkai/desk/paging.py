"""Pages of a list: every number from the address is bounded before the database sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

MOST_PAGES = 100_000
SIZES = (25, 50, 100)
M = TypeVar("M", bound=Model)


def bounded(raw: object, *, least: int = 1, most: int = MOST_PAGES, otherwise: int = 1) -> int:
    """`raw` as a whole number between `least` and `most`; what is none gives `otherwise`."""
    text = str(raw or "").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        return otherwise
    return max(least, min(int(text), most))


def page_of(rows: QuerySet[M], raw: object, *, size: int = 25, count: int | None = None) -> Page[M]:
    """The asked page of `rows`; beyond the end gives the last, nonsense the first.

    `count` where it is known already, so that the database need not count.
    """
    paginator: Paginator[Any] = Paginator(rows, size)
    if count is not None:
        paginator.__dict__["count"] = count
    return paginator.get_page(bounded(raw))


def list_page(rows: Sequence[Any], raw: object, *, size: int = 25) -> Page[Any]:
    """The same for a list, or for rows whose model does not matter."""
    paginator: Paginator[Any] = Paginator(rows, size)
    return paginator.get_page(bounded(raw))
