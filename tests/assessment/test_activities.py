"""The register of activities: entered, amended, struck out with a reason, counted by kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.assessment import activities
from gongkai.assessment.actions.activities import (
    add_paper,
    amend_activity,
    record_activity,
    strike_activity,
)
from gongkai.assessment.activities import ActivityText
from gongkai.assessment.models import Activity
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.records import store
from tests import factories
from tests.factories import NOW, Office

DAY = date(2026, 10, 20)


@pytest.fixture
def office(db: None) -> Office:
    return factories.office()


def held(office: Office, kind: str = "training", **fields: object) -> Activity:
    given = {"subject": "保密审查培训", "held_on": DAY, **fields}
    text = ActivityText(kind=kind, **given)  # type: ignore[arg-type]
    return record_activity(body=office.body, text=text, by=office.officer, now=NOW)


def test_counts_add_up_by_kind_and_period(office: Office) -> None:
    held(office, attendance=20)
    held(office, attendance=None)
    held(office, "leaflet", copies=200)
    held(office, held_on=date(2026, 9, 30), attendance=99)
    lines = activities.counts(office.body, date(2026, 10, 1), date(2026, 10, 31))
    assert [(line.kind, line.count, line.attendance, line.copies) for line in lines] == [
        ("training", 2, 20, 0),
        ("leaflet", 1, 0, 200),
    ]


def test_what_is_struck_out_is_not_counted_and_stays(office: Office) -> None:
    activity = held(office)
    with pytest.raises(Refusal, match="为什么划去"):
        strike_activity(activity=activity, reason=" ", by=office.officer, now=NOW)
    strike_activity(activity=activity, reason="重复登记", by=office.officer, now=NOW)
    assert activities.counts(office.body, DAY, DAY) == ()
    assert activities.visible_to(office.leader, NOW.date()).get().struck_reason == "重复登记"
    with pytest.raises(Refusal, match="已经划去"):
        amend_activity(
            activity=activity,
            text=ActivityText("training", "别的", DAY),
            by=office.officer,
            now=NOW,
        )


def test_nothing_ahead_and_nothing_by_strangers(office: Office) -> None:
    with pytest.raises(Refusal, match="还没有到"):
        held(office, held_on=date(2026, 11, 3))
    other = factories.office()
    with pytest.raises(Refusal, match="活动台账由"):
        record_activity(
            body=office.body,
            text=ActivityText("training", "培训", DAY),
            by=other.officer,
            now=NOW,
        )
    assert not activities.visible_to(other.officer, NOW.date()).exists()


def test_a_change_is_written_down_by_its_fields(office: Office) -> None:
    activity = held(office, attendance=20)
    text = ActivityText("training", "保密审查培训", DAY, attendance=21)
    amend_activity(activity=activity, text=text, by=office.officer, now=NOW)
    line = Entry.objects.get(event="activity.amended")
    assert line.data == {"changed": "到会人数"}
    assert line.subject_id == activity.pk


def test_papers_are_kept_under_their_digest(office: Office, data_dir: Path) -> None:
    activity = held(office)
    paper = add_paper(
        activity=activity, name="c:\\签到表.txt", content=b"abc", by=office.officer, now=NOW
    )
    assert paper.name == "签到表.txt"
    assert store.read(paper.file) == b"abc"
    with pytest.raises(Refusal, match="已经添加过"):
        add_paper(activity=activity, name="签到表.txt", content=b"abc", by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="空文件"):
        add_paper(activity=activity, name="空.txt", content=b"", by=office.officer, now=NOW)
