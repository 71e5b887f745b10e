"""The kept counts are those of the rows, whatever is done with the records meanwhile."""

from __future__ import annotations

import itertools
import json
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.inventory import counted, queries, tally
from gongkai.inventory.counted import Which
from gongkai.inventory.models import InventoryItem, InventoryRun, RunCount
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.models import ReviewSheet
from tests import factories
from tests.inventory.conftest import carried_out

NOW = factories.NOW
BOUNDS = (date(2008, 1, 1), date(2008, 5, 1), date(2008, 6, 2))
DAYS = [("2007-12-31", "主动公开"), ("2008-01-01", ""), ("", "依申请公开"), ("2008-06-02", "")]
_next = itertools.count(1)


def made_run(office: factories.Office) -> InventoryRun:
    """Four rows that become drafts, one without a title; never the same twice."""
    rows = [
        {"信息名称": f"关于第{next(_next)}件事的通知", "生成日期": day, "公开属性": attribute}
        for day, attribute in DAYS
    ]
    rows.append({"信息名称": "", "生成日期": "2008-01-01", "文号": str(next(_next))})
    return carried_out(office.body, office.officer, ("行.json", json.dumps(rows)))


def scanned(run: InventoryRun) -> tally.Tally:
    """The counts from the rows themselves, joined with their records: what the kept ones say."""
    sheets = ReviewSheet.objects.filter(state__in=["proposed", "verified"])
    proposed = dict(sheets.values_list("record_id", "proposed_attribute"))
    cells = []
    for item in run.items.select_related("record__catalog_class"):
        record = item.record
        if record is None:
            cells.append(tally.Cell(item.outcome))
            continue
        kept = record.attribute or proposed.get(record.pk, "") or item.attribute
        cells.append(
            tally.Cell(
                item.outcome,
                kept or tally.NO_ATTRIBUTE,
                record.catalog_class.code if record.catalog_class else "",
                record.created_on or item.created_on,
                section=str(record.section_id or ""),
            )
        )
    return tally.count(cells, BOUNDS)


def assert_right(run: InventoryRun) -> None:
    made, true = queries.figures(run.body, bounds=BOUNDS, runs=[run]), scanned(run)
    assert made.broken() == []
    assert made.outcomes == true.outcomes
    assert +made.cells == +true.cells


STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["class", "section", "day", "propose", "return",
    "decide", "discard"]), st.integers(0, 2)), max_size=12,
)  # fmt: skip


@pytest.fixture
def office(db: None) -> factories.Office:
    return factories.office()


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_whatever_is_done_with_the_records(
    office: factories.Office, steps: list[tuple[int, str, int]]
) -> None:
    run = made_run(office)
    made = [item.record_id for item in run.items.order_by("id") if item.record_id]
    assert_right(run)
    for at, step, which in steps:
        record = Record.objects.filter(pk=made[at]).first() if at < len(made) else None
        if record is not None:
            act(step, record, which, office)
            assert_right(run)


def act(step: str, record: Record, which: int, office: factories.Office) -> None:
    """The step where it is possible; the fixed choices are by number."""
    sheet = record.sheets.filter(state__in=["proposed", "verified"]).first()
    if sheet is not None and step == "return":
        review.return_sheet(sheet=sheet, reason="再看一遍", by=office.verifier, now=NOW)
    elif sheet is not None and step == "decide":
        factories.decide(factories.verify(sheet, office), office)
    elif record.state == "draft":
        day = [None, date(2007, 3, 1), date(2008, 5, 1)][which]
        fields: dict[str, dict[str, object]] = {
            "class": {"catalog_class": [None, office.top_class, office.sub_class][which]},
            "section": {"section": [office.section, office.other_section, None][which]},
            "day": {"created_on": day},
        }
        if step in fields:
            records.edit(record=record, fields=fields[step], by=office.officer, now=NOW)
        elif step == "propose":
            whole = {"abstract": "有关事项。", "genre": "notice", "legal_item": "2019-20-01"}
            more = {"catalog_class": office.sub_class, "section": office.section}
            fit = {"validity": "in_force", "created_on": day or date(2008, 4, 30), "text": "正文。"}
            records.edit(record=record, fields=whole | more | fit, by=office.officer, now=NOW)
            attribute = ["proactive", "on_request"][which % 2]
            reason = "涉及个人的材料" if which % 2 else ""
            factories.propose(record, office, attribute=attribute, reason=reason)
        elif step == "discard" and not record.version_number:
            records.discard(record=record, reason="重复录入", by=office.officer, now=NOW)


def test_each_count_finds_its_rows(office: factories.Office) -> None:
    run = made_run(office)
    items = list(run.items.filter(outcome="record").order_by("id"))
    for item, chosen in zip(items, (office.top_class, office.sub_class), strict=False):
        assert item.record is not None
        fields: dict[str, object] = {"catalog_class": chosen, "section": office.section}
        records.edit(record=item.record, fields=fields, by=office.officer, now=NOW)
    made = queries.figures(office.body, bounds=BOUNDS)
    for (facet, key, attribute), n in made.cells.items():
        if facet == "class" and key == office.top_class.code:
            continue  # a class is asked for with what stands under it
        side = {"class": "class_code"}.get(facet, facet)
        found = counted.rows(office.body, Which(attribute=attribute, **{side: key}), run)
        assert found.count() == n, (facet, key, attribute)
    assert counted.rows(office.body, Which(class_code=office.top_class.code)).count() == 2
    assert counted.rows(factories.office().body, Which()).count() == 0


def test_no_count_is_read_from_the_rows(
    office: factories.Office, django_assert_max_num_queries: Any
) -> None:
    made_run(office)
    with django_assert_max_num_queries(5) as asked:
        queries.figures(office.body, bounds=BOUNDS[:2])
    assert not [one for one in asked.captured_queries if "inventory_inventoryitem" in one["sql"]]


def test_runs_of_before_get_their_counts(office: factories.Office) -> None:
    run = made_run(office)
    first, second = Record.objects.filter(body=office.body).order_by("id")[:2]
    act("propose", first, 1, office)
    act("section", second, 0, office)
    RunCount.objects.all().delete()
    InventoryItem.objects.update(
        counted_attribute="", counted_class=None, counted_section=None, counted_on=None
    )
    assert queries.figures(office.body, bounds=BOUNDS).broken()
    name = "gongkai.inventory.migrations.0005_run_counts_filled"
    import_module(name).fill(apps, None)
    assert_right(run)
