"""Archives of a run: every entry once, whatever breaks in between; what cannot be had is told."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Mapping

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.inventory import actions, queries, rejects
from gongkai.inventory.actions import unpacking
from gongkai.inventory.models import FileKind, InventoryRun, Outcome
from gongkai.orgs.models import Body, Person
from gongkai.records import store
from gongkai.records.models import Record
from tests.backends.bad.rawzip import Entry, deflated, raw_zip
from tests.inventory.conftest import NOW, PAPER, carried_out, opened


def paper(n: int) -> bytes:
    return PAPER.replace("000007", f"{n:06d}").replace("春节", f"第{n}次").encode()


def packed(entries: Mapping[str, bytes], *, codec: str = "gbk") -> bytes:
    """As Chinese programs write it: names in GBK without a mark."""
    return raw_zip([Entry(name=n.encode(codec), data=c, flags=0) for n, c in entries.items()])


def ends(run: InventoryRun) -> dict[str, str]:
    return {item.file.name: item.outcome for item in run.items.select_related("file")}


def adds_up(run: InventoryRun) -> bool:
    done = queries.progress(run)
    kept = [run.record_count, run.duplicate_count, run.rejected_count]
    rows = [run.items.filter(outcome=o).count() for o in ("record", "duplicate", "rejected")]
    return kept == rows and sum(rows) == run.items.count() == run.row_count and not done.unread


def test_the_entries_become_files_and_rows_of_the_run(bureau: Body, clerk: Person) -> None:
    table = "信息名称,生成日期\n甲,2008-01-02\n乙,2008-01-03\n".encode()
    inner = packed({"内/通知.txt": paper(3), "内/又一份.txt": paper(1)})
    content = packed(
        {
            "旧文/通知一.txt": paper(1),
            "旧文/通知二.txt": paper(2),
            "旧文/登记表.csv": table,
            "旧文/更早.zip": inner,
            "旧文/.DS_Store": b"x",
            "__MACOSX/旧文/._通知一.txt": b"x",
            "旧文/Thumbs.db": b"x",
            "../../出去.txt": paper(4),
            "怪.xyz": b"?",
        }
    )
    run = carried_out(bureau, clerk, ("局里.zip", content))
    assert ends(run) == {
        "局里.zip!/旧文/通知一.txt": "record",
        "局里.zip!/旧文/通知二.txt": "record",
        "局里.zip!/旧文/登记表.csv": "record",
        "局里.zip!/旧文/更早.zip!/内/通知.txt": "record",
        "局里.zip!/旧文/更早.zip!/内/又一份.txt": "duplicate",
        "局里.zip!/出去.txt": "record",
        "局里.zip!/怪.xyz": "rejected",
    }
    assert run.state == "finished" and adds_up(run)
    assert (run.record_count, run.duplicate_count, run.rejected_count) == (6, 1, 1)
    assert queries.archives(run).sentence == (
        "展开了2个压缩包，取出8个文件，略去文件夹和系统文件3个。"
    )
    record = Record.objects.get(index_number="11Y025/ZK-2008-000003")
    assert record.source["file"] == "局里.zip!/旧文/更早.zip!/内/通知.txt"
    assert record.files.get().name == "通知.txt"
    assert store.read(record.files.get().file) == paper(3)


def test_what_cannot_be_taken_out_is_a_row_with_its_origin(bureau: Body, clerk: Person) -> None:
    broken = Entry(name=b"broken.txt", packed=(deflated(b"y" * 100)[0], 7, 100))
    content = raw_zip(
        [Entry(name="密.doc".encode("gbk"), data=b"x", flags=1), broken, Entry(name=b"a/")]
    )
    run = carried_out(
        bureau, clerk, ("甲.zip", content), ("坏.zip", b"PK\x03\x04no"), ("空.zip", raw_zip([]))
    )
    told = {item.file.name: item.reason for item in run.items.select_related("file")}
    assert "设有密码" in told["甲.zip!/密.doc"] and "已损坏" in told["甲.zip!/broken.txt"]
    assert "不是完整的压缩包" in told["坏.zip"] and "没有文件" in told["空.zip"]
    assert run.rejected_count == 4 and adds_up(run)
    rows = list(rejects.table(run))
    assert ["甲.zip!/密.doc", "", told["甲.zip!/密.doc"]] in rows


def test_an_office_file_under_the_name_of_an_archive_is_a_paper(
    bureau: Body, clerk: Person
) -> None:
    from tests.backends.samples import docx

    run = carried_out(bureau, clerk, ("改名.zip", docx("信息名称:改了名的通知\n\n正文。")))
    assert ends(run) == {"改名.zip": "record"}
    assert "内容却是Word 文档" in run.items.get().record.findings.get(kind="reading").sentence  # type: ignore[union-attr]
    assert run.files.get().kind == FileKind.PAPER and run.archive_count == 0


@override_settings(GONGKAI_ARCHIVE_DEPTH=2, GONGKAI_ARCHIVE_FILES=5)
def test_depth_and_number_are_bounded_for_all_that_is_inside(bureau: Body, clerk: Person) -> None:
    third = packed({"三.txt": paper(3)})
    second = packed({"二.txt": paper(2), "三.zip": third})
    run = carried_out(bureau, clerk, ("一.zip", packed({"一.txt": paper(1), "二.zip": second})))
    told = {item.file.name: item.reason for item in run.items.select_related("file")}
    assert "第3层" in told["一.zip!/二.zip!/三.zip"]
    assert (run.record_count, run.rejected_count) == (2, 1) and adds_up(run)
    four = {f"{n}.txt": paper(n) for n in range(4)}
    again = carried_out(bureau, clerk, ("多.zip", packed({**four, "里.zip": packed(four)})))
    told = {item.file.name: item.reason for item in again.items.select_related("file")}
    assert "4个文件，超过还能展开的0个" in told["多.zip!/里.zip"] and adds_up(again)


class Killed(BaseException):
    """Stands for a worker that is gone."""


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_broken_off_anywhere_nothing_is_lost_or_doubled(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch, at: list[int]
) -> None:
    InventoryRun.objects.all().delete()
    entries = {f"{n}/通知.txt": paper(n) for n in range(7)}
    run = opened(bureau, None, ("旧.zip", packed({**entries, "里.zip": packed(entries)})))
    places = [
        (store, "put"), (store, "keep_rows"), (unpacking, "refused"), (unpacking, "count_rows"),
    ]  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(unpacking, "PIECE_FILES", 3)
        for n in at:
            where, name = places[n]
            with patch.context() as dying:
                dying.setattr(where, name, _dying(getattr(where, name), n + 1))
                try:
                    while run.files.filter(opened_at=None, kind__in=["archive", "parcel"]).exists():
                        actions.work(run=run, now=NOW)
                except Killed:
                    pass
        while run.files.filter(opened_at=None, kind__in=["archive", "parcel"]).exists():
            actions.work(run=run, now=NOW)
    run.refresh_from_db()
    out = [f.name for f in run.files.filter(archive__isnull=False)]
    assert len(out) == len(set(out)) == 15 == run.unpacked_count
    assert (run.file_count, run.archive_count) == (16, 2)


def _dying(function: object, calls: int) -> object:
    left = [calls]

    def called(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return function(*args, **kwargs)  # type: ignore[operator]

    return called


def test_the_contents_of_an_archive_are_never_held_together(bureau: Body) -> None:
    """40 MB of contents, of which only a piece is ever anywhere, and that on disk."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(400):
            archive.writestr(f"旧文/{n // 100}/{n}.txt", f"第{n}件".encode() + bytes(100_000))
    run = opened(bureau, None, ("多.zip", out.getvalue()))
    del out, archive
    tracemalloc.start()
    actions.work(run=run, now=NOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    run.refresh_from_db()
    assert (run.unpacked_count, run.file_count) == (400, 401)
    assert peak < 8 * 2**20


def test_a_stop_in_the_middle_goes_on_where_it_ended(
    bureau: Body, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "PIECE_FILES", 3)
    run = opened(bureau, clerk, ("旧.zip", packed({f"{n}.txt": paper(n) for n in range(8)})))
    actions.work(run=run, now=NOW)
    run.refresh_from_db()
    half = queries.archives(run)
    assert (half.unpacked, half.at, half.percent) == (3, "旧.zip", 37)
    assert "正在展开“旧.zip”（37%）" in half.sentence
    actions.stop(run=run, by=clerk, now=NOW)
    assert not actions.work(run=run, now=NOW)
    actions.start(run=run, by=clerk, now=NOW)
    while actions.work(run=run, now=NOW):
        pass
    run.refresh_from_db()
    assert run.items.filter(outcome=Outcome.RECORD).count() == 8 and adds_up(run)
