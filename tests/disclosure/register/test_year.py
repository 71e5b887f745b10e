"""A year of invented requests in, counted from the database, out and in again: leaf by leaf."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.request_year import CELLS_FOUR, CELLS_THREE, Year, made
from bench.request_year.counted import counted, differences
from bench.request_year.files import as_csv, as_xlsx
from bench.request_year.plan import LEAF_OF
from bench.request_year.spoiled import GOOD, SPOILED
from gongkai.disclosure.models import DisclosureRequest, Letter
from gongkai.disclosure.register import Report, take_register
from gongkai.disclosure.register_file import as_xlsx as exported
from gongkai.disclosure.register_file import read_sheet
from gongkai.disclosure.register_rows import ALL_KEYS, register_of, row_of
from gongkai.journal.models import Entry
from gongkai.law.annual_report import form_for
from gongkai.law.receipt import Channel
from gongkai.orgs.models import Body
from tests import factories
from tests.disclosure.conftest import at

NOW = at(2026, 11, 23)
ROWS = 260


@pytest.fixture
def year() -> Year:
    return made(11, rows=ROWS)


def take(body: Body, name: str, content: bytes) -> Report:
    return take_register(body=body, sheet=read_sheet(name, content), by=None, now=NOW)


def test_the_year_has_everything(year: Year) -> None:
    """What the comparison below rests on: no leaf, kind, channel or cell is left out."""
    whole = made(7)
    assert len(whole.rows) == 3600
    assert all(whole.truth.cells.values()), "an empty cell could not be told from a lost one"
    assert {row["outcome"] for row in whole.rows} == {"", *LEAF_OF}
    assert {row["channel"] for row in whole.rows} == {channel.value for channel in Channel}
    assert made(11, rows=ROWS) == year
    tables = [table for table in form_for(2025).tables if table.key != "proactive"]
    cells = {cell.key for table in tables for cell in table.cells}
    assert cells == {*CELLS_THREE, *CELLS_FOUR} and len(cells) == 175 + 15


def test_the_truth_foots(year: Year) -> None:
    """Rows one and two are three and four in every column (勾稽关系)."""
    for truth in (year.truth, made(7).truth):
        for column in ("natural", "business", "research", "welfare", "total"):
            new, brought, done, over = (
                truth.cells[f"requests.{row}.{column}"]
                for row in ("new", "carried_in", "handled", "carried_over")
            )
            assert new + brought == done + over


@pytest.mark.django_db
def test_in_out_and_in_again(year: Year) -> None:
    one, other = factories.office().body, factories.office().body
    report = take(one, "台账.xlsx", as_xlsx(year.rows))
    assert (report.imported, report.refused) == (len(year.rows), [])
    assert differences(year.truth, counted(one.pk, year.year)) == []
    # One line of the journal for one deed, and no letter: the replies went out long ago.
    told = Counter(Entry.objects.filter(body_id=one.pk).values_list("event", flat=True))
    assert told["request.registered"] == len(year.rows)
    assert not Letter.objects.exists()

    again = take(one, "台账.csv", as_csv(year.rows))
    assert (again.imported, again.repeated, again.refused) == (0, len(year.rows), [])
    assert differences(year.truth, counted(one.pk, year.year)) == []

    rows = [row_of(request) for request in register_of(one)]
    assert take(other, "导出.xlsx", exported(ALL_KEYS, rows)).refused == []
    assert differences(year.truth, counted(other.pk, year.year)) == []
    assert [row_of(request) for request in register_of(other)] == rows
    put_in = [{key: row.get(key, "") for key in ALL_KEYS} for row in year.rows]
    for row, wanted in zip(rows, put_in, strict=True):
        wanted["arrived_on"] = wanted["arrived_on"] or wanted["received_on"]
        assert row == wanted


@pytest.mark.django_db
def test_spoiled_rows_are_told_one_by_one() -> None:
    body = factories.office().body
    rows = [GOOD | {"number": f"坏{n}"} | each.cells for n, each in enumerate(SPOILED, 1)]
    good = [GOOD | {"number": "好1"}, GOOD | {"number": "好2"}]
    report = take(body, "台账.csv", as_csv([good[0], *rows, good[1]]))
    assert [row for row, _ in report.requests] == [2, len(rows) + 3]
    assert [each.row for each in report.refused] == list(range(3, len(rows) + 3))
    for each, spoiled in zip(report.refused, SPOILED, strict=True):
        assert spoiled.words in each.sentence, (spoiled, each)
        assert each.column == spoiled.column, (spoiled, each)
        assert each.sentence.startswith(f"第{each.row}行：")
    # Nothing of a refused row stays behind.
    assert set(DisclosureRequest.objects.values_list("number", flat=True)) == {"好1", "好2"}
    assert Entry.objects.filter(event="request.registered").count() == 2
