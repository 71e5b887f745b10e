"""Counts of clean-ups by section, class, attribute and period, and the rows behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from gongkai.inventory import tally
from gongkai.inventory.models import Facet, InventoryItem, InventoryRun, Outcome, RunCount
from gongkai.orgs.models import Body
from gongkai.records.models import CatalogClass


def figures(
    body: Body, *, bounds: Sequence[date] = (), runs: Iterable[InventoryRun] | None = None
) -> tally.Tally:
    """Counts of all runs of the body, or of these, by attribute, class and section.

    By period of creation too where there are `bounds`. The attribute is the decided one, else the
    one proposed on the open sheet, else the one that the source named, else undetermined. From
    the kept counts: only in a month that a bound parts are rows counted.
    """
    chosen = InventoryRun.objects.filter(body=body)
    if runs is not None:
        chosen = chosen.filter(pk__in=[run.pk for run in runs])
    periods = tally.periods_of(bounds) if bounds else ()
    made = tally.Tally((*(p.key for p in periods), tally.UNDATED) if periods else ())
    made.outcomes.update(_outcomes(chosen))
    ids = list(chosen.order_by().values_list("pk", flat=True))
    kept = RunCount.objects.filter(run__in=ids).order_by()
    classes = CatalogClass.objects.filter(body=body).order_by()
    codes = {str(pk): code for pk, code in classes.values_list("id", "code")}
    summed = kept.exclude(facet=Facet.MONTH).values_list("facet", "key", "attribute")
    for facet, key, attribute, n in summed.annotate(n=Sum("count")):
        made.cells[facet, codes.get(key, key) if facet == Facet.CLASS else key, attribute] += n
    if periods:
        for day, attribute, n in _by_day(body, ids, kept, bounds):
            made.cells["period", tally.period_key(day, periods), attribute] += n
    return made


def _outcomes(runs: QuerySet[InventoryRun]) -> dict[str, int]:
    sums = runs.order_by().aggregate(
        total=Sum("row_count"),
        record=Sum("record_count"),
        duplicate=Sum("duplicate_count"),
        rejected=Sum("rejected_count"),
    )
    counts = {name: n or 0 for name, n in sums.items()}
    total = counts.pop("total")
    return {**counts, "waiting": max(total - sum(counts.values()), 0)}


def _by_day(
    body: Body, ids: list[int], kept: QuerySet[RunCount], bounds: Sequence[date]
) -> Iterator[tuple[date | None, str, int]]:
    """(a day of the month, attribute, records); the true days in months that a bound parts."""
    parted = {day.replace(day=1) for day in bounds if day.day > 1}
    months = kept.filter(facet=Facet.MONTH).exclude(key__in=[str(m)[:7] for m in parted])
    for key, attribute, n in months.values_list("key", "attribute").annotate(n=Sum("count")):
        yield date.fromisoformat(f"{key}-01") if key else None, attribute, n
    for first in sorted(parted):
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        rows = InventoryItem.objects.filter(
            body=body, outcome=Outcome.RECORD, run__in=ids,
            counted_on__gte=first, counted_on__lt=after,
        )  # fmt: skip
        days = rows.order_by().values_list("counted_on", "counted_attribute")
        yield from days.annotate(n=Count("id"))


def of_classes(body: Body, *, before: date, attributes: Sequence[str]) -> dict[str, int]:
    """Records by class code ("" for none): of these attributes, created before the day.

    The kept counts know no class within a period: the rows themselves are counted.
    """
    found = InventoryItem.objects.filter(
        body=body, outcome=Outcome.RECORD, counted_on__lt=before, counted_attribute__in=attributes
    )
    codes = found.order_by().values_list("counted_class__code")
    return {code or "": n for code, n in codes.annotate(n=Count("id"))}


@dataclass(frozen=True, slots=True)
class Which:
    """One cell of a table of counts; None leaves a side out, "" asks for those without.

    `section` is an id, `class_code` a code (what stands under it included), `period` a key of
    `tally.Tally.periods`.
    """

    section: str | None = None
    class_code: str | None = None
    attribute: str = ""
    period: str | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything was asked."""
        sides = (self.section, self.class_code, self.period)
        return bool(self.attribute) or any(side is not None for side in sides)


def rows(body: Body, which: Which, run: InventoryRun | None = None) -> QuerySet[InventoryItem]:
    """The rows of the body, or of one run, in the order in which they came."""
    found = InventoryItem.objects.filter(body=body, outcome=Outcome.RECORD)
    if run is not None:
        found = found.filter(run=run)
    if which.attribute:
        found = found.filter(counted_attribute=which.attribute)
    if which.section is not None:
        found = found.filter(counted_section=int(which.section) if which.section else None)
    if which.class_code is not None:
        found = found.filter(_of_class(body, which.class_code))
    if which.period is not None:
        found = found.filter(of_period(which.period))
    related = ("run", "file", "record", "counted_section", "counted_class")
    shown = (
        "row", "finding_count", "counted_attribute", "counted_on", "run__uuid", "run__label",
        "file__name", "record__uuid", "record__title", "record__state", "record__attribute",
        "counted_section__name", "counted_class__name",
    )  # fmt: skip
    return found.select_related(*related).only(*shown).order_by("id")


def _of_class(body: Body, code: str) -> Q:
    if not code:
        return Q(counted_class=None)
    under = Q(code=code) | Q(parent__code=code)
    chosen = CatalogClass.objects.filter(under, body=body).values_list("pk", flat=True)
    return Q(counted_class__in=list(chosen))


def of_period(key: str) -> Q:
    """Rows of a period. Raises `ValueError` for what is no key of one."""
    if key == tally.UNDATED:
        return Q(counted_on=None)
    start, _, until = key.partition("/")
    asked = Q(counted_on__isnull=False)
    if start:
        asked &= Q(counted_on__gte=date.fromisoformat(start))
    if until:
        asked &= Q(counted_on__lt=date.fromisoformat(until))
    return asked
