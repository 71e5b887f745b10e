"""Runs: every row ends once, repeats are told, stops and kills lose nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.inventory import actions, queries, sources, tally
from gongkai.inventory.actions.tallying import follow
from gongkai.inventory.models import InventoryItem, InventoryRun, Outcome
from gongkai.inventory.values import NewInput, RunOrder
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person, Role
from gongkai.orgs.values import RoleAward
from gongkai.records import actions as records
from gongkai.records.models import Record
from tests.inventory.conftest import NOW, PAPER, carried_out, opened

TABLE = "信息名称,文号,生成日期,信息有效性,公开属性\n"


def rows_of(run: InventoryRun) -> list[tuple[str, str]]:
    return [(item.outcome, item.title) for item in run.items.order_by("id")]


def test_a_paper_becomes_a_draft_with_its_findings(bureau: Body, clerk: Person) -> None:
    run = carried_out(bureau, clerk, ("旧文/通知.txt", PAPER))
    record = Record.objects.get()
    assert record.state == "draft"
    assert record.attribute == ""
    assert record.index_number == "11Y025/ZK-2008-000007"
    assert record.carried_from == "试清理"
    assert record.captured_by == clerk
    finding = record.findings.get(kind="damaged_date")
    assert (finding.evidence, finding.proposal) == ("2008128日", None)
    assert set(finding.candidates) == {"2008年1月28日", "2008年12月8日"}
    assert run.state == "finished"
    line = Entry.objects.get(event="inventory.finished")
    assert (line.data["total"], line.data["record"]) == (1, 1)


def test_a_table_with_our_own_labels_needs_no_mapping(bureau: Body, clerk: Person) -> None:
    content = TABLE + "甲,青商字〔2008〕1号,2008-01-02,有效,主动公开\n乙,,不详,待定,依申请公开\n"
    run = carried_out(bureau, clerk, ("清单.csv", content))
    first, second = Record.objects.order_by("id")
    assert (first.title, first.validity, str(first.created_on)) == ("甲", "in_force", "2008-01-02")
    assert (second.validity, second.created_on) == ("unknown", None)
    told = {f.sentence for f in second.findings.all()}
    assert any("“不详”读不出是哪一天" in sentence for sentence in told)
    assert any("“待定”不知道是什么意思" in sentence for sentence in told)
    assert [i.attribute for i in run.items.order_by("id")] == ["proactive", "on_request"]
    assert {r.attribute for r in Record.objects.all()} == {""}  # only a review decides


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.exe", b"MZ", "不能读取"),
        ("空.txt", b"", "没有文字"),
        ("坏.json", b"{", "不合 JSON"),
        ("表.csv", "名字,日期\n甲,2008-01-01\n".encode(), "信息名称"),
        ("行.csv", (TABLE + ",青商字〔2008〕1号,,,\n").encode(), "没有读出信息名称"),
    ],
)
def test_what_cannot_be_taken_in_is_a_rejected_row_with_the_reason(
    bureau: Body, clerk: Person, name: str, content: bytes, said: str
) -> None:
    run = carried_out(bureau, clerk, (name, content))
    (item,) = run.items.all()
    assert item.outcome == Outcome.REJECTED
    assert said in item.reason
    assert run.state == "finished"


def test_the_same_row_again_is_a_repeat_also_in_another_file(bureau: Body, clerk: Person) -> None:
    row = "甲,青商字〔2008〕1号,2008-01-02,有效,\n"
    run = carried_out(bureau, clerk, ("一.csv", TABLE + row + row), ("二.csv", TABLE + row))
    assert rows_of(run) == [("record", "甲"), ("duplicate", "甲"), ("duplicate", "甲")]
    first = run.items.order_by("id").first()
    assert {i.duplicate_of for i in run.items.filter(outcome="duplicate")} == {first}


def test_another_body_may_hold_the_same_paper(bureau: Body, clerk: Person) -> None:
    other = orgs.create_body(fields={"code": "Q2", "name": "青石区财政局"}, by=None, now=NOW)
    carried_out(bureau, clerk, ("通知.txt", PAPER))
    run = carried_out(other, None, ("通知.txt", PAPER))
    assert rows_of(run)[0][0] == "record"


def test_the_database_keeps_one_record_per_content(bureau: Body, clerk: Person) -> None:
    run = carried_out(bureau, clerk, ("通知.txt", PAPER), ("通知2.txt", PAPER))
    first, second = run.items.order_by("id")
    second.outcome, second.record, second.duplicate_of = "record", first.record, None
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
    first.outcome = "rejected"
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_an_index_number_used_before_is_left_out_and_told(bureau: Body, clerk: Person) -> None:
    carried_out(bureau, clerk, ("通知.txt", PAPER))
    carried_out(bureau, clerk, ("改.txt", PAPER.replace("备足货源", "备齐货源")))
    second = Record.objects.order_by("id").last()
    assert second is not None
    assert second.index_number == ""
    kinds = {f.kind: f.sentence for f in second.findings.all()}
    assert "已经用过" in kinds["not_read"]
    assert "请核对是否重复录入" in kinds["possible_duplicate"]


def test_impossible_dates_are_left_out_and_told(bureau: Body, clerk: Person) -> None:
    content = TABLE + "甲,,2031-01-02,有效,\n"
    carried_out(bureau, clerk, ("清单.csv", content))
    record = Record.objects.get()
    assert record.created_on is None
    assert "不能晚于今天" in record.findings.get(kind="not_read").sentence


def test_a_long_title_is_cut_and_told(bureau: Body, clerk: Person) -> None:
    carried_out(bureau, clerk, ("清单.csv", TABLE + "长" * 400 + ",,,,\n"))
    record = Record.objects.get()
    assert len(record.title) == 300
    assert "超过300字" in record.findings.get(kind="not_read").sentence


def test_a_document_number_out_of_form_keeps_its_form(bureau: Body, clerk: Person) -> None:
    carried_out(bureau, clerk, ("清单.csv", TABLE + "甲,青商字【2008】1号,,,\n"))
    record = Record.objects.get()
    assert record.document_number == "青商字【2008】1号"
    finding = record.findings.get(kind="document_number_form")
    assert (finding.field, finding.proposal) == ("document_number", "青商字〔2008〕1号")


def test_a_stopped_run_goes_on_where_it_ended(bureau: Body, clerk: Person) -> None:
    content = TABLE + "".join(f"第{n}件,,,有效,\n" for n in range(10))
    run = opened(bureau, clerk, ("清单.csv", content))
    assert actions.work(run=run, now=NOW, limit=4)
    assert actions.work(run=run, now=NOW, limit=4)
    actions.stop(run=run, by=clerk, now=NOW)
    assert not actions.work(run=run, now=NOW, limit=4)
    half = queries.progress(run)
    assert (half.done, half.total, half.percent) == (4, 10, 40)
    actions.start(run=run, by=clerk, now=NOW)
    while actions.work(run=run, now=NOW, limit=4):
        pass
    assert queries.progress(run).percent == 100
    assert Record.objects.count() == 10


def test_a_row_taken_in_twice_makes_one_record(bureau: Body, clerk: Person) -> None:
    run = opened(bureau, clerk, ("通知.txt", PAPER))
    actions.work(run=run, now=NOW)
    item = run.items.get()
    for _ in range(2):
        actions.take_in(item_id=item.pk, now=NOW)
    assert Record.objects.count() == 1


def test_a_row_that_breaks_the_reader_does_not_hold_up_the_run(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.inventory import reading

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "paper", broken)
    run = carried_out(bureau, clerk, ("通知.txt", PAPER), ("清单.csv", TABLE + "甲,,,,\n"))
    assert [outcome for outcome, _ in rows_of(run)] == ["rejected", "record"]


def test_a_started_run_is_put_in_line_for_the_worker(bureau: Body, clerk: Person) -> None:
    from gongkai.queue.models import Job

    run = opened(bureau, clerk, ("通知.txt", PAPER))
    assert Job.objects.filter(task="gongkai.inventory.tasks.work").count() == 1
    opened(bureau, None, ("通知2.txt", PAPER))  # the console carries its own out
    assert Job.objects.filter(task="gongkai.inventory.tasks.work").count() == 1
    from gongkai.inventory.tasks import work

    for _ in range(4):
        work.func(run.pk)
    run.refresh_from_db()
    assert run.state == "finished"


def test_a_discarded_draft_frees_its_paper(bureau: Body, clerk: Person) -> None:
    run = carried_out(bureau, clerk, ("清单.csv", TABLE + "甲,,,有效,\n"))
    records.discard(record=Record.objects.get(), reason="录错", by=clerk, now=NOW)
    item = run.items.get()
    assert (item.outcome, item.reason) == ("rejected", "草稿已删除：录错")
    again = carried_out(bureau, clerk, ("清单.csv", TABLE + "甲,,,有效,\n"))
    assert rows_of(again) == [("record", "甲")]


def test_only_those_who_draft_run_a_clean_up(bureau: Body, clerk: Person) -> None:
    auditor = orgs.create_person(
        fields={"username": "shen", "name": "审计", "body": bureau}, by=None, now=NOW
    )
    award = RoleAward(Role.AUDITOR, bureau)
    orgs.grant(person=auditor, award=award, by=None, now=NOW)
    with pytest.raises(Refusal, match="经办人"):
        actions.open_run(body=bureau, order=RunOrder("x"), by=auditor, now=NOW)
    run = opened(bureau, clerk, ("通知.txt", PAPER))
    with pytest.raises(Refusal, match="经办人"):
        actions.stop(run=run, by=auditor, now=NOW)
    assert not queries.visible_to(auditor, NOW.date()).exists()
    assert list(queries.visible_to(clerk, NOW.date())) == [run]


def test_a_run_takes_files_only_before_it_starts(bureau: Body, clerk: Person) -> None:
    run = actions.open_run(body=bureau, order=RunOrder("x"), by=clerk, now=NOW)
    with pytest.raises(Refusal, match="还没有文件"):
        actions.start(run=run, by=clerk, now=NOW)
    done = carried_out(bureau, clerk, ("通知.txt", PAPER))
    with pytest.raises(Refusal, match="不能添加文件"):
        actions.add_files(run=done, files=[NewInput("x.txt", b"x")], by=clerk, now=NOW)


def test_a_saved_mapping_overrides_the_shipped_one_until_dropped(bureau: Body) -> None:
    office = orgs.create_person(
        fields={"username": "ma", "name": "马", "body": bureau}, by=None, now=NOW
    )
    award = RoleAward(Role.DISCLOSURE_OFFICE, bureau)
    orgs.grant(person=office, award=award, by=None, now=NOW)
    content = {"source": "本区旧站", "fields": {"title": ["bt"], "document_number": ["wh"]}}
    actions.save_mapping(
        name="tianjin_library", label="改过的", content=content, by=office, now=NOW
    )
    rows = json.dumps([{"bt": "甲", "wh": "青商字〔2009〕3号"}])
    carried_out(bureau, office, ("旧站.json", rows), mapping="tianjin_library")
    record = Record.objects.get()
    assert (record.title, record.document_number) == ("甲", "青商字〔2009〕3号")
    actions.drop_mapping(name="tianjin_library", by=office, now=NOW)
    assert sources.content("tianjin_library")["source"] == "天津市政策文件库"
    with pytest.raises(Refusal, match="不是本系统的字段"):
        actions.save_mapping(
            name="x", label="", content={"fields": {"biaoti": ["a"]}}, by=office, now=NOW
        )


def test_a_mapping_that_is_not_there_names_those_that_are(bureau: Body) -> None:
    with pytest.raises(Refusal, match="tianjin_library"):
        actions.open_run(body=bureau, order=RunOrder("x", "nowhere"), by=None, now=NOW)


CELL = st.text(alphabet="甲乙丙丁1２ ", max_size=3)
ROW = st.tuples(
    CELL, st.sampled_from(["", "青商字〔2008〕1号"]), st.sampled_from(["", "2008-02-29", "昨天"])
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ROW, min_size=1, max_size=6))
def test_whatever_comes_in_every_row_ends_once_and_the_counts_add_up(
    bureau: Body, clerk: Person, rows: list[tuple[str, str, str]]
) -> None:
    content = json.dumps([{"信息名称": a, "文号": b, "生成日期": c} for a, b, c in rows])
    run = carried_out(bureau, clerk, ("行.json", content))
    made = queries.figures(bureau, bounds=[NOW.date(), NOW.date() - timedelta(9000)], runs=[run])
    assert made.broken() == []
    assert made.total == len(rows) == run.items.count()
    assert made.outcomes[Outcome.WAITING] == 0
    assert made.records == run.items.filter(record__isnull=False).count()
    assert sum(made.by(class_code=c) for c in made.classes) == made.records
    whole = queries.figures(bureau)
    assert whole.broken() == []
    assert whole.total == InventoryItem.objects.count()


def test_an_attribute_is_counted_as_decided_else_as_the_source_said(
    bureau: Body, clerk: Person
) -> None:
    content = TABLE + "甲,,2008-01-02,有效,主动公开\n乙,,2008-03-05,有效,依申请公开\n丙,,,,\n"
    carried_out(bureau, clerk, ("清单.csv", content))
    decided = Record.objects.get(title="甲")
    Record.objects.filter(pk=decided.pk).update(attribute="withheld", ground="x", ground_reason="x")
    follow(Entry(event="record.decided", subject_id=decided.pk))
    made = queries.figures(bureau)
    counts = {a: made.by(attribute=a) for a in tally.ATTRIBUTES}
    assert counts == {"proactive": 0, "on_request": 1, "withheld": 1, "undetermined": 1}


def test_the_same_title_is_a_suspicion_unless_something_tells_them_apart(
    bureau: Body, clerk: Person
) -> None:
    rows = "甲,,2008-01-02,,\n甲,,,有效,\n甲,,2009-05-06,,\n"
    carried_out(bureau, clerk, ("清单.csv", TABLE + rows))
    told = [r.findings.filter(kind="possible_duplicate").count() for r in Record.objects.all()]
    assert told[::-1] == [0, 1, 1]  # the third is like the second, not like the first
