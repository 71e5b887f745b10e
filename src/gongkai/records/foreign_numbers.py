"""Index numbers that many records bring from elsewhere, kept with a few queries for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body
from gongkai.records.models import Allotment, NumberSeries, Record
from gongkai.records.numbering import (
    INDEX,
    grammar_of,
    is_readable,
    locked_series,
    serial_used,
    unreadable,
    used,
)


@dataclass(slots=True)
class Brought:
    """What became of the numbers: refusals by the caller's place, and serials to write down."""

    refusals: dict[int, Refusal] = field(default_factory=dict)
    serials: list[tuple[NumberSeries, int, Record]] = field(default_factory=list)


def bring(body: Body, wanted: Mapping[int, tuple[Record, str]]) -> Brought:
    """Put each number into its record, which is not saved yet, as `take_foreign` does for one.

    The first of two alike keeps it. The series stay locked until the transaction ends; when the
    records are there, `write_down` keeps the serials.
    """
    brought = Brought()
    numbers = {number for _, number in wanted.values()}
    rows = Record.objects.filter(body=body, index_number__in=numbers).order_by()
    gone = set(rows.values_list("index_number", flat=True)) if numbers else set()
    for place, (record, number) in wanted.items():
        if number in gone:
            brought.refusals[place] = used(number)
        elif not is_readable(number):
            brought.refusals[place] = unreadable()
        else:
            gone.add(number)
            record.index_number = number
    _reserve(body, {p: record for p, (record, _) in wanted.items()}, brought)
    return brought


def _reserve(body: Body, records: Mapping[int, Record], brought: Brought) -> None:
    """Let the series go on behind the numbers of the body's own grammar."""
    profile = body.profile if isinstance(body.profile, dict) else {}
    if not profile.get("index_number"):
        return
    grammar = grammar_of(body)
    by_year: dict[int, list[tuple[int, int]]] = {}
    for place, record in records.items():
        read = grammar.read(record.index_number) if place not in brought.refusals else None
        if read is not None:
            year = read[0] if grammar.restarts_yearly else 0
            by_year.setdefault(year, []).append((place, read[1]))
    for year, found in sorted(by_year.items()):
        series = locked_series(body, INDEX, year)
        rows = Allotment.objects.filter(series=series, serial__in=[serial for _, serial in found])
        taken = set(rows.order_by().values_list("serial", flat=True))
        last = series.last
        for place, serial in found:
            if serial in taken:
                brought.refusals[place] = serial_used(records[place].index_number)
                continue
            taken.add(serial)
            last = max(last, serial)
            brought.serials.append((series, serial, records[place]))
        if last > series.last:
            series.last = last
            series.save(update_fields=["last"])


def write_down(brought: Brought, *, now: datetime) -> None:
    """Keep the serials of the records, which have been saved now."""
    Allotment.objects.bulk_create(
        Allotment(
            series=series,
            serial=serial,
            number=record.index_number,
            subject_kind="record",
            subject_id=record.pk,
            allotted_at=now,
        )
        for series, serial, record in brought.serials
    )
