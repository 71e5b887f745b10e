"""The law over HTTP: the command line's answers, refusals as JSON, nothing unbounded."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.questions import QUESTIONS
from gongkai.orgs import actions as orgs
from gongkai.orgs.values import DayOff, NoticeText
from gongkai.project import cli

pytestmark = pytest.mark.django_db
ASKED: list[tuple[str, dict[str, str]]] = [
    ("due", {"term": "reply", "from": "2026-02-06"}),
    ("due", {"term": "publish", "from": "2018-09-17", "region": "11"}),
    ("due", {"working_days": "20", "from": "2026-09-30"}),
    ("due", {"term": "reply", "from": "2026-04-01", "pauses": "2026-04-13..2026-04-27"}),
    ("due", {"term": "annual_report", "from": "2025-05-05"}),
    ("due", {"term": "reply", "from": "2026-12-25"}),
    ("due", {"term": "lawsuit", "from": "2026-05-06"}),
    ("receipt", {"channel": "web", "arrived": "2026-03-02"}),
    ("receipt", {"channel": "web", "arrived": "2026-03-02", "confirmed": "2026-03-04"}),
    ("progress", {"received": "2026-03-02"}),
    ("progress", {"channel": "fax", "arrived": "2026-03-02"}),
    (
        "progress",
        {
            "channel": "counter",
            "arrived": "2026-04-01",
            "events": "supplement_asked@2026-04-10:2026-04-24",
        },
    ),
    (
        "progress",
        {
            "received": "2026-03-02",
            "events": "extended@2026-03-20:20,third_party_asked@2026-03-21:2026-03-23",
        },
    ),
    ("progress", {"received": "2026-04-01", "events": "replied@2026-04-30"}),
    ("fee", {"items": "31"}),
    ("fee", {"pages": "201"}),
    ("fee", {"items": "1", "earlier": "14", "pages": "60"}),
    ("remedy", {"outcome": "refused_deliberative", "delivered": "2026-06-01"}),
    ("remedy", {"outcome": "not_held", "delivered": "2026-06-01", "body": "government"}),
    ("remedy", {"outcome": "other", "delivered": "2026-06-01"}),
    ("index-number", {"number": "11J025/ZK-2008-000368"}),
    ("index-number", {"number": "没有规律"}),
    ("document-number", {"number": "门商字[2008]071号"}),
    ("document-number", {"number": "130号"}),
    ("calendar", {"day": "2026-10-10"}),
    ("calendar", {"year": "2026"}),
    ("calendar", {"year": "2027"}),
]


def shell(capsys: pytest.CaptureFixture[str], key: str, values: dict[str, str]) -> Any:
    """What `gongkai law KEY … --json` prints."""
    positional = {f.key for f in QUESTIONS[key].fields if f.positional}
    words = ["law", key, "--json"]
    for name, value in values.items():
        words += [value] if name in positional else [f"--{name.replace('_', '-')}", value]
    assert cli.main(words) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("key", "values"), ASKED)
def test_the_same_answer_as_the_command_line(
    client: Client, capsys: pytest.CaptureFixture[str], key: str, values: dict[str, str]
) -> None:
    response = client.get(f"/api/v1/law/{key}", values)
    assert response.status_code == 200, response.content.decode()
    assert response.json() == shell(capsys, key, values)


def test_known_answers(client: Client) -> None:
    due = client.get("/api/v1/law/due?term=reply&from=2026-02-06").json()
    assert (due["on"], len(due["counted"]), due["provisional"]) == ("2026-03-12", 20, False)
    assert "第三十三条" in due["basis"]
    assert {"day": "2026-02-15", "reason": skipped(due, "2026-02-15")} in due["skipped"]
    assert "春节" in skipped(due, "2026-02-15")
    assert client.get("/api/v1/law/fee?pages=201").json()["amount"] == 2740
    year = client.get("/api/v1/law/calendar/2026").json()
    assert (year["workdays"], year["months"]["10"], year["provisional"]) == (248, 18, False)
    assert client.get("/api/v1/law/calendar/2027").json()["provisional"] is True


def skipped(due: dict[str, Any], day: str) -> str:
    return next(str(s["reason"]) for s in due["skipped"] if s["day"] == day)


def test_a_loaded_notice_counts_at_once(client: Client) -> None:
    address = "/api/v1/law/due?working_days=5&from=2027-03-01"
    assert client.get(address).json()["on"] == "2027-03-08"
    off = (DayOff(date(2027, 3, 3), "调休"),)
    notice = NoticeText(2027, "国办发明电〔2026〕9号", off, issued_on=date(2026, 11, 20))
    orgs.load_notice(notice=notice, by=None, now=datetime(2026, 11, 23, tzinfo=UTC))
    due = client.get(address).json()
    assert (due["on"], due["provisional"]) == ("2027-03-09", False)
    assert "国办发明电〔2026〕9号" in skipped(due, "2027-03-03")


@pytest.mark.parametrize(
    ("address", "code", "field"),
    [
        ("law/due", "question.missing", "from"),
        ("law/due?from=soon&term=reply", "question.not_a_day", "from"),
        ("law/due?from=9999-12-31&term=reply", "question.far_day", "from"),
        ("law/due?from=2026-02-06&term=tea", "question.no_such_choice", "term"),
        ("law/due?from=2026-02-06&working_days=501", "question.too_many", "working_days"),
        ("law/due?from=2026-02-06&working_days=-1", "question.not_a_number", "working_days"),
        ("law/due?form=2026-02-06", "question.unknown_field", "form"),
        ("law/due?from=2026-02-06&from=2026-02-07", "api.twice", "from"),
        ("law/fee?items=10001", "question.too_many", "items"),
        (f"law/fee?items={'9' * 3000}", "question.too_many", "items"),
        (f"law/document-number?number={'9' * 3000}", "question.too_long", "number"),
        ("law/document-number", "question.missing", "number"),
        ("law/progress?received=2026-03-02&events=fee_paid@2026-03-20",
         "clock.no_fee_noticed", "events.1"),
        ("law/calendar/26%C2%B2", "question.not_a_number", "year"),
        (f"law/calendar/{'9' * 3000}", "question.too_many", "year"),
        ("law/calendar/2026?day=2026-10-10", "question.unknown_field", "day"),
    ],
)  # fmt: skip
def test_a_refusal_names_its_field(client: Client, address: str, code: str, field: str) -> None:
    response = client.get(f"/api/v1/{address}")
    refusal = response.json()
    assert (response.status_code, refusal["code"]) == (400, code), refusal
    assert list(refusal) == ["code", "sentence", "basis", "fields"]
    assert field in refusal["fields"]
    assert refusal["sentence"].endswith("。")


def test_a_refusal_of_the_law_names_the_article(client: Client) -> None:
    refusal = client.get("/api/v1/law/due?term=reply&from=2026-02-06&extended_by=21").json()
    assert "第三十三条" in refusal["basis"]
    unknown = client.get("/api/v1/law/due?working_days=5&from=2050-02-06").json()
    assert unknown["code"] == "calendar.unknown_year"
    assert client.get("/api/v1/law/calendar/1999").json()["code"] == "calendar.unknown_year"


def test_other_addresses_and_methods_answer_in_the_same_shape(client: Client) -> None:
    for address in ("/api/", "/api/v1/", "/api/v1/law/tea", "/api/v2/law/due"):
        response = client.get(address)
        assert (response.status_code, response.json()["code"]) == (404, "api.not_found"), address
    response = client.post("/api/v1/law/due")
    assert (response.status_code, response.json()["code"]) == (405, "api.method")
    assert response["Allow"] == "GET, HEAD"


def test_any_site_may_read_it_and_no_cookie_is_set(client: Client) -> None:
    for address in ("/api/v1/law/fee?items=31", "/api/v1/law/fee", "/api/v1/openapi.json"):
        response = client.get(address)
        assert response["Content-Type"] == "application/json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not response.cookies
    assert "no-store" in client.get("/api/v1/law/fee")["Cache-Control"]
    assert client.head("/api/v1/law/fee?items=31").status_code == 200


WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["2026-02-06", "0", "9999-12-31", "1-1-1", "reply", "²", "a@b:c", "..", ","]),
    st.dates().map(str),
    st.integers().map(str),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.sampled_from(sorted(QUESTIONS)), data=st.data())
def test_whatever_is_typed_is_answered_or_refused(
    client: Client, key: str, data: st.DataObject
) -> None:
    values = {}
    for field in QUESTIONS[key].fields:
        choices = st.sampled_from([value for value, _ in field.choices] or [""])
        values[field.key] = data.draw(st.one_of(WORDS, choices))
    response = client.get(f"/api/v1/law/{key}", values)
    assert response.status_code in (200, 400), values
