"""The first rows as they would be read: cells, what nobody reads, what is missing, counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.inventory import actions, fitting, queries, reading, sources
from gongkai.inventory.first_rows import FirstRows, first_rows
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.places import places_of
from gongkai.inventory.values import NewInput, RunOrder
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person
from gongkai.ports import Extracted, Table
from gongkai.project.cli import main
from gongkai.text.mapping import read_mapping
from tests.inventory.conftest import NOW, carried_out

LIST = """信息名称,文号,生成日期,责任科室,备注
关于供应的通知,青商字〔2008〕7号,2008年1月20日,市场科,甲
信息名称,文号,生成日期,责任科室,备注
关于端午的通知,第三份,2008年5月,商务科,
,青商字〔2008〕9号,1230076800000,,乙
"""


def seen(name: str, text: str, mapping: str = "") -> FirstRows:
    found = reading.extracted(name, text.encode())
    return first_rows(name, found, sources.named(mapping))


def test_cells_counts_and_what_is_missing(bureau: Body) -> None:
    orgs.create_section(body=bureau, fields={"code": "S", "name": "市场科"}, by=None, now=NOW)
    found = reading.extracted("表.csv", LIST.encode())
    preview = first_rows("表.csv", found, None, places=places_of(bureau))
    assert preview.columns == ("title", "document_number", "created_on", "section")
    assert (preview.count, preview.headers, preview.untitled, preview.taken) == (4, 1, 1, 2)
    first, header, third, last = preview.rows
    assert [(c.value, c.raw, c.problems) for c in first.cells] == [
        ("关于供应的通知", "", ()),
        ("青商字〔2008〕7号", "", ()),
        ("2008-01-20", "2008年1月20日", ()),
        ("市场科", "", ()),
    ]
    assert header.is_header and not header.cells
    wrong = [next(iter(cell.problems), "") for cell in third.cells]
    assert not wrong[0] and "不像发文字号" in wrong[1] and "只写到月" in wrong[2]
    assert "没有对应的" in wrong[3] and third.cells[2].value == "2008年5月", "kept as it stands"
    assert "像是毫秒数" in last.cells[2].problems[0]
    assert preview.problems == 4
    (left,) = preview.foreign
    assert (left.path, left.samples, left.shown, left.filled) == ("备注", ["甲", "乙"], 2, 2)
    assert [name for name, _ in preview.missing] == ["abstract", "text"]


def test_repeats_are_counted_as_the_run_will_count_them(bureau: Body, clerk: Person) -> None:
    rows = [{"标题": "甲通知"}, {"标题": "乙通知"}, {"标题": "甲通知"}, {"标题": ""}, {"标题": ""}]
    text = json.dumps(rows)
    preview = seen("表.json", text)
    assert (preview.count, preview.repeats, preview.untitled, preview.taken) == (5, 1, 2, 2)
    digests = [row.digest for row in preview.rows]
    assert queries.taken_before(bureau, digests) == set()
    run = carried_out(bureau, clerk, ("表.json", text))
    assert (run.record_count, run.duplicate_count, run.rejected_count) == (2, 1, 2)
    assert queries.taken_before(bureau, digests) == set(digests[:2])


def test_only_ten_rows_are_shown_and_all_are_counted() -> None:
    rows = [{"t": f"第{n}号通知", "w": "x" if n > 10 else "", "d": ""} for n in range(25)]
    table = Table(name="a.b", columns=("t", "w", "d"), rows=tuple(rows))
    other = Table(name="c", columns=("t",), rows=({"t": "甲"},))
    rules = read_mapping(
        {"tables": ["a.*"], "fields": {"title": ["t"], "created_on": {"path": "d", "date": "ms"}}}
    )
    preview = first_rows("表", Extracted(tables=(table, other)), rules, has_section=True)
    assert (preview.count, len(preview.rows), preview.untitled) == (25, 10, 0)
    assert [(one.path, one.shown, one.filled) for one in preview.foreign] == [("w", 0, 14)]
    assert preview.tables == (("a.b", 25, True), ("c", 1, False))
    missing = dict(preview.missing)
    assert set(missing) == {"created_on", "abstract", "text"}
    assert missing["created_on"].startswith("对照了，但文件里都是空的")


def test_a_foreign_file_without_a_mapping_shows_all_it_has() -> None:
    preview = seen("库.xml", "<库><行 a='1'><bt>甲</bt><人><名>乙</名></人></行></库>")
    assert not preview.columns and preview.taken == 0
    assert [one.path for one in preview.foreign] == ["a", "bt", "人.名"]
    assert preview.missing[0][0] == "title"


REAL = {
    "headers/GWY_success.json": (10, "state_council_library"),
    "headers/TJProvince_WholeProvince_success.json": (10, "tianjin_library"),
    "headers/GDProvince_GDProvince_success.json": (20, "guangdong_library"),
    "inventory/5科学技术厅-政府信息公开__科技厅政策文件_规范性文件汇总表.csv": (57, "hebei_lists"),
    "inventory/7教育厅-政府信息公开__政策文件.csv": (58, "hebei_lists"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REAL)
def test_real_files_are_previewed_by_the_mapping_that_fits(name: str, shared_dir: Path) -> None:
    count, mapping = REAL[name]
    path = shared_dir / "data/fixtures" / name
    found = reading.extracted(path.name, path.read_bytes())
    assert fitting.fitting_tables(found) == mapping
    preview = first_rows(path.name, found, sources.named(mapping))
    repeats = 1 if "汇总表" in name else 0  # one of the list is in it twice
    assert (preview.count, preview.repeats, preview.taken) == (count, repeats, count - repeats)
    wrong = {c.problems[0] for row in preview.rows for c in row.cells if c.problems}
    codes = {
        "信息有效性“0”不知道是什么意思，没有录入，像是代码，可在字段对照里写明各代码的意思；请核对后选择。"
    }
    assert wrong == (codes if mapping == "tianjin_library" else set())
    assert all(row.cells[0].value for row in preview.rows) and preview.columns[0] == "title"


def opened(bureau: Body, by: Person, *files: tuple[str, str]) -> InventoryRun:
    run = actions.open_run(body=bureau, order=RunOrder("清理"), by=by, now=NOW)
    given = [NewInput(name, text.encode()) for name, text in files]
    actions.add_files(run=run, files=given, by=by, now=NOW)
    return run


def test_each_file_of_a_run_has_its_own_mapping(bureau: Body, clerk: Person) -> None:
    fields = {"title": ["bt"], "document_number": ["wh"]}
    actions.save_mapping(name="own", label="", content={"fields": fields}, by=None, now=NOW)
    rows = [{"bt": f"第{n}号通知", "wh": f"青商字〔2008〕{n}号"} for n in range(1, 45)]
    # More rows than are read right here: the workers must know both mappings.
    turned = '[{"标题": "青商字〔2008〕1号", "bt": "关于供应的通知"}]'
    run = opened(
        bureau, clerk, ("一.json", json.dumps(rows)), ("二.json", turned), ("三.csv", LIST)
    )
    _, second, third = run.files.order_by("ordinal")
    actions.choose_mapping(file=second, mapping="own", by=clerk, now=NOW)
    actions.choose_mapping(file=third, mapping=sources.OWN_LABELS, by=clerk, now=NOW)
    note = Entry.objects.filter(event="inventory.mapping_chosen").order_by("seq").first()
    assert note is not None and (note.data["file"], note.data["mapping"]) == ("二.json", "own")
    actions.start(run=run, by=clerk, now=NOW)
    actions.work_through(run=run, clock=lambda: NOW)
    assert list(run.files.order_by("ordinal").values_list("mapping", flat=True)) == [
        "own", "own", sources.OWN_LABELS,
    ]  # fmt: skip
    titles = set(run.items.filter(outcome="record").values_list("title", flat=True))
    assert {"第1号通知", "第44号通知", "关于供应的通知", "关于端午的通知"} <= titles
    assert len(titles) == 46
    with pytest.raises(Refusal, match="已完成"):
        actions.choose_mapping(file=second, mapping="", by=clerk, now=NOW)


def test_a_file_that_was_read_keeps_its_mapping(bureau: Body, clerk: Person) -> None:
    run = opened(bureau, clerk, ("表.csv", LIST))
    actions.start(run=run, by=clerk, now=NOW)
    actions.work(run=run, now=NOW)
    actions.stop(run=run, by=clerk, now=NOW)
    with pytest.raises(Refusal, match="已经读过"):
        actions.choose_mapping(file=run.files.get(), mapping="hebei_lists", by=clerk, now=NOW)
    other = opened(bureau, clerk, ("表.csv", LIST))
    with pytest.raises(Refusal, match="没有名为"):
        actions.choose_mapping(file=other.files.get(), mapping="nowhere", by=clerk, now=NOW)


def test_the_console_previews(tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None) -> None:
    path = tmp_path / "表.csv"
    path.write_text(LIST)
    assert main(["intake", str(path), "--preview"]) == 0
    said = capsys.readouterr().out
    assert "可录入 2 条" in said and "重复的表头 1 行" in said and "只写到月" in said
    assert "没有对照 备注: 前 4 行有 2, 全部有 2; 如 甲 | 乙" in said
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"fields": {"title": ["备注"]}}))
    assert main(["intake", str(path), "--preview", "--json", "--mapping", str(rules)]) == 0
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert (one["rows"], one["taken"], one["first"][0]["fields"]["title"]) == (4, 2, "甲")
    foreign = tmp_path / "库.xml"
    foreign.write_text("<库><行><bt>关于供应的通知</bt><wh>青商字〔2008〕7号</wh></行></库>")
    assert main(["intake", str(foreign), "--preview", "--json"]) == 1, "nothing to take in yet"
    (one,) = json.loads(capsys.readouterr().out)["files"]
    rules.write_text(json.dumps(one["proposal"]))
    assert main(["intake", str(foreign), "--preview", "--mapping", str(rules)]) == 0
    assert "文号: 青商字〔2008〕7号" in capsys.readouterr().out
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no")
    assert main(["intake", str(bad), "--preview"]) == 1
    assert "坏.xlsx" in capsys.readouterr().out
    paper = tmp_path / "文.txt"
    paper.write_text("关于放假的通知")
    assert main(["intake", str(paper), "--preview"]) == 1
    assert "--dry-run" in capsys.readouterr().err
