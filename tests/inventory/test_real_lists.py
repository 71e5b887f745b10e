"""Two real lists of a province's departments: every defect found, no row lost."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from gongkai.inventory import actions, queries
from gongkai.orgs.models import Body, Person
from gongkai.records.models import Record
from gongkai.review.models import Finding
from tests.inventory.conftest import opened

pytestmark = pytest.mark.django_db
Rows = list[dict[str, str]]


@pytest.fixture
def lists(shared_dir: Path) -> list[Path]:
    return sorted((shared_dir / "data" / "fixtures" / "inventory").glob("*.csv"))


def counted(rows: Rows) -> dict[str, int]:
    """A simple count of the defects, sharing nothing with the program."""
    bodies = [re.sub(r"\s", "", row["内容"]) for row in rows]
    links = [row["附件链接"].count("http") for row in rows]
    return {
        "cut_title": sum(row["标题"].rstrip().endswith("...") for row in rows),
        "no_text": sum(
            not body or (len(body) < 40 and (body.endswith(".doc") or body.startswith("附件：")))
            for body in bodies
        ),
        "glued_addresses": sum(count > 1 for count in links),
        "spread_title": sum("  " in row["标题"] or "北 省 " in row["标题"] for row in rows),
    }


def test_every_defect_is_found_and_every_row_has_its_end(
    bureau: Body, clerk: Person, lists: list[Path]
) -> None:
    assert len(lists) == 2
    for path in lists:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        run = opened(bureau, clerk, (path.name, path.read_bytes()), mapping="hebei_lists")
        while actions.work(run=run, now=run.opened_at):
            pass
        after = 0
        while after := actions.compare(run=run, now=run.opened_at, after=after):
            pass
        done = queries.progress(run)
        assert (done.total, sum(done.outcomes.values())) == (len(rows), len(rows))
        single = list({tuple(row.values()): row for row in rows}.values())
        assert done.outcomes["duplicate"] == len(rows) - len(single)
        assert done.outcomes["record"] == len(single)
        rows = single
        records = Record.objects.filter(inventory_items__run=run)
        dates = sorted(re.sub(r"\D", "", row["时间"]) for row in rows)
        kept = records.values_list("first_published_on", flat=True)
        assert sorted(f"{day:%Y%m%d}" for day in kept if day) == dates  # two ways of writing
        found = Finding.objects.filter(record__in=records)
        told: Counter[str] = Counter()
        for kind, _ in set(found.values_list("kind", "record_id")):
            told[kind] += 1
        assert {kind: told[kind] for kind in counted(rows)} == counted(rows)
        repeats = sum(count - 1 for count in Counter(row["标题"] for row in rows).values())
        alike = ("possible_duplicate", "near_duplicate", "possible_version", "repeated_title")
        names = found.filter(kind__in=alike).values_list("record__title", "record_id").distinct()
        twice = {title for title, count in Counter(r["标题"] for r in rows).items() if count > 1}
        assert sum(title in twice for title, _ in names) >= repeats
