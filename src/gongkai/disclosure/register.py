"""A register file in and out: every row through its own action, a report of what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gongkai.disclosure.actions.registering import digest_of, read_row, register_row
from gongkai.disclosure.register_file import RawRow, Sheet
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body, Person


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row not entered: its number in the spreadsheet, the column ("" for the row), why."""

    row: int
    column: str
    sentence: str


@dataclass
class Report:
    """What became of a register; `requests` holds (row, number) of all entered and known rows."""

    imported: int = 0
    repeated: int = 0
    refused: list[RowRefusal] = field(default_factory=list)
    requests: list[tuple[int, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "imported": self.imported,
            "repeated": self.repeated,
            "refused": [
                {"row": each.row, "column": each.column, "sentence": each.sentence}
                for each in self.refused
            ],
            "requests": [{"row": row, "number": number} for row, number in self.requests],
        }


def take_register(
    *,
    body: Body,
    sheet: Sheet,
    by: Person | None,
    now: datetime,
    dry_run: bool = False,
    told: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Enter every row that can be, each in a transaction of its own; nothing when `dry_run`."""
    if dry_run:
        with transaction.atomic():
            report = _take(body, sheet, by, now, told)
            transaction.set_rollback(True)
        return report
    return _take(body, sheet, by, now, told)


def _take(
    body: Body, sheet: Sheet, by: Person | None, now: datetime, told: Callable[[int], None]
) -> Report:
    report = Report()
    for done, (row, cells, nth) in enumerate(_in_order(sheet.rows, report), 1):
        try:
            made = register_row(body=body, row=cells, nth=nth, by=by, now=now)
        except Refusal as refusal:
            report.refused.append(_refused(row, refusal))
        else:
            report.imported += not made.repeated
            report.repeated += made.repeated
            report.requests.append((row, made.request.number))
        told(done)
    report.refused.sort(key=lambda each: each.row)
    report.requests.sort()
    return report


def _in_order(rows: Iterable[RawRow], report: Report) -> list[tuple[int, dict[str, str], int]]:
    """Readable rows with the count of their like. Rows with a number first: it is theirs."""
    seen: Counter[str] = Counter()
    read = []
    for raw in rows:
        try:
            cells = read_row(raw.cells)
        except Refusal as refusal:
            report.refused.append(_refused(raw.row, refusal))
            continue
        digest = digest_of(cells)
        # The same number twice is a mistake in the file and met as a repetition.
        seen[digest] += not cells["number"] or not seen[digest]
        read.append((raw.row, cells, seen[digest]))
    return sorted(read, key=lambda each: (not each[1]["number"], each[0]))


def _refused(row: int, refusal: Refusal) -> RowRefusal:
    sentence = refusal.sentence
    if refusal.basis and refusal.basis not in sentence:
        sentence = f"{sentence}（{refusal.basis}）"
    return RowRefusal(row, next(iter(refusal.fields), ""), f"第{row}行：{sentence}")
