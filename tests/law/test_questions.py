"""What people ask and are told: the same for command line, calculator and API."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.law.ics import calendar_text
from gongkai.law.questions import QUESTIONS, Given, Told
from gongkai.law.questions.dates import TERMS
from gongkai.law.questions.model import read_day
from gongkai.law.workdays import Calendar

TODAY = date(2026, 11, 23)


def ask(calendar: Calendar, key: str, **values: str) -> Told:
    return QUESTIONS[key].answer(Given(values, TODAY, lambda: calendar))


def test_due_of_a_reply(calendar: Calendar) -> None:
    told = ask(calendar, "due", term="reply", **{"from": "2026-02-06"})
    assert told.data["on"] == "2026-03-12"
    assert told.data["provisional"] is False
    assert isinstance(told.data["counted"], list)
    assert len(told.data["counted"]) == 20
    assert told.entry == ("答复", date(2026, 3, 12))
    assert any("2026-02-15" in line for line in told.lines)
    extended = ask(calendar, "due", term="reply", extended_by="20", **{"from": "2026-02-06"})
    assert extended.data["on"] == "2026-04-10"


def test_due_of_a_bare_count_and_of_pauses(calendar: Calendar) -> None:
    told = ask(calendar, "due", working_days="20", **{"from": "2026/9/30"})
    assert told.data["on"] == "2026-11-03"
    paused = ask(
        calendar, "due", term="reply", pauses="2026-04-13..2026-04-27", **{"from": "2026-04-01"}
    )
    assert paused.data["on"] == "2026-05-18"
    none = ask(calendar, "due", working_days="1", **{"from": "2026-03-02"})
    assert none.lines == (none.data["sentence"],)


@pytest.mark.parametrize(
    ("term", "start", "on"),
    [
        ("publish", "2018-09-17", "2018-10-12"),
        ("transfer_paper", "2026-09-28", "2026-10-10"),
        ("transfer_electronic", "2026-09-28", "2026-10-30"),
        ("annual_report", "2025-05-05", "2026-01-31"),
        ("annual_report_government", "2025-05-05", "2026-03-31"),
        ("reconsideration", "2026-05-06", "2026-07-06"),
        ("lawsuit", "2026-06-01", "2026-12-01"),
        ("fee_payment", "2026-04-10", "2026-05-12"),
        ("supplement_notice", "2026-04-01", "2026-04-13"),
        ("rereview", "2026-03-02", "2027-03-02"),
    ],
)
def test_due_of_every_kind(calendar: Calendar, term: str, start: str, on: str) -> None:
    told = ask(calendar, "due", term=term, region="11", **{"from": start})
    assert told.data["on"] == on
    assert term in dict(TERMS)


def test_law_of_another_day(calendar: Calendar) -> None:
    told = ask(calendar, "due", term="reply", law_of="2019-05-14", **{"from": "2019-05-15"})
    assert "第492号" in str(told.data["basis"])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "请填写起算日期"),
        ({"from": "2026-02-30"}, "“2026-02-30”不是日期"),
        ({"from": "2026-02-06"}, "请选择"),
        ({"from": "2026-02-06", "term": "x"}, "没有“x”这个选项"),
        ({"from": "2026-02-06", "working_days": "-3"}, "“-3”不是数目"),
        ({"from": "2026-02-06", "working_days": "9999999999"}, "不是数目"),
        ({"from": "2026-02-06", "term": "reply", "extended_by": "21"}, "最长20个工作日"),
        ({"from": "2026-02-06", "term": "reply", "pauses": "2026-02-07"}, "不是一段期间"),
        (
            {"from": "2026-02-06", "term": "reply", "pauses": "2026-02-08..2026-02-07"},
            "结束早于开始",
        ),
        ({"from": "2007-02-06", "term": "reply"}, "尚未施行"),
        ({"from": "2010-02-06", "term": "third_party"}, "没有规定"),
    ],
)
def test_what_cannot_be_answered_says_why(
    calendar: Calendar, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        ask(calendar, "due", **values)


@pytest.mark.parametrize("text", ["2026-02-06", "2026/2/6", "2026.2.6", "2026年2月6日", "20260206"])
def test_days_as_people_write_them(text: str) -> None:
    assert read_day(text, "from") == date(2026, 2, 6)


def test_receipt_and_the_reply_that_follows(calendar: Calendar) -> None:
    open_ = ask(calendar, "receipt", channel="web", arrived="2026-03-02")
    assert open_.data["on"] is None
    assert "联系确认" in open_.lines[0]
    told = ask(calendar, "receipt", channel="web", arrived="2026-03-02", confirmed="2026-03-04")
    assert told.data["on"] == "2026-03-04"
    due = told.data["reply_due"]
    assert isinstance(due, dict)
    assert due["on"] == "2026-04-01"
    old = ask(calendar, "receipt", channel="other", arrived="2016-03-02", promised="2016-03-03")
    assert old.data["on"] == "2016-03-03"


def test_fee(calendar: Calendar) -> None:
    assert ask(calendar, "fee", items="31").data["amount"] == 2200
    assert ask(calendar, "fee", pages="201").data["amount"] == 2740
    both = ask(calendar, "fee", items="1", earlier="14", pages="60")
    assert (both.data["by_items"], both.data["by_pages"]) == (100, 300)
    assert both.data["amount"] is None
    assert "只能选择一种" in both.lines[-1]
    with pytest.raises(Refusal, match="件数或者页数"):
        ask(calendar, "fee")
    with pytest.raises(Refusal, match="没有信息处理费标准"):
        ask(calendar, "fee", items="31", on="2020-12-31")


def test_remedy(calendar: Calendar) -> None:
    told = ask(calendar, "remedy", outcome="refused_deliberative", delivered="2026-06-01")
    assert told.data["lawsuit"] is None
    assert told.entry == ("申请行政复议", date(2026, 7, 31))
    nothing = ask(calendar, "remedy", outcome="other", delivered="2026-06-01")
    assert nothing.entry is None
    either = ask(calendar, "remedy", outcome="not_held", delivered="2026-06-01", body="government")
    assert len(either.lines) == 3


def test_numbers(calendar: Calendar) -> None:
    document = ask(calendar, "document-number", number="门商字[2008]071号")
    assert (document.data["printed"], document.data["year"], document.data["number"]) == (
        "门商字〔2008〕71号",
        2008,
        71,
    )
    index = ask(calendar, "index-number", number="11J025/ZK-2008-000368")
    assert index.data["grammar"] == "beijing"
    assert "district=J" in index.lines[0]
    assert ask(calendar, "index-number", number="abc").lines[0].endswith("原样保存")


def test_calendar_of_a_day_and_of_a_year(calendar: Calendar) -> None:
    worked = ask(calendar, "calendar", day="2026-10-10")
    assert worked.data["workday"] is True
    assert "调休上班" in worked.lines[0]
    assert "暂定" in ask(calendar, "calendar", day="2027-02-05").lines[0]
    assert ask(calendar, "calendar", day="2026-03-02").lines == ("2026-03-02是工作日。",)
    year = ask(calendar, "calendar")
    assert (year.data["year"], year.data["workdays"], year.data["provisional"]) == (
        2026,
        248,
        False,
    )
    assert "暂定" in ask(calendar, "calendar", year="2027").lines[0]
    for wrong in ("0", "9999", "2003"):
        with pytest.raises(Refusal):
            ask(calendar, "calendar", year=wrong)


def test_progress_of_a_case(calendar: Calendar) -> None:
    told = ask(
        calendar,
        "progress",
        received="2026-03-02",
        events="extended@2026-03-20:20，third_party_asked@2026-03-21:2026-03-23",
    )
    assert (told.data["state"], told.data["assumed"]) == ("consulting", True)
    assert any("用满期限" in line for line in told.lines)
    waiting = ask(
        calendar,
        "progress",
        received="2026-04-01",
        events="supplement_asked@2026-04-10:2026-04-24",
    )
    assert (waiting.data["due"], waiting.entry) == (None, None)
    duties = waiting.data["duties"]
    assert isinstance(duties, list)
    assert [d["on"] for d in duties] == ["2026-04-24"]
    replied = ask(calendar, "progress", received="2026-04-01", events="replied@2026-04-30")
    assert (replied.data["on_time"], replied.data["duties"]) == (True, [])


@pytest.mark.parametrize("events", ["x@2026-04-02", "extended", "extended@2026-04-02:x"])
def test_progress_refuses_what_is_no_event(calendar: Calendar, events: str) -> None:
    with pytest.raises(Refusal):
        ask(calendar, "progress", received="2026-04-01", events=events)


def test_every_question_has_chinese_labels() -> None:
    for question in QUESTIONS.values():
        assert question.label
        keys = [f.key for f in question.fields]
        assert len(keys) == len(set(keys))
        assert all(f.label for f in question.fields)


def test_an_entry_for_a_calendar_program() -> None:
    stamp = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    text = calendar_text("答复；逗号,", date(2026, 12, 31), description="字" * 60, stamp=stamp)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "SUMMARY:答复；逗号\\," in lines
    assert text.replace("\r\n ", "").count("字") == 60
    assert text == calendar_text(
        "答复；逗号,", date(2026, 12, 31), description="字" * 60, stamp=stamp
    )
