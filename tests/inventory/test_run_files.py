"""What a run gives back: rejected rows to mend, its sentence, its scope; the console."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from gongkai.backends.extract.rows import MOST_ROWS, table_of
from gongkai.inventory import actions, queries, rejects, tally
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.values import RunOrder, RunScope
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person
from gongkai.project.cli import main
from tests.inventory.conftest import NOW, carried_out


def test_rejected_rows_come_back_and_can_be_mended(bureau: Body, clerk: Person) -> None:
    rows = [{"信息名称": "", "文号": "青商字〔2008〕1号"}, {"信息名称": "甲", "文号": ""}]
    run = carried_out(bureau, clerk, ("表.json", json.dumps(rows)), ("坏.docx", b"no"))
    head, *back = list(rejects.table(run))
    assert head == ["文号", "来源文件", "来源行", "未录入原因"]
    assert [row[:3] for row in back] == [["青商字〔2008〕1号", "表.json", "1"], ["", "坏.docx", ""]]
    out = io.StringIO()
    csv.writer(out).writerows([["信息名称", *head], *(["补上的名称", *row] for row in back[:1])])
    again = carried_out(bureau, clerk, ("改好.csv", out.getvalue()))
    item = again.items.get()
    assert (item.outcome, item.title) == ("record", "补上的名称")


def test_nested_rows_come_back_by_the_paths_of_their_mapping(bureau: Body, clerk: Person) -> None:
    content = {"source": "旧库", "fields": {"title": ["a.t"], "document_number": ["a.n.*.v"]}}
    actions.save_mapping(name="old", label="", content=content, by=None, now=NOW)
    rows = json.dumps([{"a": {"t": "", "n": [{"v": "青商字〔2008〕1号"}]}}])
    run = carried_out(bureau, clerk, ("库.json", rows), mapping="old")
    head, row = list(rejects.table(run))
    assert head[:1] == ["a.n.*.v"]
    out = io.StringIO()
    csv.writer(out).writerows([["a.t", *head], ["补上", *row]])
    again = carried_out(bureau, clerk, ("改好.csv", out.getvalue()), mapping="old")
    record = again.items.get().record
    assert record is not None
    assert (record.title, record.document_number) == ("补上", "青商字〔2008〕1号")


def test_a_scope_is_kept_and_parts_the_days(bureau: Body, clerk: Person) -> None:
    section = orgs.create_section(
        body=bureau, fields={"code": "S", "name": "市场科"}, by=None, now=NOW
    )
    scope = RunScope(date(2004, 1, 1), date(2008, 2, 28), (section,), "旧网站")
    order = RunOrder("清理", scope=scope)
    run = actions.open_run(body=bureau, order=order, by=clerk, now=NOW)
    assert queries.scope(run).sections == ("市场科",)
    assert queries.scope(run).period == "2004-01-01 至 2008-02-28"
    assert queries.scope_bounds(run) == (date(2004, 1, 1), date(2008, 2, 29))
    wrong = RunOrder("清理", scope=RunScope(date(2008, 1, 2), date(2008, 1, 1)))
    with pytest.raises(Refusal, match="止日早于起日"):
        actions.open_run(body=bureau, order=wrong, by=clerk, now=NOW)


def test_the_sentence_says_what_became_of_every_row() -> None:
    cells = [
        tally.Cell("record", "proactive", count=330),
        tally.Cell("record", "on_request", count=1),
        tally.Cell("record", count=122),
        tally.Cell("duplicate", count=7),
        tally.Cell("rejected", count=2),
    ]
    assert tally.sentence(tally.count(cells), date(2008, 2, 28)) == (
        "截止2008年2月28日，共清理各类信息453条，其中主动公开330条，依申请公开1条，属性待审查122条。"
        "输入462条，另有重复7条、未录入2条。"
    )


def test_the_console_starts_stops_and_resumes(
    bureau: Body, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from gongkai.queue.models import Job

    folder = tmp_path / "旧站"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"信息名称:第{n}件\n\n正文。\n", encoding="utf-8")

    def said(*words: str) -> dict[str, object]:
        assert main(["intake", *words, "--json"]) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    begun = said("start", str(folder), "--body", "Q1")
    assert (begun["state"], begun["files"]) == ("running", 3)
    assert Job.objects.filter(task="gongkai.inventory.tasks.work").count() == 1
    uuid = str(begun["uuid"])
    assert said("stop", uuid)["state"] == "stopped"
    assert said("resume", uuid)["state"] == "running"
    run = InventoryRun.objects.get()
    assert not actions.work_through(run=run, clock=lambda: NOW)
    ended = said("status", uuid)
    assert (ended["state"], ended["record"], ended["percent"]) == ("finished", 3, 100)
    assert main(["intake", "stop", "nonsense"]) != 0


def test_files_broken_off_are_not_added_twice(
    bureau: Body, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "旧站"
    folder.mkdir()
    (folder / "0.txt").write_text("信息名称:甲\n\n正文。\n", encoding="utf-8")
    run = actions.open_run(body=bureau, order=RunOrder("旧站"), by=None, now=NOW)
    from gongkai.inventory.values import NewInput

    actions.add_files(run=run, files=[NewInput("旧站/0.txt", b"x")], by=None, now=NOW)
    (folder / "1.txt").write_text("信息名称:乙\n\n正文。\n", encoding="utf-8")
    assert main(["intake", "start", str(folder), "--body", "Q1"]) == 0
    assert list(run.files.values_list("name", flat=True)) == ["旧站/0.txt", "旧站/1.txt"]
    assert "2 个文件" in capsys.readouterr().out


def test_xml_comes_in_as_rows_or_as_the_paper_it_is(bureau: Body, clerk: Person) -> None:
    rows = "<库><信息><信息名称>关于供应的通知</信息名称><文号>青商字〔2008〕7号</文号></信息></库>"
    word = (
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:p><w:t>'
        "信息名称：关于放假的通知</w:t></w:p><w:p><w:t>文号：青商字〔2008〕8号</w:t></w:p>"
        "<w:p><w:t>各科室照办。</w:t></w:p></w:wordDocument>"
    )
    bomb = '<!DOCTYPE a [<!ENTITY b "甲">]><a><row>&b;</row></a>'
    run = carried_out(
        bureau, clerk, ("库.xml", rows.encode("gbk")), ("文.xml", word), ("炸.xml", bomb)
    )
    ends = [(i.row, i.outcome, i.title) for i in run.items.order_by("id")]
    assert ends == [
        (1, "record", "关于供应的通知"),
        (0, "record", "关于放假的通知"),
        (0, "rejected", ""),
    ]
    assert "实体" in run.items.get(outcome="rejected").reason


def test_a_part_of_a_table_that_is_not_read_counts_as_a_row(bureau: Body, clerk: Person) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("目录")
        for row, title in enumerate(["信息名称", "甲", "乙"]):
            sheet.write_row(row, 0, [title, "文号" if row == 0 else ""])
        wide = book.add_worksheet("太宽")
        wide.write(1_000_000, 300, "远处")
    run = carried_out(bureau, clerk, ("目录.xlsx", content.getvalue()))
    run.refresh_from_db()
    assert (run.row_count, run.record_count, run.rejected_count) == (3, 2, 1)
    assert "太宽" in run.items.get(outcome="rejected").reason


def test_only_what_is_past_the_limit_is_cut() -> None:
    full, none = table_of("表", [["甲", "乙"], *[["1", "2"]] * MOST_ROWS, ["", ""]])
    cut, said = table_of("表", [["甲", "乙"], *[["1", "2"]] * (MOST_ROWS + 1)])
    assert (len(full.rows), len(cut.rows), none, len(said)) == (MOST_ROWS, MOST_ROWS, [], 1)


def test_what_is_no_object_in_a_list_of_objects_is_not_left_out(
    bureau: Body, clerk: Person
) -> None:
    rows = json.dumps([{"信息名称": "甲"}, "乙", None, ["丙"], {"信息名称": "丁"}])
    run = carried_out(bureau, clerk, ("表.json", rows))
    run.refresh_from_db()
    assert (run.row_count, run.record_count, run.rejected_count) == (4, 2, 2)


def test_a_feed_beside_its_pages_is_not_taken_in_twice(bureau: Body, clerk: Person) -> None:
    item = "<item><title>关于供应的通知</title><link>a.html</link></item>"
    feed = f"<rss><channel>{item}</channel></rss>"
    places = "<urlset><url><loc>a.html</loc></url></urlset>"
    page = "<html><h1>关于供应的通知</h1><p>各商场于节前备足货源，确保供应。</p></html>"
    run = carried_out(
        bureau, clerk, ("站/a.html", page), ("站/rss.xml", feed), ("站/map.xml", places)
    )
    ends = {item.file.name: item.reason[:6] for item in run.items.all()}
    assert ends == {"站/a.html": "", "站/rss.xml": "这是订阅源，", "站/map.xml": "这是网站地图"}
    alone = carried_out(bureau, clerk, ("rss.xml", feed))
    assert alone.items.get().outcome == "record"
