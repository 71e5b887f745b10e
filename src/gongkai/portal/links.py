"""Addresses of the portal, resolved once: `reverse` for every row of a list costs too much."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from gongkai.catalog.filters import EntryFilter

_ANY = UUID(int=0)
# Names of filter fields in addresses, shorter than in code.
PARAMETERS = {
    "body": "body",
    "column": "column",
    "catalog_class": "class",
    "legal_item": "item",
    "section": "section",
    "year": "year",
    "genre": "genre",
    "validity": "validity",
}


@lru_cache(maxsize=64)
def to(name: str) -> str:
    """The address of a page that takes no arguments, by its name without the prefix."""
    return reverse(f"portal:{name}")


@lru_cache(maxsize=16)
def _halves(name: str) -> tuple[str, str]:
    before, after = reverse(f"portal:{name}", args=[_ANY]).split(str(_ANY))
    return before, after


def record(uuid: UUID | str) -> str:
    """The address of a record."""
    before, after = _halves("record")
    return f"{before}{uuid}{after}"


def versions(uuid: UUID | str) -> str:
    """The address of a record's published versions."""
    before, after = _halves("versions")
    return f"{before}{uuid}{after}"


def file(uuid: UUID | str) -> str:
    """The address of an attachment."""
    before, after = _halves("file")
    return f"{before}{uuid}{after}"


def answer(uuid: UUID | str) -> str:
    """The address of an answer in the public log."""
    before, after = _halves("answer")
    return f"{before}{uuid}{after}"


def query(wanted: EntryFilter, **more: str | int) -> str:
    """The filter as `?class=…&year=…`, with further parameters; empty when nothing is asked."""
    asked = {PARAMETERS[name]: value for name, value in wanted.asked().items()}
    asked.update({name: str(value) for name, value in more.items()})
    return f"?{urlencode(asked)}" if asked else ""
