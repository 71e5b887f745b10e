"""Lists, figures and files: narrowed, in bounded pages, of what the caller may see alone."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.journal.models import Entry
from tests import factories
from tests.api.requests.conftest import FILING, Moves, Program, filed, pdf
from tests.api.requests.test_whole_case import sound

pytestmark = pytest.mark.django_db


def numbers(answer: Any) -> list[str]:
    return [row["uuid"] for row in answer["requests"]]


@pytest.fixture
def five(desk: Program, office: factories.Office, on_day: Moves) -> list[str]:
    """Five of five days, the oldest first: one assigned, one withdrawn, one to be confirmed."""
    made = []
    for day in (2, 3, 4, 5, 6):
        on_day(11, day)
        channel = "fax" if day == 6 else "counter"
        made.append(filed(desk, arrived_on=f"2026-11-{day:02d}", channel=channel)[1:])
    desk.post(f"/{made[1]}/assign", {"section": "fagui", "case_officer": office.clerk.username})
    desk.post(f"/{made[2]}/withdraw")
    return made


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("", [4, 3, 2, 1, 0]),
        ("?state=open", [4, 3, 1, 0]),
        ("?state=closed", [2]),
        ("?state=awaiting_confirmation", [4]),
        ("?section=fagui", [1]),
        ("?section=none", []),
        ("?officer=nobody", []),
        ("?channel=fax", [4]),
        ("?outcome=other", [2]),
        ("?due=unassigned", [4, 3, 0]),
        ("?due=overdue", []),
        ("?due=letters", []),
        ("?received_from=2026-11-03&received_to=2026-11-04", [2, 1]),
    ],
)
def test_the_list_is_narrowed(desk: Program, five: list[str], query: str, which: list[int]) -> None:
    assert numbers(sound(desk.get(query), "List")) == [five[n] for n in which]


def test_what_presses_and_by_number(desk: Program, five: list[str], on_day: Moves) -> None:
    number = desk.get(f"/{five[3]}")["receipt_number"]
    assert numbers(desk.get(f"?number={number.lower()}")) == [five[3]]
    on_day(11, 27)
    assert numbers(desk.get("?due=week")) == [five[n] for n in (3, 1, 0)]
    on_day(12, 1)
    assert numbers(desk.get("?due=overdue")) == [five[0]]


def test_pages_are_told_by_the_last_row(desk: Program, five: list[str]) -> None:
    seen, after = [], ""
    for _ in range(3):
        page = desk.get(f"?size=2{after}")
        seen += numbers(page)
        after = f"&after={page['next']}"
    assert seen == five[::-1] and page["next"] is None


def test_the_due_list_is_in_the_order_of_days(desk: Program, five: list[str]) -> None:
    whole = sound(desk.get("/due"), "DueList")
    assert numbers(whole) == [five[n] for n in (0, 1, 3, 4)], "what has no due date stands last"
    assert [duty["kind"] for duty in whole["requests"][0]["duties"]][-1] == "reply"
    seen, after = [], ""
    for _ in range(4):
        page = desk.get(f"/due?size=1{after}")
        seen += numbers(page)
        after = f"&after={page['next']}"
    assert seen == numbers(whole) and page["next"] is None
    assert numbers(desk.get("/due?within=24")) == [five[0]]


def test_figures_are_of_what_may_be_seen(desk: Program, clerk: Program, five: list[str]) -> None:
    told = sound(desk.get("/statistics"), "Statistics")
    assert (told["open"], told["states"]["closed"], told["outcomes"]) == (4, 1, {"other": 1})
    assert (told["replied_in_time"], told["replied_late"]) == (1, 0)
    assert desk.get("/statistics?received_from=2026-11-05")["open"] == 1
    assert clerk.get("/statistics")["open"] == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?state=tea", "state"),
        ("?size=0", "size"),
        ("?size=101", "size"),
        ("?size=99999999999999999999", "size"),
        ("?size=-1", "size"),
        ("?after=7", "after"),
        ("?received_from=soon", "received_from"),
        ("?received_from=0001-01-01", "received_from"),
        ("?form=x", "form"),
        ("?state=open&state=all", "state"),
        ("?number=%00", "number"),
        ("/due?within=0", "within"),
        ("/register", "year"),
        ("/register?year=2026&format=pdf", "format"),
        ("/register?year=2026&body=none", "body"),
    ],
)
def test_a_wrong_parameter_is_named(desk: Program, query: str, field: str) -> None:
    refused = sound(desk.get(query, status=400), "Refusal")
    assert list(refused["fields"]) == [field]


def test_the_register_leaves_by_its_office_alone(
    desk: Program, clerk: Program, five: list[str]
) -> None:
    plain = desk.call("get", "/register?year=2026")
    text = plain.content.decode("utf-8-sig")
    assert len(text.splitlines()) == 6 and "赵小满" not in text and FILING["subject"] not in text
    assert "attachment" in plain["Content-Disposition"] and plain["Cache-Control"] == "no-store"
    assert not Entry.objects.filter(event="request.register_exported").exists()
    whole = desk.call("get", "/register?year=2026&personal=true&format=xlsx")
    assert whole.content.startswith(b"PK")
    line = Entry.objects.get(event="request.register_exported")
    assert line.data["count"] == 5 and line.actor_name == "公开丁"
    assert len(desk.call("get", "/register?year=2025").content.splitlines()) == 1
    assert clerk.get("/register?year=2026", status=403)["code"] == "request.not_exporter"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": ["web"]}, "channel"),
        ({"kind": None}, "kind"),
        ({"arrived_on": "2026-11-03"}, "arrived_on"),
        ({"arrived_on": 20261102}, "arrived_on"),
        ({"arrived_on": "9999-12-31"}, "arrived_on"),
        ({"subject": "很" * 301}, "subject"),
        ({"subject": "\x00"}, "subject"),
        ({"subject": "\ud800"}, "subject"),
        ({"subject": {"a": 1}}, "subject"),
        ({"own_records": "yes"}, "own_records"),
        ({"wants": True}, "wants"),
        ({"body": "none"}, "body"),
        ({"files": {}}, "files"),
        ({"files": [{"name": "x.pdf", "content": "§"}]}, "files"),
        ({"files": [{"name": "x.pdf"}]}, "files"),
        ({"files": [pdf("x.exe", "filed")]}, "files"),
        ({"files": [pdf("x.pdf", "reply")]}, "files"),
        ({"files": [pdf("x.pdf", "filed")] * 21}, "files"),
    ],
)
def test_a_wrong_filing_is_refused_field_by_field(
    desk: Program, changed: dict[str, Any], field: str
) -> None:
    refused = sound(desk.post("", {**FILING, **changed}, status=400), "Refusal")
    assert list(refused["fields"]) == [field]


def test_every_channel_comes_in_and_is_told_what_is_missing(desk: Program, leader: Program) -> None:
    web = desk.post("", {**FILING, "channel": "web", "name": "", "files": []})
    assert web["request"]["state"] == "awaiting_confirmation" and web["request"]["due_on"] is None
    assert "name" in [gap["key"] for gap in web["gaps"]]
    case = f"/{web['request']['uuid']}"
    seen = desk.get(case)
    assert seen["clock"] is None
    why = {deed["key"]: deed["why_not"] for deed in seen["deeds"]}
    assert why["confirm"] == "" and "双方确认" in why["charge"] + why["extend"]
    assert desk.post(f"{case}/office-confirm")["request"]["received_on"] is None
    done = desk.post(f"{case}/confirm", {"on": "2026-11-02"})
    assert done["request"]["received_on"] == "2026-11-02"
    assert leader.post("", FILING, status=403)["code"] == "request.not_registrar"
