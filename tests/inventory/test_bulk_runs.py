"""Runs read by the bulk engine: the same end as row by row, with few queries and kept counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from gongkai.inventory import actions, queries
from gongkai.inventory.actions import working
from gongkai.inventory.actions.items import TOGETHER, take_in_all
from gongkai.inventory.models import InventoryItem, InventoryRun, Outcome
from gongkai.journal.models import Entry
from gongkai.journal.verify import verify
from gongkai.orgs.models import Body, Person
from gongkai.ports import BulkChunk, BulkDone, BulkJob
from gongkai.records import actions as records
from gongkai.records.models import Allotment, NumberSeries, Record
from gongkai.records.values import NewDraft
from gongkai.review.models import Finding
from tests.inventory.conftest import NOW, PAPER, carried_out, opened

HEAD = "信息名称,文号,生成日期,信息有效性,正文\n"


def table(first: int, last: int, *, words: str = "办理。") -> str:
    rows = (
        f"第{n}件事项的通知,云商字〔2008〕{n}号,2008-01-20,有效,{words}\n"
        for n in range(first, last)
    )
    return HEAD + "".join(rows)


def through(run: InventoryRun) -> InventoryRun:
    assert not actions.work_through(run=run, clock=lambda: NOW)
    run.refresh_from_db()
    return run


def ends(run: InventoryRun) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in run.items.values_list("outcome", flat=True):
        found[outcome] = found.get(outcome, 0) + 1
    return found


def mixed() -> list[tuple[str, str | bytes]]:
    papers = [(f"旧文/{n}.txt", PAPER.replace("000007", f"{n:06d}")) for n in range(30)]
    rows = table(0, 25, words="电话13812345678，自51日起施行。")
    return [
        *papers,
        ("表.csv", rows),
        ("又.csv", rows),
        ("坏.docx", b"PK\x03\x04no"),
        ("怪.xyz", b"?"),
    ]


def told() -> set[tuple[str, str, str, str, int, str]]:
    names = ("record__title", "scanner", "kind", "field", "start", "evidence")
    return set(Finding.objects.values_list(*names))


def test_in_bulk_a_run_ends_as_it_does_row_by_row(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = through(opened(bureau, clerk, *mixed()))
    assert ends(run) == {"record": 55, "duplicate": 25, "rejected": 2}
    in_bulk = told()
    assert any(kind == "mobile" for _, _, kind, _, _, _ in in_bulk)
    assert run.state == "finished"
    other = Body.objects.create(code="Q9", name="青石区另一局", place_name="青石区")
    Finding.objects.all().delete()
    monkeypatch.setattr(working, "FEW", 10_000)
    again = through(opened(other, None, *mixed()))
    assert ends(again) == ends(run)
    assert told() == in_bulk
    assert verify().sound


def test_what_scanning_at_once_sees_is_what_scanning_again_sees(
    bureau: Body, clerk: Person
) -> None:
    from gongkai.review import actions as review

    through(opened(bureau, clerk, ("表.csv", table(0, 3, words="电话13812345678，自51日起施行。"))))
    before = told()
    for record in Record.objects.all():
        review.rescan(record=record, now=NOW)
    assert told() == before


def test_kept_counts_are_those_of_the_rows(bureau: Body, clerk: Person) -> None:
    run = through(opened(bureau, clerk, *mixed()))
    done = queries.progress(run)
    assert done.outcomes == {**ends(run), "waiting": 0}
    assert (done.total, done.percent, done.unread) == (82, 100, 0)
    records.discard(
        record=Record.objects.filter(index_number="")[0], reason="录错", by=clerk, now=NOW
    )
    run.refresh_from_db()
    assert queries.progress(run).outcomes == {
        "record": 54,
        "duplicate": 25,
        "rejected": 3,
        "waiting": 0,
    }


def test_a_stop_ends_the_workers_and_a_resume_loses_nothing(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "FEW_ROWS", 40)
    run = opened(bureau, clerk, ("表.csv", table(0, 400)))

    def stop(now_at: InventoryRun) -> None:
        if now_at.record_count >= 50 and now_at.state == "running":
            actions.stop(run=now_at, by=clerk, now=NOW)

    assert not actions.work_through(run=run, clock=lambda: NOW, told=stop)
    run.refresh_from_db()
    assert run.state == "stopped" and 50 <= run.record_count < 400
    actions.start(run=run, by=clerk, now=NOW)
    assert ends(through(run)) == {"record": 400}
    assert Record.objects.count() == 400


def test_what_was_read_is_not_read_again_and_a_row_ends_once(bureau: Body, clerk: Person) -> None:
    run = opened(bureau, clerk, ("表.csv", table(0, 2)))
    actions.work(run=run, now=NOW)
    first, second = run.items.order_by("id")
    ids, read = [first.pk, second.pk], {first.pk: {"refusal": "先读的。"}}
    assert take_in_all(item_ids=ids, now=NOW, readings=read) == 2
    read = {first.pk: {"refusal": "后读的。"}}
    assert take_in_all(item_ids=ids, now=NOW, readings=read) == 0
    first.refresh_from_db()
    assert (first.outcome, first.reason) == (Outcome.REJECTED, "先读的。")


def test_a_row_the_database_refuses_ends_alone(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DataError

    kept_one = records.draft_all

    def refusing(*, drafts: list[NewDraft], **more: object) -> object:
        if any(draft.fields["title"] == "第1件事项的通知" for draft in drafts):
            raise DataError
        return kept_one(drafts=drafts, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(records, "draft_all", refusing)
    run = carried_out(bureau, clerk, ("表.csv", table(0, 5)))
    assert ends(run) == {"record": 4, "rejected": 1}
    assert "DataError" in InventoryItem.objects.get(outcome="rejected").reason


def test_queries_for_a_row_are_few_and_do_not_grow(bureau: Body, clerk: Person) -> None:
    def spent(size: int, first: int) -> float:
        run = opened(bureau, clerk, ("表.csv", table(first, first + size)))
        actions.work(run=run, now=NOW)
        ids = list(run.items.values_list("id", flat=True))
        with CaptureQueriesContext(connection) as seen:
            for begin in range(0, size, TOGETHER):
                take_in_all(item_ids=ids[begin : begin + TOGETHER], now=NOW)
        return len(seen) / size

    few = spent(100, 0)
    assert few < 0.6
    assert spent(300, 100) <= few


def test_a_draft_refused_among_many_names_its_reason(bureau: Body, clerk: Person) -> None:
    drafts = [
        NewDraft({"title": "甲", "index_number": "Q1/1"}),
        NewDraft({"title": ""}),
        NewDraft({"title": "乙", "index_number": "Q1/1"}),
        NewDraft({"title": "丙", "text": "正文"}),
    ]
    first, empty, used, last = records.draft_all(body=bureau, drafts=drafts, by=clerk, now=NOW)
    assert isinstance(first, Record) and isinstance(last, Record)
    assert first.index_number == "Q1/1" and last.body_text.text == "正文"
    assert not isinstance(empty, Record) and "title" in empty.fields
    assert not isinstance(used, Record) and "已经用过" in used.sentence
    lines = Entry.objects.filter(event="record.captured")
    assert [line.subject_id for line in lines] == [first.pk, last.pk]
    assert verify().sound


def test_numbers_brought_by_many_are_kept_and_never_given_again(
    bureau: Body, clerk: Person
) -> None:
    bureau.profile = {"index_number": {"pattern": "Q1-{year}-{serial:04d}"}}
    bureau.save()
    numbers = [f"Q1-2008-{n:04d}" for n in range(3, 60)]
    given = [*numbers, "Q1-2009-0007", "Q1-2008-0005", "别处/7", "太长" * 41]
    drafts = [NewDraft({"title": f"第{n}件", "index_number": of}) for n, of in enumerate(given)]
    with CaptureQueriesContext(connection) as seen:
        ends = records.draft_all(body=bureau, drafts=drafts, by=clerk, now=NOW)
    assert len(seen) < 40
    assert [end.index_number for end in ends if isinstance(end, Record)] == [*numbers, "别处/7"]
    taken, twice, unreadable = (ends[n] for n in (-4, -3, -1))
    assert not isinstance(taken, Record) and "流水号已经分配" in taken.sentence
    assert not isinstance(twice, Record) and "已经用过" in twice.sentence
    assert not isinstance(unreadable, Record) and "太长" in unreadable.sentence
    kept = {a.serial: a.subject_id for a in Allotment.objects.all()}
    assert kept == {n: Record.objects.get(index_number=f"Q1-2008-{n:04d}").pk for n in range(3, 60)}
    assert NumberSeries.objects.get().last == 59
    again = records.draft_all(body=bureau, drafts=drafts[:1], by=clerk, now=NOW)
    assert not isinstance(again[0], Record) and Allotment.objects.count() == 57


class Unwanted:
    """A bulk engine that nobody should start."""

    name = "unwanted"

    def run(self, job: BulkJob, chunks: Iterable[BulkChunk]) -> Iterator[BulkDone]:
        raise ChildProcessError


def test_workers_are_started_for_many_rows_or_for_some_papers(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.GONGKAI_BULK_ENGINE = f"{__name__}.Unwanted"
    monkeypatch.setattr(working, "FEW", 4)
    monkeypatch.setattr(working, "FEW_ROWS", 8)
    papers = [(f"{n}.txt", PAPER.replace("000007", f"{n:06d}")) for n in range(4)]
    assert ends(through(opened(bureau, clerk, *papers[:3]))) == {"record": 3}
    assert ends(through(opened(bureau, clerk, ("表.csv", table(0, 7))))) == {"record": 7}
    other = Body.objects.create(code="Q9", name="青石区另一局", place_name="青石区")
    for files in (papers, [("表.csv", table(0, 8))]):
        with pytest.raises(ChildProcessError):
            through(opened(other, None, *files))


def test_pace_tells_what_is_left(bureau: Body, clerk: Person) -> None:
    run = opened(bureau, clerk, ("表.csv", table(0, 50)))
    assert queries.progress(run).seconds_left is None
    actions.work(run=run, now=NOW)
    actions.work(run=run, now=NOW, limit=25)
    assert actions.work(run=run, now=NOW + timedelta(seconds=10), limit=25)
    run.refresh_from_db()
    done = queries.progress(run)
    assert (done.done, done.rate, done.seconds_left) == (50, 2.5, None)
    run.record_count = 25
    assert queries.progress(run).seconds_left == 10
