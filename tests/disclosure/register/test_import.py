"""A register in: every row by the law of its day, once, with a report of what was refused."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.register import Report, take_register
from gongkai.disclosure.register_columns import BY_KEY
from gongkai.disclosure.register_file import as_csv, as_xlsx, read_sheet
from gongkai.disclosure.register_rows import ALL_KEYS, PUBLIC_KEYS, register_of, row_of
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.replies import OUTCOMES
from tests import factories
from tests.disclosure.conftest import at

NOW = at(2026, 11, 23)
HEAD = "登记号,收到申请之日,渠道,申请人类型,办理结果,答复日期,延期工作日数,批准延期日期"


@pytest.fixture(autouse=True)
def _db(db: None) -> None:
    """Every test here writes."""


def take(at_body: Any, text: str, *, dry_run: bool = False, name: str = "台账.csv") -> Report:
    sheet = read_sheet(name, text.encode())
    return take_register(body=at_body, sheet=sheet, by=None, now=NOW, dry_run=dry_run)


@pytest.fixture
def body() -> Any:
    return factories.office().body


def test_codes_and_chinese_words(body: Any) -> None:
    text = (
        "received_on,channel,applicant_kind,outcome,replied_on\n"
        "2026-03-02,counter,natural,granted,2026-03-20\n"
        "2026年3月2日,当面提交,商业企业,部分公开（区分处理）,2026/4/27\n"
        "20260302,平信,公民,,\n"
    )
    report = take(body, text)
    assert (report.imported, report.repeated, report.refused) == (3, 0, [])
    assert [row for row, _ in report.requests] == [2, 3, 4]
    first, second, third = DisclosureRequest.objects.filter(body=body).order_by("id")
    assert (first.outcome, first.in_time, first.state) == ("granted", True, "closed")
    # Twenty working days from 2 March end on 30 March; nobody extended.
    assert (second.outcome, second.in_time, second.due_on) == (
        "partly_granted",
        False,
        date(2026, 3, 30),
    )
    assert (third.state, third.received_on) == ("accepted", date(2026, 3, 2))
    assert second.applicant.kind == "business"


def test_one_event_each(body: Any) -> None:
    take(body, f"{HEAD}\nA-1,2026-03-02,counter,natural,予以公开,2026-03-03,,\n")
    names = list(Entry.objects.filter(subject_kind="request").values_list("event", flat=True))
    assert names == ["request.registered"]


def test_an_extension_moves_the_day(body: Any) -> None:
    text = f"{HEAD}\nA-1,2026-03-02,counter,natural,予以公开,2026-04-27,20,2026-03-25\n"
    assert take(body, text).imported == 1
    kept = DisclosureRequest.objects.get(number="A-1")
    assert kept.due_on is not None and kept.due_on >= date(2026, 4, 27)
    assert kept.in_time is True


def test_the_old_law_for_old_rows(body: Any) -> None:
    text = (
        f"{HEAD}\n"
        "B-1,2010-03-01,counter,natural,granted,2010-03-19,,\n"
        "B-2,2010-03-01,counter,natural,refused_internal_affairs,2010-03-19,,\n"
    )
    report = take(body, text)
    assert report.imported == 1
    # Fifteen working days since 1 March 2010, not twenty.
    assert DisclosureRequest.objects.get(number="B-1").due_on == date(2010, 3, 22)
    assert [each.row for each in report.refused] == [3]
    assert "三类内部事务信息" in report.refused[0].sentence


def test_again_changes_nothing(body: Any) -> None:
    text = (
        "received_on,channel,applicant_kind,outcome,replied_on\n"
        + "2026-03-02,counter,natural,granted,2026-03-20\n" * 3
    )
    assert take(body, text).imported == 3
    again = take(body, text + "2026-03-02,counter,natural,granted,2026-03-20\n")
    assert (again.imported, again.repeated) == (1, 3)
    assert DisclosureRequest.objects.count() == 4


def test_a_number_stands_once(body: Any) -> None:
    text = f"{HEAD}\nA-1,2026-03-02,counter,natural,granted,2026-03-20,,\n"
    take(body, text)
    report = take(body, text.replace("2026-03-20", "2026-03-21"))
    assert report.refused[0].column == "number" and "答复日期" in report.refused[0].sentence


def test_numbers_go_on_behind_the_register(body: Any) -> None:
    text = (
        "登记号,收到日期,渠道,申请人类型\n"
        ",2026-03-02,counter,natural\n"
        "依申请〔2026〕7号,2026-03-02,counter,natural\n"
    )
    report = take(body, text)
    assert report.requests == [(2, "依申请〔2026〕8号"), (3, "依申请〔2026〕7号")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",2026-02-30,counter,natural,,,,", "received_on"),
        (",2026-03-02,邮寄,natural,,,,", "channel"),
        (",2026-03-02,counter,,,,,", "applicant_kind"),
        (",2026-03-02,counter,natural,granted,,,", "replied_on"),
        (",2026-03-02,counter,natural,,2026-03-05,,", "outcome"),
        (",2027-03-02,counter,natural,,,,", "received_on"),
        (",2026-03-02,counter,natural,granted,2026-03-01,,", ""),
        (",2026-03-02,counter,natural,granted,2026-04-27,20,", "extended_on"),
        (",2026-03-02,counter,natural,,,25,2026-03-03", ""),
    ],
)
def test_a_bad_row_is_refused_alone(body: Any, line: str, column: str) -> None:
    report = take(body, f"{HEAD}\n{line}\n\n,2026-03-02,counter,natural,,,,\n")
    assert report.imported == 1
    (refused,) = report.refused
    assert (refused.row, refused.column) == (2, column)
    assert refused.sentence.startswith("第2行：") and "。" in refused.sentence
    assert [row for row, _ in report.requests] == [4]


def test_dry_run_keeps_nothing(body: Any) -> None:
    text = f"{HEAD}\n,2026-03-02,counter,natural,,,,\n"
    assert take(body, text, dry_run=True).imported == 1
    assert not DisclosureRequest.objects.exists()


def test_headings_are_needed(body: Any) -> None:
    with pytest.raises(Refusal, match="表头"):
        read_sheet("a.csv", "甲,乙\n1,2\n".encode())
    with pytest.raises(Refusal, match="打不开"):
        read_sheet("a.xlsx", b"not a workbook")


def test_a_workbook_with_a_title_line(body: Any) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, ["依申请公开台账"])
        sheet.write_row(3, 0, ["收到日期", "渠道", "申请人类型", "备注"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(4, 0, at(2026, 3, 2).replace(tzinfo=None), day)
        sheet.write_row(4, 1, ["当面", "自然人", "无"])
        sheet.write_row(5, 0, ["昨天", "当面", "自然人"])
    read = read_sheet("台账.xlsx", stream.getvalue())
    assert read.unknown == ("备注",)
    report = take_register(body=body, sheet=read, by=None, now=NOW)
    assert [row for row, _ in report.requests] == [5]
    assert [each.row for each in report.refused] == [6]


FULL = {
    "number": "旧2025-1",
    "received_on": "2025-03-03",
    "arrived_on": "2025-03-01",
    "channel": "web",
    "applicant_kind": "legal_service",
    "outcome": "refused_third_party",
    "replied_on": "2025-06-03",
    "subject": "=1+1 的合同",
    "name": "某律师事务所",
    "phone": "010-60000000",
    "ground": "trade_secret",
    "supplement_asked_on": "2025-03-05",
    "supplement_due_on": "2025-03-20",
    "supplemented_on": "2025-03-12",
    "third_party_asked_on": "2025-03-14",
    "third_party_opinion": "disagrees",
    "third_party_opinion_on": "2025-03-28",
    "extended_on": "2025-04-07",
    "extended_days": "20",
    "fee_way": "items",
    "fee_yuan": "100",
    "fee_noticed_on": "2025-04-10",
    "fee_paid_on": "2025-04-15",
    "reconsideration_filed_on": "2025-06-20",
    "reconsideration_authority": "云岭区人民政府",
    "reconsideration_outcome": "upheld",
    "reconsideration_ended_on": "2025-08-20",
    "suit_after_filed_on": "2025-09-01",
    "suit_after_outcome": "pending",
}


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_there_and_back(body: Any, write: Any) -> None:
    rows = [dict.fromkeys(ALL_KEYS, "") | FULL]
    name = "a.csv" if write is as_csv else "a.xlsx"
    first = take_register(
        body=body, sheet=read_sheet(name, write(ALL_KEYS, rows)), by=None, now=NOW
    )
    assert first.refused == []
    given = [row_of(request) for request in register_of(body)]
    wanted = rows[0] | {"suit_after_authority": "原台账未载"}
    assert given == [wanted]
    steps = list(register_of(body).get().steps.order_by("id").values_list("kind", flat=True))
    assert steps == [
        "supplement_asked",
        "supplemented",
        "third_party_asked",
        "opinion_received",
        "extended",
        "fee_noticed",
        "fee_paid",
        "replied",
    ]
    public = read_sheet(name, write(PUBLIC_KEYS, given))
    assert take_register(body=body, sheet=public, by=None, now=NOW).repeated == 1
    elsewhere = factories.office().body
    assert take_register(body=elsewhere, sheet=public, by=None, now=NOW).imported == 1
    (there,) = [row_of(request) for request in register_of(elsewhere)]
    assert there == {k: "" if BY_KEY[k].personal else v for k, v in wanted.items()}


def test_every_outcome_can_be_registered(body: Any) -> None:
    lines = [f"{o.key},2026-03-02,counter,natural,{o.label},2026-03-20,," for o in OUTCOMES]
    report = take(body, "\n".join([HEAD, *lines]))
    assert report.refused == []
    kept = DisclosureRequest.objects.filter(body=body).values_list("number", "outcome")
    assert set(kept) == {(o.key, o.key) for o in OUTCOMES}
