"""What people ask and are told: the same for command line, calculator and API."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.law.ics import Entry, calendar_file
from gongkai.law.questions import QUESTIONS, Told
from gongkai.law.questions.dates import TERMS
from gongkai.law.questions.model import read_day
from gongkai.law.workdays import Calendar

TODAY = date(2026, 11, 23)


def ask(calendar: Calendar, key: str, **values: str) -> Told:
    return QUESTIONS[key].ask(values, today=TODAY, calendar=lambda: calendar)


def first(told: Told) -> tuple[str, date]:
    return told.entries[0].summary, told.entries[0].on


def test_due_of_a_reply(calendar: Calendar) -> None:
    told = ask(calendar, "due", term="reply", **{"from": "2026-02-06"})
    assert told.data["on"] == "2026-03-12"
    assert told.data["provisional"] is False
    assert isinstance(told.data["counted"], list)
    assert len(told.data["counted"]) == 20
    assert first(told) == ("答复", date(2026, 3, 12))
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
        ({"from": "2026-02-06", "working_days": "9999999999"}, "工作日天数最多填500"),
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
    assert first(told) == ("申请行政复议", date(2026, 7, 31))
    nothing = ask(calendar, "remedy", outcome="other", delivered="2026-06-01")
    assert nothing.entries == ()
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
    assert waiting.data["due"] is None
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


def days_of(text: str) -> list[str]:
    return [line.partition(":")[2] for line in text.split("\r\n") if line.startswith("DTSTART")]


def uids_of(text: str) -> list[str]:
    return [line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("UID:")]


STAMP = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)


def test_an_entry_for_a_calendar_program() -> None:
    entry = Entry("reply", "答复；逗号,", date(2026, 12, 31), "字" * 60 + "\n\x07;")
    text = calendar_file([entry], case="a", stamp=STAMP, host="gk.example")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "SUMMARY:答复；逗号\\," in lines
    assert "STATUS:CONFIRMED" in lines
    assert text.replace("\r\n ", "").count("字" * 60 + "\\n\\;\r\n") == 1
    assert uids_of(text)[0].endswith("@gk.example")


def test_an_entry_keeps_its_uid_when_its_day_moves(calendar: Calendar) -> None:
    due = calendar.count_from(date(2026, 12, 28), 5)
    entry = Entry("reply", "答复", due.on, due=due)
    moved = Entry("reply", "答复", due.on + timedelta(days=1))
    text, later = (calendar_file([e], case="a", stamp=STAMP) for e in (entry, moved))
    assert "STATUS:TENTATIVE" in text
    assert uids_of(text) == uids_of(later)
    assert days_of(text) != days_of(later)
    assert uids_of(text) != uids_of(calendar_file([entry], case="b", stamp=STAMP))
    two = calendar_file([entry, Entry("lawsuit", "诉讼", due.on)], case="a", stamp=STAMP)
    assert len(set(uids_of(two))) == 2


def test_a_case_is_the_same_however_it_is_written() -> None:
    case = QUESTIONS["due"].case
    assert case({"from": " 2026-02-06", "term": "reply"}) == case(
        {"term": "reply", "from": "2026-02-06", "region": ""}
    )
    assert case({"term": "reply"}) != case({"term": "publish"})


@pytest.mark.parametrize(
    ("key", "values", "field"),
    [
        ("due", {"form": "2026-02-06"}, "form"),
        ("due", {"from": "2026-02-06", "working_days": "501"}, "working_days"),
        ("due", {"from": "2026-02-06", "working_days": "9" * 5000}, "working_days"),
        ("due", {"from": "9999-12-31", "term": "reply"}, "from"),
        ("due", {"from": "1899-12-31", "term": "reply"}, "from"),
        ("due", {"from": "2026-02-06", "term": "reply", "pauses": "1,"}, "pauses"),
        ("due", {"from": "2026-02-06", "term": "reply", "region": "1" * 201}, "region"),
        (
            "due",
            {"from": "2026-02-06", "term": "reply", "pauses": "2026-03-01..2029-03-01"},
            "pauses",
        ),
        (
            "due",
            {"from": "2022-02-06", "term": "reply", "pauses": "2026-03-01..2026-03-02"},
            "pauses",
        ),
        ("fee", {"items": "10001"}, "items"),
        ("fee", {"pages": "100001"}, "pages"),
        ("receipt", {"channel": "web", "arrived": "2026-03-02", "confirmed": "2026-03-01"},
         "confirmed"),
        ("progress", {}, "received"),
        ("progress", {"received": "2026-03-02", "events": "extended@2026-03-20:²"}, "events.1"),
        ("progress", {"received": "2026-03-02", "events": "replied@2026-03-20,x"}, "events.2"),
        ("progress", {"received": "2026-03-02", "events": "replied@2029-03-20"}, "events.1"),
        (
            "progress",
            {
                "received": "2026-03-02",
                "events": "extended@2026-03-10:5,extended@2026-03-11:5,replied@2026-03-12",
            },
            "events.2",
        ),
        ("progress", {"received": "2026-03-02", "events": "fee_paid@2026-03-20"}, "events.1"),
        ("progress", {"received": "2026-03-02", "events": ",".join(["a"] * 21)}, "events"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(
    calendar: Calendar, key: str, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as caught:
        ask(calendar, key, **values)
    assert list(caught.value.fields) == [field]


def test_progress_from_the_channel_and_the_day_of_arrival(calendar: Calendar) -> None:
    open_ = ask(calendar, "progress", channel="web", arrived="2026-03-02")
    assert (open_.data["state"], open_.data["due"]) == ("awaiting_confirmation", None)
    assert open_.entries == ()
    told = ask(
        calendar,
        "progress",
        channel="web",
        arrived="2026-03-02",
        confirmed="2026-03-04",
        events="fee_noticed@2026-03-10:2026-03-12",
    )
    assert (told.data["received"], told.data["state"]) == ("2026-03-04", "awaiting_fee")
    assert [entry.key for entry in told.entries] == ["supplement_notice", "fee_payment"]
    plain = ask(calendar, "progress", received="2026-03-04")
    assert plain.data["receipt"] is None
    assert [entry.key for entry in plain.entries] == ["reply", "supplement_notice"]


def test_two_consultations_are_told_apart(calendar: Calendar) -> None:
    told = ask(
        calendar,
        "progress",
        received="2026-03-02",
        events="third_party_asked#a@2026-03-10,third_party_asked#b@2026-03-10:2026-03-11,"
        "opinion_received#a@2026-03-13",
    )
    assert told.data["state"] == "consulting"
    late = ask(calendar, "progress", received="2026-04-01", events="replied@2026-07-30")
    assert "答复超过了期限。" in late.lines
