"""A copied site as a run: pages with their attachments, lists set apart, every row with its end."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gongkai.inventory import actions, queries
from gongkai.inventory.actions import unpacking
from gongkai.inventory.models import Cause, FileKind, InventoryRun
from gongkai.orgs.models import Body, Person
from gongkai.project.cli import main
from gongkai.queue.models import Job
from gongkai.records.models import FilePurpose, Record
from tests.backends.bad.rawzip import Entry, raw_zip
from tests.inventory import old_site
from tests.inventory.conftest import NOW, carried_out, opened
from tests.inventory.test_archives import adds_up, ends, packed

ENDS = {
    "旧网站/index.htm": "rejected",
    "旧网站/zwgk/index.htm": "rejected",
    "旧网站/zwgk/t1.htm": "record",
    "旧网站/zwgk/t2.htm": "record",
    "旧网站/zwgk/t3.htm": "record",
    "旧网站/zwgk/t4.htm": "record",
    "旧网站/files/单独.txt": "record",
    "旧网站/files/副本/值班表.xls": "duplicate",
}


def copied(root: str = "旧网站/") -> list[tuple[str, str | bytes]]:
    return [(f"{root}{name}", content) for name, content in old_site.files().items()]


def attached(title: str) -> list[str]:
    rows = Record.objects.get(title=title).files.filter(purpose=FilePurpose.ATTACHMENT)
    return [row.name for row in rows]


def told(title: str) -> list[tuple[str, str, str]]:
    rows = Record.objects.get(title=title).findings.filter(kind="missing_attachment")
    return [(row.evidence, row.severity, row.sentence) for row in rows]


def test_pages_come_with_their_attachments(bureau: Body, clerk: Person) -> None:
    run = carried_out(bureau, clerk, *copied())
    assert ends(run) == ENDS
    assert run.state == "finished" and adds_up(run)
    assert attached("关于春节市场供应的通知") == ["P0200801.doc", "值班表.xls"]
    assert attached("关于端午市场供应的通知") == ["值班表.xls"], "one file may go with two pages"
    assert attached("关于国庆市场供应的通知") == ["pack.zip"], "not unpacked: it is an attachment"
    pages = {
        f.name: f.page.name for f in run.files.exclude(page=None).select_related("page") if f.page
    }
    assert pages == {
        "旧网站/zwgk/P0200801.doc": "旧网站/zwgk/t1.htm",
        "旧网站/files/值班表.xls": "旧网站/zwgk/t1.htm",
        "旧网站/zwgk/pack.zip": "旧网站/zwgk/t4.htm",
    }
    again = run.items.get(file__name="旧网站/files/副本/值班表.xls")
    assert again.duplicate_of is not None
    assert again.duplicate_of.title == "关于春节市场供应的通知" and "附件内容相同" in again.reason


def test_what_the_copy_does_not_have_is_told(bureau: Body, clerk: Person) -> None:
    carried_out(bureau, clerk, *copied())
    ((evidence, severity, sentence),) = told("关于春节市场供应的通知")
    assert (evidence, severity) == ("检查表", "warning")
    assert sentence == "附件“检查表”（missing.pdf）在网站副本里找不到，请找到原件后补上。"
    ((evidence, severity, sentence),) = told("关于端午市场供应的通知")
    assert severity == "warning" and "在网站副本里找不到" in sentence, (
        "which site it was nobody knows"
    )
    assert not told("关于中秋市场供应的通知")


def test_in_a_folder_named_like_the_host_other_sites_are_known(bureau: Body, clerk: Person) -> None:
    carried_out(bureau, clerk, *copied(f"旧网站/{old_site.HOST}/"))
    ((_, severity, sentence),) = told("关于端午市场供应的通知")
    assert severity == "info" and "另一个网站（www.gov.cn）" in sentence
    first = Record.objects.get(title="关于春节市场供应的通知")
    assert first.source["address"] == f"http://{old_site.HOST}/zwgk/t1.htm"
    third = Record.objects.get(title="关于中秋市场供应的通知")
    assert third.source["address"] == f"http://{old_site.HOST}/zwgk/200809/t3.htm"


def test_lists_and_layout_are_counted_apart(bureau: Body, clerk: Person) -> None:
    run = carried_out(bureau, clerk, *copied())
    lists = run.items.filter(cause=Cause.LIST_PAGE)
    assert {item.file.name for item in lists} == {"旧网站/index.htm", "旧网站/zwgk/index.htm"}
    assert all(item.reason.startswith("列表页，不是一条信息") for item in lists)
    assert {item.title for item in lists} == {"青石区商务局", "政务公开目录"}
    dress = {f.name.rpartition("/")[2] for f in run.files.filter(kind=FileKind.DRESS)}
    assert dress == {"main.css", "menu.js", "logo.gif", "line.png"}
    assert queries.site(run).sentence == (
        "网站副本：列表页2个，不是信息，计入未录入；附件3个，随网页登记，不另计条数；"
        "样式、脚本和版面图片4个，不是信息，不计条数。"
    )
    loose = [("main.css", b"body{}"), ("扫描.gif", b"GIF89a"), ("别处/b.gif", b"GIF89a1")]
    page = ("t9.htm", old_site.paper("关于另一件事的通知", "青商字〔2008〕40号"))
    run = carried_out(bureau, clerk, *loose, page)
    assert run.dress_count == 0, "chosen one by one, or in a folder without pages"
    assert ends(run)["扫描.gif"] == ends(run)["别处/b.gif"] == "rejected"


def test_attachments_are_scanned_before_review(bureau: Body, clerk: Person) -> None:
    carried_out(bureau, clerk, *copied())
    jobs = Job.objects.filter(task="gongkai.review.tasks.look_through_files")
    assert jobs.count() == 3


def test_a_zip_of_the_site_ends_as_the_folder_does(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "PIECE_FILES", 4)
    run = carried_out(bureau, clerk, ("旧网站.zip", packed(old_site.files())))
    assert ends(run) == {n.replace("旧网站/", "旧网站.zip!/"): end for n, end in ENDS.items()}
    assert adds_up(run) and run.attachment_count == 3
    assert attached("关于春节市场供应的通知") == ["P0200801.doc", "值班表.xls"]


def test_in_bulk_it_ends_as_row_by_row(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.inventory.actions import working

    monkeypatch.setattr(working, "FEW", 2)
    run = opened(bureau, clerk, *copied())
    assert not actions.work_through(run=run, clock=lambda: NOW)
    run.refresh_from_db()
    assert ends(run) == ENDS and adds_up(run) and run.attachment_count == 3


def test_a_page_thrown_out_leaves_its_files_rows_of_their_own(bureau: Body, clerk: Person) -> None:
    html = old_site.page("", '<p><a href="a.txt">附件</a></p>').replace("<h1></h1>", "")
    run = carried_out(
        bureau, clerk, ("站/t1.htm", html), ("站/a.txt", "信息名称:单独的通知\n\n正文。\n")
    )
    assert ends(run)["站/a.txt"] == "record" and adds_up(run)


def test_a_run_stopped_among_pages_goes_on(bureau: Body, clerk: Person) -> None:
    run = opened(bureau, clerk, *copied())
    for _ in range(4):
        actions.work(run=run, now=NOW, limit=1)
        actions.stop(run=run, by=clerk, now=NOW)
        actions.start(run=run, by=clerk, now=NOW)
    while actions.work(run=run, now=NOW, limit=1):
        pass
    run.refresh_from_db()
    assert ends(run) == ENDS and adds_up(run) and run.attachment_count == 3


def test_a_folder_with_names_in_gbk_by_command(
    bureau: Body, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "旧网站"
    for name, content in old_site.files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(os.fsdecode(path.name.encode("gbk"))).write_bytes(content)
    assert main(["intake", "start", str(root), "--body", "Q1"]) == 0
    run = InventoryRun.objects.get()
    assert "旧网站/files/副本/值班表.xls" in set(run.files.values_list("name", flat=True))
    while actions.work(run=run, now=NOW):
        pass
    assert main(["intake", "status", str(run.uuid)]) == 0
    said = capsys.readouterr().out
    assert "列表页2个" in said and "附件3个" in said
    run.refresh_from_db()
    assert ends(run) == ENDS


def test_a_copy_is_tried_without_storing_and_taken_in_whole(
    bureau: Body, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "旧网站.zip"
    site.write_bytes(packed({**old_site.files(), "坏.zip": b"PK\x03\x04no"}))
    assert main(["intake", str(site), "--dry-run", "--json"]) == 1
    tried = json.loads(capsys.readouterr().out)
    assert "关于中秋市场供应的通知" in {record["title"] for record in tried["records"]}
    refused = {row["source"]: row["reason"] for row in tried["rejected"]}
    assert refused["旧网站.zip!/index.htm"].startswith("列表页")
    assert "不是完整的压缩包" in refused["旧网站.zip!/坏.zip"]
    assert not InventoryRun.objects.exists()
    assert main(["intake", str(site), "--body", "Q1", "--json"]) == 1
    run = InventoryRun.objects.get()
    assert (run.attachment_count, run.record_count, run.rejected_count) == (3, 5, 3)


def test_what_could_not_be_taken_out_is_missing_and_never_its_archive(
    bureau: Body, clerk: Person
) -> None:
    page = old_site.paper("关于加密附件的通知", "青商字〔2008〕41号", '<a href="密.doc">附表</a>')
    content = raw_zip(
        [
            Entry(name=b"t1.htm", data=page.encode("gb18030")),
            Entry(name="密.doc".encode("gbk"), data=b"x", flags=1),
        ]
    )
    run = carried_out(bureau, clerk, ("站.zip", content))
    assert ends(run) == {"站.zip!/t1.htm": "record", "站.zip!/密.doc": "rejected"}
    assert attached("关于加密附件的通知") == [] and adds_up(run)
    ((evidence, _, sentence),) = told("关于加密附件的通知")
    assert evidence == "附表" and "找不到" in sentence


def test_pictures_of_the_text_go_with_it_unless_they_only_decorate(
    bureau: Body, clerk: Person
) -> None:
    body = '<p><img src="表.png"><img src="line.png"><img src="没有.png"></p>'
    page = old_site.paper("关于图表的通知", "青商字〔2008〕42号", body).encode("gb18030")
    large = b"\x89PNG\r\n\x1a\n" + bytes(30_000)
    pictures: list[tuple[str, str | bytes]] = [
        ("站/t1.htm", page), ("站/表.png", large), ("站/line.png", old_site.PNG),
    ]  # fmt: skip
    run = carried_out(bureau, clerk, *pictures)
    assert attached("关于图表的通知") == ["表.png"] and not told("关于图表的通知")
    assert (run.attachment_count, run.dress_count, run.row_count) == (1, 1, 1)
