"""Live work of the present: every record of `data/present.toml` led to the state it names.

The acts of all records are sorted by their moment and done in that order, so that numbers follow
time as they would have in the office. Moments are counted back from the day of loading; the
journal, as always, tells the true ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.catalog import actions as catalog
from gongkai.kit.dates import civil_day
from gongkai.law.workdays import Calendar
from gongkai.orgs.calendar import calendar
from gongkai.project.demo import files, steps
from gongkai.project.demo.content import fill, table
from gongkai.project.demo.days import moment, workday
from gongkai.project.demo.steps import Staff, Verdict
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.values import Link, ValidityChange
from gongkai.review import actions as review
from gongkai.review.models import ReviewSheet

# How many steps a state stands behind the draft.
STEPS = {"draft": 0, "returned": 1, "proposed": 1, "verified": 2, "decided": 3, "published": 4}
HOURS = (10, 14, 15, 16)
# Fields taken over as they stand.
PLAIN = ("genre", "legal_item", "validity", "keywords")


@dataclass
class Case:
    """One record on its way."""

    row: Mapping[str, Any]
    staff: Staff
    today: date
    calendar: Calendar
    all: Mapping[str, Case]
    minute: int
    record: Record | None = field(default=None)
    sheet: ReviewSheet | None = field(default=None)

    def day(self, count: int) -> date:
        """Working days back from the day of loading."""
        return workday(self.calendar, self.today, count)

    @property
    def created_on(self) -> date:
        return self.day(self.row["created"])

    @property
    def verdict(self) -> Verdict:
        row = self.row
        rereview = self.day(-row["rereview_in"]) if "rereview_in" in row else None
        given = {name: row[name] for name in ("attribute", "ground", "reason") if name in row}
        return Verdict(**given, rereview_on=rereview)

    @property
    def held(self) -> Record:
        """The record as it stands in the database now."""
        if self.record is None:
            raise ValueError(f"{self.row['key']}: not drafted yet")
        return Record.objects.select_related("section", "body").get(pk=self.record.pk)

    @property
    def open_sheet(self) -> ReviewSheet:
        if self.sheet is None:
            raise ValueError(f"{self.row['key']}: not proposed yet")
        return self.sheet


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a case at a moment."""

    at: datetime
    case: Case
    do: Callable[[Case, datetime], None]


def load(staff: Staff, *, now: datetime) -> int:
    """Do everything up to `now`; the number of records."""
    today = civil_day(now)
    cases: dict[str, Case] = {}
    for n, row in enumerate(table("present")["records"]):
        cases[row["key"]] = Case(row, staff, today, calendar(), cases, n % 50)
    deeds = [deed for case in cases.values() for deed in _deeds(case)]
    for deed in sorted(deeds, key=lambda deed: deed.at):
        # A load early in the morning: what the plan puts later today is done just now.
        deed.do(deed.case, min(deed.at, now))
    return len(cases)


def _deeds(case: Case) -> Iterator[Deed]:
    row = case.row
    yield _deed(case, case.created_on, 9, _draft)
    reached = STEPS[row.get("state", "decided" if "schedule" in row else "published")]
    pace = [*row.get("pace", ()), 1, 1, 1, 1]
    back = row["created"]
    for n, do in enumerate((_propose, _verify, _decide, _publish)[:reached]):
        back -= pace[n]
        yield _deed(case, case.day(back), HOURS[n], do)
    if "returned" in row:
        yield _deed(case, case.day(back - 1), 11, _return)
    if "schedule" in row:
        yield _deed(case, case.day(back), 17, _schedule)
    for name, do in (("change", _change), ("withdraw", _withdraw), ("revising", _reopen)):
        if name in row:
            yield _deed(case, case.day(row[name]["days_ago"]), 10, do)
    if "revise" in row:
        day = case.day(row["revise"]["days_ago"])
        yield _deed(case, day, 9, _reopen)
        for hour, do in zip(HOURS, (_propose, _verify, _decide, _publish), strict=True):
            yield _deed(case, day, hour, do)


def _deed(case: Case, day: date, hour: int, do: Callable[[Case, datetime], None]) -> Deed:
    return Deed(moment(day, hour, case.minute), case, do)


def _slots(case: Case) -> dict[str, object]:
    day = case.created_on
    before = day.replace(day=1) - timedelta(days=1)
    return {
        "y": day.year, "m": day.month, "d": day.day, "y1": day.year - 1,
        "my": before.year, "mm": before.month,
    }  # fmt: skip


def _draft(case: Case, at: datetime) -> None:
    row, slots, day = case.row, _slots(case), case.created_on
    fields: dict[str, object] = {
        "title": fill(row["title"], slots),
        "abstract": fill(row["abstract"], slots),
        "text": fill(row["text"], slots),
        "section": case.staff.sections[row["section"]],
        "catalog_class": case.staff.classes[row["sub"]],
        "created_on": day,
        **{name: row[name] for name in PLAIN if name in row},
    }
    if "number" in row:
        fields["document_number"] = f"云商发〔{day.year}〕{row['number']}号"
    if row.get("effective"):
        fields["effective_from"] = day
    if "valid_years" in row:
        last = day - timedelta(days=1)
        # 29 February has no sister in most years.
        last = last.replace(day=28) if (last.month, last.day) == (2, 29) else last
        fields["expires_on"] = last.replace(year=last.year + row["valid_years"])
    by = case.staff.officers[row["section"]]
    case.record = records.draft(body=case.staff.body, fields=fields, by=by, now=at)
    for kind, name, content in row.get("attachments", ()):
        file = files.made(kind, name, content)
        records.attach(record=case.record, file=file, by=by, now=at)
    for kind, target in row.get("relations", ()):
        link = Link(kind, case.all[target].held)
        records.relate(record=case.record, link=link, by=by, now=at)
    review.rescan(record=case.record, now=at)


def _propose(case: Case, at: datetime) -> None:
    case.sheet = steps.propose(case.staff, case.held, case.verdict, at)


def _verify(case: Case, at: datetime) -> None:
    steps.verify(case.staff, case.open_sheet, case.verdict, at)


def _decide(case: Case, at: datetime) -> None:
    steps.decide(case.staff, case.open_sheet, case.verdict, at)


def _publish(case: Case, at: datetime) -> None:
    steps.publish(case.staff, case.held, at)


def _return(case: Case, at: datetime) -> None:
    reason = case.row["returned"]
    review.return_sheet(sheet=case.open_sheet, reason=reason, by=case.staff.verifier, now=at)


def _schedule(case: Case, at: datetime) -> None:
    day = case.day(-case.row["schedule"]["days_ahead"])
    catalog.schedule(record=case.held, not_before=moment(day, 9), by=case.staff.office, now=at)


def _change(case: Case, at: datetime) -> None:
    row = case.row["change"]
    change = ValidityChange(row["validity"], row["cause"], civil_day(at))
    by = case.staff.officers[case.row["section"]]
    records.change_validity(record=case.held, change=change, by=by, now=at)


def _withdraw(case: Case, at: datetime) -> None:
    row = case.row["withdraw"]
    catalog.withdraw(
        record=case.held, code=row["code"], note=row["note"], by=case.staff.office, now=at
    )


def _reopen(case: Case, at: datetime) -> None:
    """Open the published record for a new version and change the text."""
    row = case.row.get("revise") or case.row["revising"]
    catalog.revise(record=case.held, reason=row["reason"], by=case.staff.office, now=at)
    held = case.held
    text = held.body_text.text
    if text.count(row["old"]) != 1:
        raise ValueError(f"{case.row['key']}: the words to change stand not once in the text")
    fields: dict[str, object] = {
        "text": text.replace(row["old"], row["new"]),
        "changed_on": civil_day(at),
    }
    by = case.staff.officers[case.row["section"]]
    records.edit(record=held, fields=fields, by=by, now=at)
