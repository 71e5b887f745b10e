"""Two real lists of a province, gone through by hand: every defect found, no row lost.

What a careful clerk marks in them, by the number of the row. Nothing of their text is copied here.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from gongkai.inventory import actions, queries
from gongkai.inventory.models import InventoryRun
from gongkai.orgs.models import Body, Person
from gongkai.project.cli import main
from gongkai.records.models import Record
from tests.inventory.conftest import opened

pytestmark = pytest.mark.django_db
Rows = list[dict[str, str]]
Marked = Mapping[str, set[int]]


def but(last: int, *left_out: int) -> set[int]:
    return set(range(1, last + 1)) - set(left_out)


# The list of a department's normative documents: 57 rows, the 22nd repeats the 21st.
SCIENCE: Marked = {
    "repeated_title": {37, 41, 43, 55},
    "no_text": {34, 37, 43},
    "spread_title": {5},
    "unfilled_document_number": but(57, 3, 22, 31, 34, 37, 43, 45, 49),
    # Signed ten days after the day on which it is said to have been published.
    "dates_disagree": {54},
    # Terms over (5, 25, 46, 53); repealed by rows 3, 6, 7, 9, 10 and 11 of the list itself.
    "validity_in_doubt": {5, 16, 19, 20, 24, 25, 39, 41, 46, 52, 53},
    "missing_validity": but(57, 5, 22, 25, 46, 53),
    "cut_title": set(),
    # Together with the other list: dates of this one are written otherwise than most.
    "mixed_dates": but(57, 22),
}
# The list of another: 58 rows, most without a text of their own.
EDUCATION: Marked = {
    "repeated_title": set(),
    "no_text": {
        *(2, 3, 6, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 33, 35, 36),
        *(38, 43, 45, 48, 49, 50, 51, 55, 56, 57),
        *(1, 28, 32, 34),  # names of attachments
        *(18, 30, 31, 44, 53),  # the name of an interpretation
    },
    "spread_title": {1, 2, 4, 5, 8, 10, 30, 31, 32, 38, 47, 49, 50},
    "unfilled_document_number": set(),
    "dates_disagree": set(),
    "validity_in_doubt": set(),
    "missing_validity": set(),
    "cut_title": {1, 2, 17, 47, 49, 50},
    "mixed_dates": set(),
}
# Kinds that speak of what a paper says, not of a defect of the list.
OTHER = {"email", "mobile", "foreign_host", "unfilled_date"}


@pytest.fixture
def lists(shared_dir: Path) -> list[Path]:
    return sorted((shared_dir / "data" / "fixtures" / "inventory").glob("*.csv"))


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def glued(rows: Rows) -> set[int]:
    """A simple count that shares nothing with the program."""
    return {n for n, row in enumerate(rows, 1) if row["附件链接"].count("http") > 1}


def carried_out(run: InventoryRun) -> None:
    while actions.work(run=run, now=run.opened_at):
        pass
    after = 0
    while after := actions.compare(run=run, now=run.opened_at, after=after):
        pass


def told(run: InventoryRun) -> dict[int, dict[str, set[int]]]:
    """File -> kind -> rows."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for item in run.items.filter(record__isnull=False).select_related("file", "record"):
        assert item.record is not None
        for finding in item.record.findings.all():
            found[item.file.ordinal][finding.kind].add(item.row)
    return found


def test_every_defect_is_found_by_its_row_and_every_row_has_its_end(
    bureau: Body, clerk: Person, lists: list[Path]
) -> None:
    files = [(path.name, path.read_bytes()) for path in lists]
    run = opened(bureau, clerk, *files, mapping="hebei_lists")
    carried_out(run)
    run.refresh_from_db()
    done = queries.progress(run)
    assert done.outcomes == {"record": 114, "duplicate": 1, "rejected": 0, "waiting": 0}
    assert (done.total, sum(done.outcomes.values())) == (115, 115)
    repeat = run.items.get(outcome="duplicate")
    assert repeat.duplicate_of is not None
    assert (repeat.row, repeat.duplicate_of.row) == (22, 21)
    found = told(run)
    for ordinal, marked in enumerate((SCIENCE, EDUCATION)):
        wanted = {**marked, "glued_addresses": glued(rows_of(lists[ordinal]))}
        assert {kind: found[ordinal][kind] for kind in wanted} == wanted
        assert set(found[ordinal]) - OTHER - set(wanted) == set(), "an alarm nobody marked"


def test_a_trial_run_on_the_command_line_tells_the_same(
    lists: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(path) for path in lists]
    # Rows of one list are repeated in it: something was not taken in, but nothing is rejected.
    assert main(["intake", *names, "--mapping", "hebei_lists", "--dry-run", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [len(answer[part]) for part in ("records", "duplicates", "rejected")] == [114, 1, 0]
    assert answer["duplicates"][0]["source"].endswith("第22行")
    assert answer["duplicates"][0]["of"].endswith("第21行")
    rows = [(0, row) for row in range(1, 58) if row != 22] + [(1, row) for row in range(1, 59)]
    found: dict[int, dict[str, set[int]]] = {0: defaultdict(set), 1: defaultdict(set)}
    for (ordinal, row), record in zip(rows, answer["records"], strict=True):
        for finding in record["findings"]:
            found[ordinal][finding["kind"]].add(row)
    for ordinal, marked in enumerate((SCIENCE, EDUCATION)):
        wanted = {**marked, "glued_addresses": glued(rows_of(lists[ordinal]))}
        assert {kind: found[ordinal][kind] for kind in wanted} == wanted
        assert set(found[ordinal]) - OTHER - set(wanted) == set()


def test_both_ways_of_writing_a_date_are_read(
    bureau: Body, clerk: Person, lists: list[Path]
) -> None:
    path = lists[1]
    run = opened(bureau, clerk, (path.name, path.read_bytes()), mapping="hebei_lists")
    carried_out(run)
    kept = Record.objects.values_list("first_published_on", flat=True)
    dates = sorted(re.sub(r"\D", "", row["时间"]) for row in rows_of(path))
    assert sorted(f"{day:%Y%m%d}" for day in kept if day) == dates
