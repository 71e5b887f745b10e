"""Who gets in: a live token and nothing else; and what each person may see through it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.api.requests import door, writing
from gongkai.journal.models import Entry
from gongkai.orgs import actions
from gongkai.orgs.models import AccessToken
from tests import factories
from tests.api.requests.conftest import FILING, ROOT, Moves, Program, filed, pdf, program
from tests.desk.conftest import BACKEND

pytestmark = pytest.mark.django_db
UNKNOWN = "/00000000-0000-4000-8000-000000000007"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic eDp5", "Token x"])
def test_without_a_live_token_nothing_answers(header: str) -> None:
    for path in ("", "/due", "/openapi.json", "/nothing", UNKNOWN, f"{UNKNOWN}/reply"):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(ROOT + path, headers={"Authorization": header})
            assert (answer.status_code, answer.json()["code"]) == (401, "api.no_token")
            assert answer["WWW-Authenticate"] == "Bearer" and "no-store" in answer["Cache-Control"]


def test_a_signed_in_browser_is_a_stranger_here(office: factories.Office) -> None:
    browser = Client()
    browser.force_login(office.officer, backend=BACKEND)
    for method in ("get", "post"):
        assert getattr(browser, method)(ROOT).status_code == 401


def test_an_ended_or_revoked_token_or_account_is_refused(
    office: factories.Office, desk: Program, on_day: Moves
) -> None:
    desk.get("")
    token = AccessToken.objects.get(person=office.officer)
    actions.revoke_token(token=token, by=office.officer, now=factories.NOW)
    desk.get("", status=401)
    clerk = program(office.clerk)
    clerk.get("")
    actions.deactivate(person=office.clerk, reason="调离", by=None, now=factories.NOW)
    clerk.get("", status=401)


def test_a_token_ends_with_its_time(
    office: factories.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = program(office.clerk)
    end = AccessToken.objects.get().expires_at
    for left, status in ((1, 200), (0, 401)):
        moment = end - timedelta(seconds=left)
        clock = SimpleNamespace(now=lambda moment=moment: moment)
        monkeypatch.setattr(door, "timezone", clock)
        clerk.get("/statistics", status=status)


def test_roles_are_those_of_the_moment(office: factories.Office, desk: Program) -> None:
    case = filed(desk)
    grant = office.officer.grants.get()
    actions.revoke(grant=grant, reason="轮岗", by=None, now=factories.NOW)
    desk.get(case, status=404)
    assert desk.post("", FILING, status=403)["code"] == "request.not_registrar"


def test_what_signing_in_asks_first_is_asked_here_too(
    office: factories.Office, desk: Program
) -> None:
    Authenticator.objects.filter(user=office.officer).delete()
    refused = desk.get("", status=403)
    assert refused["code"] == "api.first_duty" and "第二重验证" in refused["sentence"]
    clerk = program(office.clerk)
    actions.issue_password(person=office.clerk, by=None, now=factories.NOW)
    assert "临时密码" in clerk.get("", status=403)["sentence"]


def test_a_reading_token_changes_nothing(office: factories.Office, desk: Program) -> None:
    case = filed(desk)
    reader = program(office.officer, scope="read")
    assert reader.get(case)["subject"] == FILING["subject"]
    before = Entry.objects.count()
    assert reader.post("", FILING, status=403)["code"] == "api.read_only"
    assert reader.post(f"{case}/withdraw", status=403)["code"] == "api.read_only"
    assert Entry.objects.count() == before


def test_what_a_section_officer_sees(
    office: factories.Office, desk: Program, clerk: Program
) -> None:
    """Nothing before it is his, and of the rest the same answer as of what does not exist."""
    own = filed(desk, files=[pdf("身份证.pdf", "identity")])
    other = filed(desk, subject="别科的事")
    assert clerk.get("")["requests"] == []
    unknown = clerk.get(UNKNOWN, status=404)
    for path in (other, f"{other}/history", f"{other}/outcomes"):
        assert clerk.get(path, status=404) == unknown
    assert clerk.post(f"{other}/withdraw", status=404) == unknown
    desk.post(f"{own}/assign", {"case_officer": office.clerk.username})
    seen = clerk.get(own)
    assert seen["applicant"]["phone"] == FILING["phone"]
    assert seen["applicant"]["identity_number"] == "110" + "*" * 11 + "123X"
    assert [row["uuid"] for row in clerk.get("")["requests"]] == [own[1:]]
    assert clerk.get("/statistics")["open"] == 1
    assert clerk.get(f"?after={other[1:]}", status=400)["code"] == "api.after"
    possible = {deed["key"]: deed for deed in seen["deeds"]}
    assert possible["search"]["possible"] and not possible["assign"]["possible"]
    assert "公开工作机构" in possible["assign"]["why_not"]
    # A file or letter of another case is not found under this one.
    proof = desk.get(own)["files"][0]["uuid"]
    assert desk.call("get", f"{other}/files/{proof}").status_code == 404
    joined = clerk.post(f"{own}/join", {"into": other[1:]}, status=400)
    assert joined["code"] == "api.unknown_row"


def test_the_leader_reads_the_case_but_not_the_person(
    office: factories.Office, desk: Program, leader: Program
) -> None:
    case = filed(desk, files=[pdf("身份证.pdf", "identity")])
    seen = leader.get(case)
    assert seen["applicant"]["name"] == "赵小满" and seen["applicant"]["phone"] is None
    assert seen["applicant"]["identity_number"] is None
    (proof,) = seen["files"]
    assert proof["name"] == "" and proof["opens"] is False
    at = f"{case}/files/{proof['uuid']}"
    assert leader.get(at, status=403)["code"] == "request.file_not_visible"
    assert not Entry.objects.filter(event="request.identity_read").exists()
    assert desk.get(at, status=400)["code"] == "file.no_purpose"
    assert not Entry.objects.filter(event="request.identity_read").exists()
    opened = desk.call("get", f"{at}?purpose=verify")
    assert opened.content.startswith(b"%PDF") and "attachment" in opened["Content-Disposition"]
    line = Entry.objects.get(event="request.identity_read")
    assert line.actor_id == office.officer.pk


def test_another_method_and_other_kinds_of_bodies(desk: Program) -> None:
    assert desk.call("put", "", "{}").status_code == 405
    assert desk.call("get", "/due")["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in desk.call("get", "/due")
    assert desk.call("head", "").status_code == 200
    client = Client()
    given = {"Authorization": f"Bearer {desk.secret}"}
    form = client.post(ROOT, {"channel": "counter"}, headers=given)
    assert (form.status_code, form.json()["code"]) == (415, "api.not_json_type")
    for body in ("{", "[]", '"x"', "\x00", "[" * 100_000):
        broken = client.post(ROOT, body, content_type="application/json", headers=given)
        assert (broken.status_code, broken.json()["code"]) == (400, "api.not_json")


def test_a_body_in_pieces_or_too_large_is_not_taken_for_an_empty_one(
    desk: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = filed(desk)
    client, given = Client(), {"Authorization": f"Bearer {desk.secret}"}
    pieces = client.generic("POST", f"{ROOT}{case}/withdraw", headers={
        **given, "Transfer-Encoding": "chunked"})  # fmt: skip
    assert (pieces.status_code, pieces.json()["code"]) == (411, "api.no_length")
    monkeypatch.setattr(writing, "MOST_BODY", 100)
    assert desk.post("", FILING, status=413)["code"] == "api.too_large"
    assert desk.get(case)["state"] == "accepted"


def test_calls_are_bounded(desk: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CALLS_A_MINUTE", 3)
    assert [desk.call("get", "/statistics").status_code for _ in range(4)] == [200, 200, 200, 429]
    monkeypatch.setattr(door, "WRONG_TOKENS", 2)
    wrong = Program("gongkai_wrong")
    assert [wrong.call("get", "").status_code for _ in range(3)] == [401, 401, 429]


def test_on_the_portals_address_there_is_no_such_thing(desk: Program, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["www.test", "desk.test"]
    settings.GONGKAI_PORTAL_HOSTS, settings.GONGKAI_DESK_HOSTS = ["www.test"], ["desk.test"]
    assert desk.call("get", "", Host="www.test").status_code == 404
    assert desk.call("get", "", Host="desk.test").status_code == 200
