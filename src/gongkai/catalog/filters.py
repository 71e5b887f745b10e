"""The question a reader puts to the catalog, and the published entries that answer it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, cast

from django.db.models import QuerySet

from gongkai.catalog.directory import Directory
from gongkai.catalog.models import CatalogEntry, EntryState

FIRST_YEAR, LAST_YEAR = 1949, 2100


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What a reader asks the catalog for; an empty field asks nothing. Codes, never ids."""

    body: str = ""
    column: str = ""
    catalog_class: str = ""
    legal_item: str = ""
    section: str = ""
    year: int | None = None
    genre: str = ""
    validity: str = ""

    def without(self, name: str) -> EntryFilter:
        """The same question with one field left open."""
        return replace(self, **cast("dict[str, Any]", {name: None if name == "year" else ""}))

    def asking(self, name: str, value: str) -> EntryFilter:
        """The same question with one field set."""
        return replace(self, **{name: int(value) if name == "year" else value})  # type: ignore[arg-type]

    def key(self) -> str:
        """A short text that is equal for equal questions."""
        return "|".join(str(getattr(self, f.name) or "") for f in fields(self))

    def asked(self) -> dict[str, str]:
        """The fields that ask something, as text."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: str(value) for name, value in found.items() if value}


def published() -> QuerySet[CatalogEntry]:
    """Every entry that stands before the public now, newest first."""
    return CatalogEntry.objects.filter(state=EntryState.PUBLISHED).order_by("-published_on", "-id")


def entries(wanted: EntryFilter, names: Directory) -> QuerySet[CatalogEntry]:
    """The published entries that match, newest first. An unknown code matches nothing."""
    found = conditions(wanted, names)
    return published().none() if found is None else published().filter(**found)


def conditions(wanted: EntryFilter, names: Directory) -> dict[str, Any] | None:
    """The filter as look-ups of the entry table; None when it can match nothing."""
    found: dict[str, Any] = {}
    body_id: int | None = None
    if wanted.body:
        body = names.body_of(wanted.body)
        if body is None:
            return None
        body_id = found["body_id"] = body.id
    if wanted.catalog_class:
        ids, top = names.class_ids(wanted.catalog_class, body_id)
        _add_ids(found, "top_class_id" if top else "catalog_class_id", ids)
    if wanted.section:
        _add_ids(found, "section_id", names.section_ids(wanted.section, body_id))
    for name in ("column", "legal_item", "genre", "validity"):
        if getattr(wanted, name):
            found[name] = getattr(wanted, name)
    if wanted.year:
        found["year"] = wanted.year
    return None if [] in found.values() else found


def _add_ids(found: dict[str, Any], name: str, ids: list[int]) -> None:
    if len(ids) == 1:
        found[name] = ids[0]
    else:
        found[f"{name}__in" if ids else name] = ids
