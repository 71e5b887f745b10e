"""The inventory board: counts that add up, originals beside what was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.desk.forms.mappings import MappingForm, shown
from gongkai.desk.views import run_page
from gongkai.inventory import actions, queries, sources
from gongkai.inventory.board import board_of, period_words
from gongkai.inventory.models import InventoryRun
from gongkai.records import actions as records
from gongkai.review.sheet_pdf import has_font
from gongkai.text.mapping import read_mapping
from tests import factories
from tests.backends.bad.rawzip import Entry, raw_zip
from tests.desk.conftest import SignIn
from tests.inventory import old_site
from tests.web.desk import damaged_paper

TABLE = """信息名称,文号,生成日期,信息有效性
关于春节市场供应的通知,云商字〔2008〕7号,2008-01-20,有效
关于端午市场供应的通知,云商字〔2008〕19号,2008-05-20,有效
,没有名称的,2008-01-01,有效
关于春节市场供应的通知,云商字〔2008〕7号,2008-01-20,有效
"""


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn, data_dir: Path) -> Client:
    return sign_in(office.clerk)


def taken_in(browser: Client, office: factories.Office, *files: tuple[str, bytes]) -> InventoryRun:
    chosen = [SimpleUploadedFile(name, content) for name, content in files]
    answer = browser.post(
        "/desk/inventory/new/",
        {"label": "旧信息", "section": office.section.pk, "chosen": chosen},
    )
    assert answer.status_code == 302, answer.content.decode()
    run = InventoryRun.objects.get()
    if run.state == "open":
        browser.post(answer["Location"], {"step": "start"})
    while actions.work(run=run, now=factories.NOW):
        pass
    return run


def test_every_row_ends_once_and_the_counts_add_up(
    office: factories.Office, browser: Client
) -> None:
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    page = browser.get(reverse("desk:run", kwargs={"uuid": run.uuid}))
    assert "没有读出信息名称" in page.content.decode()
    assert page.context["progress"].outcomes == {
        "record": 2,
        "duplicate": 1,
        "rejected": 1,
        "waiting": 0,
    }
    board = browser.get("/desk/inventory/?bounds=2008-03-01").context["board"]
    assert board.sums.total == 2 == sum(line.total for line in board.classes if not line.is_sub)
    assert {line.label: line.total for line in board.periods} == {
        "2008-03-01 之前": 1,
        "2008-03-01 以后": 1,
        "没有生成日期": 0,
    }
    assert not board.broken
    wrong = browser.get("/desk/inventory/?bounds=春天")
    assert wrong.status_code == 200 and "2008-03-01 的样子" in wrong.content.decode()


def test_a_class_holds_what_stands_under_it(office: factories.Office, browser: Client) -> None:
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    for item, row in zip(
        run.items.filter(record__isnull=False), (office.top_class, office.sub_class), strict=True
    ):
        assert item.record is not None
        records.edit(
            record=item.record, fields={"catalog_class": row}, by=office.clerk, now=factories.NOW
        )
    board = board_of(queries.figures(office.body), office.body)
    assert [(line.label, line.total, line.is_sub) for line in board.classes] == [
        (office.top_class.name, 2, False),
        (office.sub_class.name, 1, True),
    ]


def test_original_and_proposal_stand_side_by_side(
    office: factories.Office, browser: Client
) -> None:
    run = taken_in(browser, office, ("总结.txt", damaged_paper.TEXT.encode()))
    item = run.items.get()
    page = browser.get(
        reverse("desk:run_item", kwargs={"uuid": run.uuid, "pk": item.pk})
    ).content.decode()
    assert "2008228日</mark>" in page and "2008年2月28日" in page
    assert damaged_paper.NUMBER in page
    assert item.record is not None and "2008228日" in item.record.body_text.text, "not repaired"


def test_a_zip_at_the_desk_is_taken_apart(office: factories.Office, browser: Client) -> None:
    entries = {
        "旧文/总结.txt": damaged_paper.TEXT.encode(),
        "旧文/登记表.csv": TABLE.encode(),
        "旧文/Thumbs.db": b"x",
    }
    locked = Entry(name="旧文/密.doc".encode("gbk"), flags=1)
    content = raw_zip(
        [*(Entry(name=n.encode("gbk"), data=c, flags=0) for n, c in entries.items()), locked]
    )
    run = taken_in(browser, office, ("科室旧文.zip", content))
    url = reverse("desk:run", kwargs={"uuid": run.uuid})
    page = browser.get(url)
    shown = page.content.decode()
    assert "展开了1个压缩包，取出3个文件，略去文件夹和系统文件1个。" in shown
    assert "科室旧文.zip!/旧文/密.doc" in shown and "设有密码" in shown
    assert page.context["progress"].outcomes == {
        "record": 3,
        "duplicate": 1,
        "rejected": 2,
        "waiting": 0,
    }
    item = run.items.get(file__name="科室旧文.zip!/旧文/总结.txt")
    one = browser.get(reverse("desk:run_item", kwargs={"uuid": run.uuid, "pk": item.pk}))
    assert "来自 科室旧文.zip!/旧文/总结.txt" in one.content.decode()
    lines = browser.get(f"{url}rejects.csv").getvalue().decode()
    assert "科室旧文.zip!/旧文/密.doc" in lines


def test_a_zip_of_the_old_site_at_the_desk(
    office: factories.Office, browser: Client, sign_in: SignIn
) -> None:
    content = raw_zip(
        [
            Entry(name=f"{old_site.HOST}/{name}".encode("gbk"), data=data, flags=0)
            for name, data in old_site.files().items()
        ]
    )
    run = taken_in(browser, office, ("旧网站.zip", content))
    url = reverse("desk:run", kwargs={"uuid": run.uuid})
    page = browser.get(url)
    shown = page.content.decode()
    assert "列表页2个，不是信息，计入未录入；附件3个" in shown and "版面图片4个" in shown
    assert "列表页，不是一条信息：有4个链接" in shown
    done = page.context["progress"]
    assert (done.total, done.outcomes["record"], done.outcomes["duplicate"]) == (8, 5, 1)
    assert done.total == sum(done.outcomes.values()) and done.outcomes["rejected"] == 2
    item = run.items.get(title="关于春节市场供应的通知", outcome="record")
    one = browser.get(reverse("desk:run_item", kwargs={"uuid": run.uuid, "pk": item.pk}))
    shown = one.content.decode()
    assert f"来自 旧网站.zip!/{old_site.HOST}/zwgk/t1.htm" in shown
    assert f"原地址 http://{old_site.HOST}/zwgk/t1.htm" in shown
    assert "附件 2 个" in shown and "P0200801.doc" in shown and "值班表.xls" in shown
    assert "附件“检查表”（missing.pdf）在网站副本里找不到" in shown
    assert item.record is not None
    files = browser.get(reverse("desk:record_files", kwargs={"uuid": item.record.uuid}))
    assert "值班表.xls" in files.content.decode()
    groups = browser.get(reverse("desk:run_findings", kwargs={"uuid": run.uuid}))
    assert "附件找不到" in groups.content.decode()


def test_a_repeat_of_a_draft_that_was_thrown_away_can_be_looked_at(
    office: factories.Office, browser: Client
) -> None:
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    repeat = run.items.get(outcome="duplicate")
    assert repeat.duplicate_of is not None and repeat.duplicate_of.record is not None
    first = repeat.duplicate_of.record
    records.discard(record=first, reason="录错", by=office.clerk, now=factories.NOW)
    page = browser.get(reverse("desk:run_item", kwargs={"uuid": run.uuid, "pk": repeat.pk}))
    assert page.status_code == 200


def test_runs_of_another_body_are_not_found(
    office: factories.Office, browser: Client, sign_in: SignIn
) -> None:
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    stranger = sign_in(factories.office(name="青石区商务局").clerk)
    for name, more in (("run", {}), ("run_files", {}), ("run_item", {"pk": run.items.first().pk})):  # type: ignore[union-attr]
        url = reverse(f"desk:{name}", kwargs={"uuid": run.uuid, **more})
        assert stranger.get(url).status_code == 404


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("/2008-03-01", "2008-03-01 之前"),
        ("2004-01-01/2008-03-01", "2004-01-01 至 2008-03-01 之前"),
        ("2008-03-01/", "2008-03-01 以后"),
        ("/", "全部时段"),
        ("undated", "没有生成日期"),
    ],
)
def test_periods_have_names(key: str, words: str) -> None:
    assert period_words(key) == words


def test_a_mapping_is_typed_without_code_and_used(
    office: factories.Office, sign_in: SignIn, data_dir: Path
) -> None:
    browser = sign_in(office.officer)
    typed = {
        "name": "old_site",
        "label": "旧网站导出表",
        "from_title": "标题、题名",
        "from_document_number": "发文号",
        "from_created_on": "日期",
        "unit_created_on": "text",
    }
    wrong = browser.post("/desk/inventory/mappings/new/", {**typed, "name": "旧网站"})
    assert wrong.status_code == 422 and "小写字母" in wrong.content.decode()
    assert browser.post("/desk/inventory/mappings/new/", typed).status_code == 302
    twice = browser.post("/desk/inventory/mappings/new/", typed)
    assert twice.status_code == 422 and "换一个代号" in twice.content.decode()
    table = "题名,发文号,日期\n关于春节供应的通知,云商字〔2008〕7号,2008年1月20日\n"
    browser.post(
        "/desk/inventory/new/",
        {"mapping": "old_site", "chosen": [SimpleUploadedFile("表.csv", table.encode())]},
    )
    run = InventoryRun.objects.get()
    browser.post(reverse("desk:run_preview", args=[run.uuid]), {"step": "start"})
    while actions.work(run=run, now=factories.NOW):
        pass
    record = run.items.get().record
    assert record is not None
    assert (record.title, record.document_number) == ("关于春节供应的通知", "云商字〔2008〕7号")
    assert str(record.created_on) == "2008-01-20"


def test_codes_are_given_their_meaning(office: factories.Office, sign_in: SignIn) -> None:
    browser = sign_in(office.officer)
    typed = {"name": "coded", "label": "旧库", "from_title": "bt", "from_validity": "yxx"}
    wrong = browser.post("/desk/inventory/mappings/new/", {**typed, "codes_validity": "0、1=失效"})
    assert wrong.status_code == 422 and "“0”没有写明意思" in wrong.content.decode()
    assert 'value="0、1=失效"' in wrong.content.decode(), "kept as typed"
    given = {**typed, "codes_validity": "0 = 有效；1＝失效"}
    assert browser.post("/desk/inventory/mappings/new/", given).status_code == 302
    rule = sources.content("coded")["fields"]["validity"]  # type: ignore[index]
    assert rule == {"path": ["yxx"], "values": {"0": "有效", "1": "失效"}}
    page = browser.get("/desk/inventory/mappings/coded/").content.decode()
    assert "0=有效、1=失效" in page


def test_what_the_form_does_not_show_of_a_mapping_is_kept() -> None:
    for name in ("guangdong_library", "state_council_library", "lishui_page"):
        before = sources.built_in(name)
        form = MappingForm(data={"label": "同一来源", **shown(before)}, is_new=False)
        assert form.is_valid(), form.errors
        after = form.content(before)
        assert read_mapping(after).rules == read_mapping(before).rules, name
        assert after.get("tables", []) == list(before.get("tables", []))  # type: ignore[call-overload]


def test_counts_by_section_open_their_rows(office: factories.Office, browser: Client) -> None:
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    first, second = [item.record for item in run.items.filter(outcome="record").order_by("id")]
    assert first is not None and second is not None
    records.edit(record=first, fields={"section": None}, by=office.officer, now=factories.NOW)
    for address in ("/desk/inventory/", reverse("desk:run", args=[run.uuid])):
        board = browser.get(address).context["board"]
        assert [(line.label, line.total) for line in board.sections] == [
            (office.section.name, 1),
            ("未定科室", 1),
        ]
    page = browser.get(address).content.decode()
    for line, title in zip(board.sections, (second.title, first.title), strict=True):
        (count, query), *_ = reversed(line.cells)
        there = f"{reverse('desk:run_rows', args=[run.uuid])}?{query}"
        assert f'href="{there}"' in page
        listed = browser.get(there).context["page"]
        assert [item.record.title for item in listed] == [title]
        assert count == listed.paginator.count
    every = browser.get(
        "/desk/inventory/rows/?attribute=undetermined&period=/2008-03-01&class=none"
    )
    assert [item.record.title for item in every.context["page"]] == [first.title]
    odd = browser.get("/desk/inventory/rows/?section=9999&period=2008-99-01/&attribute=x")
    assert odd.context["page"].paginator.count == 2


def test_the_report_is_a_page_and_files(office: factories.Office, browser: Client) -> None:
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    there = reverse("desk:run_report", args=[run.uuid])
    assert f'href="{there}"' in browser.get(reverse("desk:run", args=[run.uuid])).content.decode()
    page = browser.get(there).content.decode()
    assert "输入 4 = 登记 2 + 重复 1 + 未录入 1。" in page
    assert "经办甲" in page, "who asked for it"
    for kind, start in (("xlsx", b"PK"), ("json", b'{"report"')):
        answer = browser.get(reverse(f"desk:run_report_{kind}", args=[run.uuid]))
        assert b"".join(answer.streaming_content).startswith(start)  # type: ignore[attr-defined]
        assert f".{kind}" in answer["Content-Disposition"]
    if has_font(()):
        assert browser.get(reverse("desk:run_report_pdf", args=[run.uuid])).content[:5] == b"%PDF-"


def test_the_disclosure_office_begins_with_the_whole_body(
    office: factories.Office, browser: Client, sign_in: SignIn
) -> None:
    form = browser.get("/desk/inventory/new/").context["form"]
    assert form.initial["section"] == office.section.pk and next(iter(form.fields)) == "chosen"
    officer = sign_in(office.officer)
    assert officer.get("/desk/inventory/new/").context["form"].initial["section"] is None
    chosen = [SimpleUploadedFile("登记表.csv", TABLE.encode())]
    covers = [office.section.pk, office.other_section.pk]
    officer.post("/desk/inventory/new/", {"chosen": chosen, "covers_sections": covers})
    assert InventoryRun.objects.get().covers_sections.count() == 2


def test_a_row_knows_its_place_in_the_list_it_came_from(
    office: factories.Office, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_page, "SIZE", 2)
    run = taken_in(browser, office, ("登记表.csv", TABLE.encode()))
    first, second, rejected, repeat = run.items.order_by("id").values_list("pk", flat=True)
    here = reverse("desk:run", args=[run.uuid])
    every = browser.get(f"{here}{rejected}/").context
    way = every["way"]
    assert (way.before, way.behind, every["place"], every["total"]) == (second, repeat, 3, 4)
    assert every["list_url"] == f"{here}?outcome=&page=2#i-{rejected}"
    assert f'id="i-{rejected}"' in browser.get(every["list_url"]).content.decode()
    records = browser.get(f"{here}{second}/?outcome=record").context
    assert (records["way"].before, records["way"].behind, records["place"]) == (first, None, 2)
    assert records["total"] == 2
