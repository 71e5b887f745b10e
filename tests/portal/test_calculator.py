"""期限计算器: the law's own dates on a page, drawn and told, and as a calendar file."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.law import in_force
from gongkai.law.clock import ClockEvent, Kind, run
from gongkai.law.due import Pause
from gongkai.orgs import actions as orgs
from gongkai.orgs.queries import calendar
from gongkai.orgs.values import DayOff, NoticeText
from gongkai.portal.calculator.asking import MOST_ROWS
from gongkai.portal.calculator.line import Line, line_of, runs
from gongkai.portal.calculator.modes import MODES

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000
CASE = {
    "mode": "reply", "channel": "web", "arrived": "2026-03-30", "confirmed": "2026-04-01",
    "event1": "opinion_received", "day1": "2026-04-27",
    "event2": "third_party_asked", "day2": "2026-04-13",
}  # fmt: skip


def page(client: Client, status: int = 200, /, **query: str) -> LexborHTMLParser:
    response = client.get("/calculator/", query)
    assert response.status_code == status, response.content.decode()[:500]
    return LexborHTMLParser(response.content.decode())


def text(tree: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(node.text() for node in tree.css(selector)).split())


def days_shown(tree: LexborHTMLParser) -> list[str]:
    return [str(t.attributes["datetime"]) for t in tree.css(".dated-day time")]


def test_the_page_is_there_and_led_to(client: Client) -> None:
    tree = page(client)
    assert [a.text() for a in tree.css(".tabs a")] == [str(m.label) for m in MODES.values()]
    assert tree.css_first(".answer") is None
    assert tree.css_first("form input[name=arrived][type=date]") is not None
    names = {str(m.attributes["name"]) for m in tree.css("meta[name]")}
    assert {"SiteName", "ColumnName", "ColumnType"} <= names
    for address in ("/", "/requests/"):
        assert 'href="/calculator/"' in client.get(address).content.decode()


def test_the_answer_is_that_of_the_clock(client: Client) -> None:
    """Events may be told in any order; page, law and picture say the same day."""
    tree = page(client, **CASE)
    law = in_force(date(2026, 4, 1))
    events = [
        ClockEvent(Kind.THIRD_PARTY_ASKED, date(2026, 4, 13)),
        ClockEvent(Kind.OPINION_RECEIVED, date(2026, 4, 27)),
    ]
    due = run(date(2026, 4, 1), events, law=law, calendar=calendar()).due
    assert due is not None
    assert days_shown(tree) == [due.on.isoformat()] == ["2026-05-18"]
    assert due.sentence() in text(tree, ".dated")
    assert "第三十一条第（三）项" in text(tree, ".answer")
    facts = text(tree, ".line-facts")
    assert f"{len(due.counted)}天" in facts
    assert "征求第三方意见期间不计" in facts
    assert "清明节" in facts
    assert "清明节（2026年放假安排，据chinesecalendar" in facts
    signs = [node.text() for node in tree.css(".day-line .sign")]
    assert (signs[0], signs[-1]) == ("起", "20止")
    assert sum(s.rstrip("止班").isdigit() for s in signs) == 20
    assert len(tree.css(".day-line circle")) == 2
    rows = tree.css(".line-facts details tbody tr")
    assert len(rows) == len(signs) == (due.on - due.start).days + 1
    assert "2026年5月9日：劳动节调休上班" in facts


def test_a_weekend_worked_is_counted_and_says_by_which_notice(client: Client) -> None:
    tree = page(client, mode="workdays", **{"from": "2026-02-06"}, working_days="20")
    assert days_shown(tree) == ["2026-03-12"]
    assert "2026年2月14日、28日：春节调休上班" in text(tree, ".line-facts")
    assert len(tree.css("g.makeup")) == 2
    assert "2026年2月15日至23日" in text(tree, ".line-facts")


def test_waiting_for_confirmation_names_no_day(client: Client) -> None:
    tree = page(client, mode="reply", channel="fax", arrived="2026-03-30")
    assert days_shown(tree) == []
    assert "还没有确认" in text(tree, ".answer")
    assert tree.css_first("svg") is None
    assert (
        client.get("/calculator.ics?mode=reply&channel=fax&arrived=2026-03-30").status_code == 404
    )


def test_a_supplement_starts_anew_and_what_went_before_is_shown(client: Client) -> None:
    tree = page(
        client, mode="reply", channel="counter", arrived="2026-04-01",
        event1="supplement_asked", day1="2026-04-08", detail1="2026-04-24",
        event2="supplemented", day2="2026-04-20",
    )  # fmt: skip
    assert days_shown(tree) == ["2026-05-20"]
    assert len(tree.css("g.void")) == 19
    assert "重新起算后不再计算" in text(tree, ".line-facts")


def test_duties_tell_who_must_act_and_what_silence_means(client: Client) -> None:
    tree = page(
        client, mode="reply", channel="counter", arrived="2026-04-01",
        event1="fee_noticed", day1="2026-04-10",
    )  # fmt: skip
    assert "等待缴费" in text(tree, ".answer")
    assert "视为放弃申请" in text(tree, "table")
    assert [t.attributes["datetime"] for t in tree.css("table.stacked time")][-1] == "2026-05-12"


def test_days_without_a_notice_are_provisional(client: Client) -> None:
    query = {"mode": "workdays", "from": "2027-03-01", "working_days": "5"}
    tree = page(client, **query)
    assert days_shown(tree) == ["2027-03-08"]
    assert text(tree, ".dated-day .tag") == "暂定"
    assert "还没有公布" in text(tree, ".notice")
    off = (DayOff(date(2027, 3, 3), "调休"),)
    notice = NoticeText(2027, "国办发明电〔2026〕9号", off, issued_on=date(2026, 11, 20))
    orgs.load_notice(notice=notice, by=None, now=datetime(2026, 11, 23, tzinfo=UTC))
    tree = page(client, **query)
    assert days_shown(tree) == ["2027-03-09"]
    assert tree.css_first(".dated-day .tag") is None
    assert "调休（国办发明电〔2026〕9号）" in text(tree, ".line-facts")


@pytest.mark.parametrize(
    ("query", "days", "words"),
    [
        ({"mode": "publish", "from": "2008-12-24"}, ["2009-01-22"], "第十八条"),
        ({"mode": "publish", "from": "2018-09-17", "region": "11"}, ["2018-10-12"], "北京市"),
        ({"mode": "remedy", "outcome": "refused_deliberative", "delivered": "2026-06-01"},
         ["2026-07-31"], "先向本级人民政府申请行政复议"),
        ({"mode": "remedy", "outcome": "not_held", "delivered": "2026-06-01"},
         ["2026-07-31", "2026-12-01"], "提起行政诉讼"),
        ({"mode": "remedy", "outcome": "other", "delivered": "2026-06-01"}, [], "没有救济告知"),
        ({"mode": "fee", "items": "31"}, [], "2,200元"),
        ({"mode": "fee", "pages": "201"}, [], "2,740元"),
        ({"mode": "fee", "items": "1", "earlier": "14", "pages": "60"}, [], "只能选择一种"),
    ],
)  # fmt: skip
def test_the_other_ways_of_asking(
    client: Client, query: dict[str, str], days: list[str], words: str
) -> None:
    tree = page(client, **query)
    assert days_shown(tree) == days
    assert words in text(tree, ".answer")


def test_the_bands_of_the_fee_are_shown(client: Client) -> None:
    assert "第31件以上200元/件，每增加10件提高100元" in text(
        page(client, mode="fee", items="1"), ".bands"
    )


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"mode": "reply", "channel": "", "arrived": "soon"}, ["channel", "arrived"]),
        ({"mode": "reply", "channel": "tea", "arrived": "2026-03-30"}, ["channel"]),
        ({"mode": "reply", "channel": "web", "arrived": "2026-03-30", "confirmed": "2026-03-29"},
         ["confirmed"]),
        ({**CASE, "day1": "2026-02-30", "event3": "replied"}, ["day1", "day3"]),
        ({**CASE, "event1": "", "detail1": "5"}, ["event1"]),
        ({**CASE, "event1": "x@y,z", "day2": ""}, ["event1", "day2"]),
        ({**CASE, "event2": "fee_paid"}, ["event2"]),
        ({**CASE, "event3": "extended", "day3": "2026-04-28"}, ["detail3"]),
        ({**CASE, "event3": "extended", "day3": "2026-04-28", "detail3": "²"}, ["detail3"]),
        ({**CASE, "event3": "extended", "day3": "2026-04-28", "detail3": "21"}, ["event3"]),
        ({**CASE, "event3": "delayed", "day3": "2026-04-28", "detail3": "morgen"}, ["detail3"]),
        ({**CASE, "event3": "replied", "day3": "2026-04-28", "detail3": "1"}, ["detail3"]),
        ({"mode": "publish", "from": ""}, ["from"]),
        ({"mode": "publish", "from": "2007-01-01"}, []),
        ({"mode": "publish", "from": "9999-12-31"}, ["from"]),
        ({"mode": "workdays", "from": "2026-01-01", "working_days": "501"}, ["working_days"]),
        ({"mode": "workdays", "from": "2026-01-01", "working_days": "-1"}, ["working_days"]),
        ({"mode": "workdays", "from": "2026-01-01", "working_days": HUGE}, ["working_days"]),
        ({"mode": "workdays", "from": "2045-01-01", "working_days": "5"}, []),
        ({"mode": "remedy", "outcome": "x", "delivered": "2026-06-01"}, ["outcome"]),
        ({"mode": "fee", "earlier": "3"}, ["items"]),
        ({"mode": "fee", "items": "10001"}, ["items"]),
        ({"mode": "fee", "items": "3", "on": "2020-12-31"}, []),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    client: Client, query: dict[str, str], wrong: list[str]
) -> None:
    tree = page(client, 400, **query)
    assert tree.css_first(".answer") is None
    errors = [
        str(e.attributes["id"]).removesuffix("-error") for e in tree.css("span.error-message")
    ]
    assert errors == wrong
    listed = [str(a.attributes["href"]) for a in tree.css(".error-summary a")]
    assert listed == [f"#{name}" for name in wrong]
    assert len(tree.css(".error-summary li")) == max(len(wrong), 1)
    for name, value in query.items():
        field = tree.css_first(f"form [name={name}]:not([name=q])")
        assert field is not None, name
        if field.tag == "input" and name != "mode":
            assert field.attributes["value"] == value[:250]
        elif field.tag == "select" and value and not re.search("tea|x", value):
            chosen = field.css_first("option[selected]")
            assert chosen is not None
            assert chosen.attributes["value"] == value


def test_a_day_written_another_way_is_understood_and_kept(client: Client) -> None:
    tree = page(client, mode="publish", **{"from": "2008年12月24日"})
    assert days_shown(tree) == ["2009-01-22"]
    field = tree.css_first("input[name=from]")
    assert field is not None
    assert (field.attributes["type"], field.attributes["value"]) == ("text", "2008年12月24日")


def test_there_is_always_a_row_more_up_to_a_bound(client: Client) -> None:
    assert len(page(client).css(".event")) == 3
    assert len(page(client, **CASE, event3="replied", day3="2026-05-11").css(".event")) == 4
    full = {f"event{n}": "reasons_asked" for n in range(1, 40)}
    days = {f"day{n}": "2026-04-20" for n in range(1, 40)}
    assert len(page(client, **{**CASE, **full, **days}).css(".event")) == MOST_ROWS


def test_what_is_typed_cannot_become_part_of_the_page(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    response = client.get("/calculator/", {"mode": evil, "arrived": evil, "day1": evil})
    assert b"<script>alert" not in response.content
    assert response["X-Robots-Tag"] == "noindex"
    assert client.post("/calculator/").status_code == 405


def lines_of(content: bytes) -> list[str]:
    """The content lines of RFC 5545 §3.1, unfolded; every physical line checked."""
    assert content.endswith(b"\r\n")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    for line in physical:
        line.decode("utf-8")
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


PROPERTY = re.compile(r"[A-Z-]+(?:;[A-Z]+=[A-Z]+)*:(?:\\[\\;,nN]|[^\\\x00-\x08\x0b-\x1f])*")


def entries_of(content: bytes) -> list[dict[str, str]]:
    """Each VEVENT as name → value, nested parts well closed."""
    open_parts: list[str] = []
    found: list[dict[str, str]] = []
    for line in lines_of(content):
        assert PROPERTY.fullmatch(line), line
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_parts.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts == ["VCALENDAR", "VEVENT"]:
            assert name not in found[-1]
            found[-1][name] = value
    assert open_parts == []
    return found


def test_the_calendar_file_has_one_entry_for_each_open_duty(client: Client) -> None:
    link = page(client, **CASE).css_first('a[href^="/calculator.ics?"]')
    assert link is not None
    address = str(link.attributes["href"])
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    entries = entries_of(response.content)
    assert [e["DTSTART;VALUE=DATE"] for e in entries] == ["20260518", "20260413"]
    assert entries[0]["DTEND;VALUE=DATE"] == "20260519"
    assert "http://testserver/calculator/?mode=reply" in entries[0]["DESCRIPTION"]
    for entry in entries:
        assert {"UID", "DTSTAMP", "SUMMARY", "STATUS"} <= set(entry)
        assert re.fullmatch(r"[0-9a-f]{32}@testserver", entry["UID"])
        assert re.fullmatch(r"\d{8}T\d{6}Z", entry["DTSTAMP"])
    assert [e["UID"] for e in entries_of(client.get(address).content)] == [
        e["UID"] for e in entries
    ]
    assert len({e["UID"] for e in entries}) == 2


def test_an_entry_moves_with_the_notice_and_keeps_its_uid(client: Client) -> None:
    address = "/calculator.ics?mode=workdays&from=2027/3/1&working_days=5"
    before = entries_of(client.get(address).content)[0]
    assert before["STATUS"] == "TENTATIVE"
    off = (DayOff(date(2027, 3, 3), "调休"),)
    notice = NoticeText(2027, "国办发明电〔2026〕9号", off, issued_on=date(2026, 11, 20))
    orgs.load_notice(notice=notice, by=None, now=datetime(2026, 11, 23, tzinfo=UTC))
    after = entries_of(client.get(address.replace("2027/3/1", "2027-03-01")).content)[0]
    assert (after["STATUS"], after["UID"]) == ("CONFIRMED", before["UID"])
    assert after["DTSTART;VALUE=DATE"] == "20270309"


def test_a_calendar_file_of_nothing(client: Client) -> None:
    for query in ("", "mode=fee&items=x", "mode=publish&from=soon"):
        response = client.get(f"/calculator.ics?{query}")
        assert (response.status_code, response["Content-Type"][:9]) == (400, "text/html"), query
    assert client.get("/calculator.ics?mode=fee&items=3").status_code == 404


def line(due_days: int, start: date, *pauses: Pause) -> Line:
    return line_of(calendar().count_from(start, due_days, pauses=pauses))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(
    start=st.dates(date(2008, 5, 1), date(2026, 6, 1)),
    count=st.integers(1, 60),
    pause=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_every_day_is_drawn_once_and_adds_up(
    start: date, count: int, pause: tuple[int, int]
) -> None:
    after = start + timedelta(days=pause[0])
    drawn = line(count, start, Pause(after, after + timedelta(days=pause[1]), "征求意见"))
    days = [day.day for day in drawn.days]
    assert days == [start + timedelta(days=n) for n in range(len(days))]
    assert drawn.counted == count
    assert drawn.counted + sum(left.count for left in drawn.left) == len(days) - 1
    assert [box.day for box in drawn.boxes] == list(drawn.days)
    assert len({(box.x, box.y) for box in drawn.boxes}) == len(days)
    assert all(box.x + drawn.box_width <= drawn.width for box in drawn.boxes)
    assert all(box.y + drawn.box_height <= drawn.height for box in drawn.boxes)
    for one, two in pairwise(drawn.boxes):
        assert two.y > one.y if two.day.day.weekday() == 0 else two.y == one.y
    assert drawn.days[-1].kind == "due"
    assert all(day.words for day in drawn.days)


def test_a_long_term_is_told_and_not_drawn() -> None:
    assert line(300, date(2025, 1, 2)).boxes == ()
    assert len(line(300, date(2025, 1, 2)).days) > 400


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2026, 2, 15), date(2026, 2, 16), date(2026, 2, 17)], "2026年2月15日至17日"),
        ([date(2026, 2, 28), date(2026, 3, 1)], "2026年2月28日至3月1日"),
        ([date(2026, 12, 31), date(2027, 1, 1)], "2026年12月31日至2027年1月1日"),
        ([date(2026, 2, 1), date(2026, 2, 3), date(2026, 4, 4)], "2026年2月1日、3日、4月4日"),
        ([], ""),
    ],
)
def test_runs_of_days_as_people_write_them(days: list[date], words: str) -> None:
    assert runs(days) == words


def test_the_page_in_english_keeps_the_sentences_of_the_law(client: Client) -> None:
    client.cookies["django_language"] = "en"
    tree = page(client, **CASE)
    assert text(tree, ".tabs a[aria-current]") == "Reply"
    assert "weekend" in text(tree, ".line-facts")
    assert "截止于2026年5月18日" in text(tree, ".dated")
