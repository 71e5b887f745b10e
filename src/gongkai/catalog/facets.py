"""Counts beside the catalog: how many entries each class, year, genre … would leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from gongkai.catalog.directory import Directory, genre_name, legal_item_name, validity_name
from gongkai.catalog.filters import EntryFilter, entries
from gongkai.catalog.generation import kept
from gongkai.records.choices import Column, Validity

# Filter field → column of the entry table that is counted, and the heading people read.
DIMENSIONS: dict[str, tuple[str, str]] = {
    "body": ("body_id", "公开机关"),
    "catalog_class": ("catalog_class_id", "信息分类"),
    "year": ("year", "年份"),
    "validity": ("validity", "有效性"),
    "genre": ("genre", "体裁"),
    "legal_item": ("legal_item", "法定公开事项"),
    "section": ("section_id", "责任科室"),
    "column": ("column", "栏目"),
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice: its code in addresses, its name, how many entries it leaves, its place."""

    code: str
    name: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One heading with its choices; `name` is the field of the filter."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


def facets(wanted: EntryFilter, names: Directory, generation: int) -> tuple[Facet, ...]:
    """Every heading with at least two choices or one chosen. Counted once per generation.

    Each heading is counted under the other conditions, so that one can go over to another year
    without losing the class.
    """
    found = kept(f"facets:{wanted.key()}", generation, lambda: _count_all(wanted, names))
    return tuple(f for f in found if len(f.values) > 1 or getattr(wanted, f.name))


def choices(name: str, names: Directory, generation: int) -> frozenset[str]:
    """The codes of one heading that any published entry has."""
    every = EntryFilter()
    found = kept(f"facets:{every.key()}", generation, lambda: _count_all(every, names))
    return frozenset(v.code for f in found if f.name == name for v in f.values)


def _count_all(wanted: EntryFilter, names: Directory) -> tuple[Facet, ...]:
    return tuple(
        Facet(name, label, _values(name, _counts(wanted.without(name), names, column), names))
        for name, (column, label) in DIMENSIONS.items()
    )


def _counts(wanted: EntryFilter, names: Directory, column: str) -> dict[object, int]:
    rows = entries(wanted, names).order_by().values_list(column).annotate(n=Count("id"))
    return {value: n for value, n in rows if value not in (None, "")}


def _values(name: str, counts: dict[object, int], names: Directory) -> tuple[FacetValue, ...]:
    if name == "catalog_class":
        return _class_values(counts, names)
    if name == "body":
        found = [(b.code, b.label, counts.get(b.id, 0)) for b in names.bodies.values()]
    elif name == "section":
        found = _merged((s.code, s.name, counts.get(s.id, 0)) for s in names.sections.values())
    elif name == "year":
        found = [(str(y), str(y), n) for y, n in sorted(counts.items(), reverse=True)]
    elif name == "validity":
        found = [(v.value, validity_name(v.value), counts.get(v.value, 0)) for v in Validity]
    elif name == "column":
        found = [(c.value, str(c.label), counts.get(c.value, 0)) for c in Column]
    else:
        label = genre_name if name == "genre" else legal_item_name
        found = [(str(v), label(str(v)), n) for v, n in sorted(counts.items(), key=_by_count)]
    return tuple(FacetValue(*value) for value in found if value[2])


def _by_count(pair: tuple[object, int]) -> tuple[int, str]:
    return -pair[1], str(pair[0])


def _merged(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Sections of several bodies that share a code are one choice."""
    found: dict[str, tuple[str, str, int]] = {}
    for code, name, n in rows:
        before = found.get(code)
        found[code] = (code, before[1] if before else name, n + (before[2] if before else 0))
    return list(found.values())


def _class_values(counts: dict[object, int], names: Directory) -> tuple[FacetValue, ...]:
    """Top classes in their order, each followed by its sub-classes."""
    own: dict[str, int] = {}
    for line in names.classes.values():
        n = counts.get(line.id, 0)
        own[line.code] = own.get(line.code, 0) + n
        parent = names.classes.get(line.parent_id or 0)
        if parent is not None:
            own[parent.code] = own.get(parent.code, 0) + n
    found: dict[str, FacetValue] = {}
    for line in names.classes.values():
        if line.parent_id is not None:
            continue
        found.setdefault(line.code, FacetValue(line.code, line.name, own[line.code]))
        for sub in names.classes.values():
            if sub.parent_id == line.id:
                found.setdefault(sub.code, FacetValue(sub.code, sub.name, own[sub.code], 1))
    return tuple(value for value in found.values() if value.count)
