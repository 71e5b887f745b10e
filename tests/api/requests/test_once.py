"""The same call twice does one thing; two callers at once do not run over each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gongkai.api.actions import forget_answers
from gongkai.api.models import KeptAnswer
from gongkai.disclosure.models import DisclosureRequest, SealedFile, SearchEntry
from gongkai.journal.models import Entry
from tests import factories
from tests.api.requests.conftest import FILING, Moves, Program, filed, program

AT_ONCE = 4
SEARCH = {"place": "档案室", "terms": "合同", "found": "没有", "on": "2026-11-02"}


def at_once(work: Callable[[int], Any], times: int = AT_ONCE) -> list[Any]:
    """The work by several threads, each with a database connection of its own."""

    def done(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(done, range(times)))


@pytest.mark.django_db
def test_a_repeated_call_gets_the_first_answer(desk: Program, on_day: Moves) -> None:
    first = desk.call("post", "", FILING, **{"Idempotency-Key": "k-1"})
    again = desk.call("post", "", FILING, **{"Idempotency-Key": "k-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content and again.json()["secret"]
    assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert again["ETag"] == first["ETag"]
    assert DisclosureRequest.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM api_keptanswer")
        (kept,) = cursor.fetchone()
    assert kept and first.json()["secret"] not in kept and "梅花街" not in kept


@pytest.mark.django_db
def test_a_key_stands_for_one_call_of_one_token(
    desk: Program, office: factories.Office, on_day: Moves
) -> None:
    case = filed(desk)
    desk.post(f"{case}/search", SEARCH, key="k-1")
    other = desk.post(f"{case}/search", {**SEARCH, "place": "别处"}, status=409, key="k-1")
    assert other["code"] == "api.key_reused"
    assert desk.post(f"{case}/withdraw", status=409, key="k-1")["code"] == "api.key_reused"
    program(office.officer).post(f"{case}/search", SEARCH, key="k-1")
    assert SearchEntry.objects.count() == 2
    on_day(11, 4)
    desk.post(f"{case}/search", SEARCH, key="k-1")
    assert SearchEntry.objects.count() == 3, "a key is remembered for a day"


@pytest.mark.django_db
def test_a_refused_call_leaves_no_key_behind(desk: Program) -> None:
    case = filed(desk)
    before = Entry.objects.count()
    assert desk.post(f"{case}/close", status=409, key="k-1")["code"] == "flow.not_from_here"
    assert not KeptAnswer.objects.exists() and Entry.objects.count() == before
    assert desk.post(f"{case}/close", status=409, key="k-1")["code"] == "flow.not_from_here"


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 101, "键", "a\tb"])
def test_an_unusable_key_is_refused(desk: Program, key: str) -> None:
    header = key.encode().decode("latin-1")
    assert desk.post("", FILING, status=400, key=header)["code"] == "api.key"


@pytest.mark.django_db
def test_kept_answers_are_forgotten_after_a_day(desk: Program) -> None:
    desk.post("", FILING, key="k-1")
    moment = KeptAnswer.objects.get().kept_at
    assert forget_answers(now=moment + timedelta(hours=24)) == 0
    assert forget_answers(now=moment + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_repeats_do_it_once(desk: Program) -> None:
    case = filed(desk)
    key = {"Idempotency-Key": "k-1"}
    answers = at_once(lambda _: desk.call("post", f"{case}/search", SEARCH, **key))
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert SearchEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_filings_with_one_key_make_one_request(desk: Program) -> None:
    key = {"Idempotency-Key": "k-1"}
    answers = at_once(lambda _: desk.call("post", "", FILING, **key))
    assert len({answer.json()["secret"] for answer in answers}) == 1
    assert DisclosureRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_callers_at_once_one_ends_the_case(desk: Program, office: factories.Office) -> None:
    case = filed(desk)
    other = program(factories.person("公开戊", "disclosure_office", office.body))
    both = (desk, other)
    answers = at_once(lambda n: both[n].call("post", f"{case}/withdraw", {}), 2)
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    late = next(answer.json() for answer in answers if answer.status_code == 409)
    assert late["code"] == "flow.not_from_here" and "请刷新" in late["sentence"]


@pytest.mark.django_db(transaction=True)
def test_of_two_callers_with_one_version_one_goes_on(desk: Program) -> None:
    """Both read the same; whoever comes second is told, and nothing of his is done."""
    case = filed(desk)
    read = desk.call("get", case)
    assert read["ETag"] == f'"{read.json()["version"]}"'

    def act(number: int) -> Any:
        body = {**SEARCH, "place": f"第{number}处"}
        return desk.call("post", f"{case}/search", body, **{"If-Match": read["ETag"]})

    answers = at_once(act)
    assert sorted(a.status_code for a in answers) == [201] + [412] * (AT_ONCE - 1)
    assert SearchEntry.objects.count() == 1
    done = next(a for a in answers if a.status_code == 201)
    assert done["ETag"] == desk.call("get", case)["ETag"]
    assert act(9).json()["code"] == "api.changed"
    third = desk.call("post", f"{case}/search", SEARCH, **{"If-Match": done["ETag"]})
    assert third.status_code == 201, "the answer to a deed carries the version to go on with"


@pytest.mark.django_db
def test_a_deed_refused_halfway_leaves_nothing(desk: Program, on_day: Moves) -> None:
    """The proof put into the case with a service goes when the service is refused."""
    case = filed(desk)
    letter = desk.post(f"{case}/letters", {"kind": "receipt"})["letter"]
    proof = {"name": "凭证.pdf", "content": "JVBERi0x", "part": "evidence"}
    how = {"way": "handed", "signed_on": "2026-11-02", "evidence": proof}
    at = f"{case}/letters/{letter['uuid']}"
    before = json.dumps(desk.get(case)["files"])
    assert desk.post(f"{at}/serve", how, status=409)["code"] == "flow.not_from_here"
    assert json.dumps(desk.get(case)["files"]) == before
    assert not SealedFile.objects.exists()
