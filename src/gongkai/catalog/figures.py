"""The numbers of a year as the public may read them: months, classes, genres of what is out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min
from django.db.models.functions import ExtractMonth

from gongkai.catalog.directory import BodyLine, Directory
from gongkai.catalog.filters import published
from gongkai.catalog.generation import kept


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of published entries; `months` are the twelve months of `year` by `published_on`."""

    year: int
    total: int
    in_year: int
    months: tuple[int, ...]
    classes: tuple[tuple[str, int], ...]
    since: int | None


def figures(body: BodyLine | None, year: int, names: Directory, generation: int) -> Figures:
    """The numbers of `year` for one body, or for all bodies of the site together (body None)."""
    where = {"body_id": body.id} if body else {}
    key = f"figures:{body.id if body else ''}:{year}"
    return kept(key, generation, lambda: _count(where, year, names))


def _count(where: dict[str, int], year: int, names: Directory) -> Figures:
    base = published().filter(**where).order_by()
    of_year = base.filter(published_on__year=year)
    months = dict(
        of_year.annotate(month=ExtractMonth("published_on"))
        .values_list("month")
        .annotate(n=Count("id"))
    )
    summed = base.aggregate(n=Count("id"), first=Min("published_on"))
    twelve = tuple(months.get(month, 0) for month in range(1, 13))
    return Figures(
        year=year,
        total=summed["n"],
        in_year=sum(twelve),
        months=twelve,
        classes=_classes(dict(base.values_list("top_class_id").annotate(n=Count("id"))), names),
        since=summed["first"].year if summed["first"] else None,
    )


def _classes(counts: dict[int | None, int], names: Directory) -> tuple[tuple[str, int], ...]:
    """Top classes in their order; those of several bodies with one name are added up."""
    found: dict[str, int] = {}
    for line in names.classes.values():
        if line.parent_id is None:
            found[line.name] = found.get(line.name, 0) + counts.get(line.id, 0)
    other = sum(n for key, n in counts.items() if key not in names.classes)
    if other:
        found["未分类"] = other
    return tuple(found.items())
