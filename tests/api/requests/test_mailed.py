"""A letter mailed and a suggestion declined by the API, as the desk does them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from gongkai.disclosure.actions import releasing
from gongkai.disclosure.models import DisclosureRequest, Letter
from gongkai.queue.run import drain
from tests import factories
from tests.api.requests.conftest import Moves, Program, filed

pytestmark = pytest.mark.django_db
Served = Callable[..., tuple[str, str]]


@pytest.fixture
def served(office: factories.Office, desk: Program, leader: Program) -> Served:
    """A granted reply served in some way: the case and the letter below it."""

    def made(way: str, **filing: str) -> tuple[str, str]:
        case = filed(desk, **filing)
        stated = {"provided": "合同复印件一份"}
        letter = desk.post(f"{case}/reply", {"outcome": "granted", "stated": stated})["letter"]
        at = f"{case}/letters/{letter['uuid']}"
        desk.post(f"{at}/submit")
        leader.post(f"{at}/approve")
        day = {"electronic": "posted_on", "handed": "signed_on"}[way]
        desk.post(f"{at}/serve", {"way": way, day: "2026-11-02"})
        return case, at

    return made


def test_a_letter_served_over_the_net_is_mailed_once(
    served: Served, desk: Program, settings: Any
) -> None:
    _case, at = served("electronic", email="zhao@example.invalid")
    assert mail.outbox == []
    told = desk.post(f"{at}/mail")
    assert told["letter"]["uuid"] in at
    drain(now=timezone.now())
    (sent,) = mail.outbox
    assert sent.to == ["zhao@example.invalid"]
    again = desk.post(f"{at}/mail", status=409)
    assert again["code"] == "letter.not_mailed" and "已经" in again["sentence"]
    drain(now=timezone.now())
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("way", "email", "said"),
    [("handed", "zhao@example.invalid", "先登记送达"), ("electronic", "", "没有留下电子邮箱")],
)
def test_what_cannot_be_mailed_is_told_and_nothing_goes_out(
    served: Served, desk: Program, clerk: Program, way: str, email: str, said: str
) -> None:
    _case, at = served(way, **({"email": email} if email else {}))
    refused = desk.post(f"{at}/mail", status=409)
    assert refused["code"] == "letter.not_mailed" and said in refused["sentence"]
    assert clerk.post(f"{at}/mail", status=404)
    drain(now=timezone.now())
    assert mail.outbox == [] and Letter.objects.get().sendings.get().tracking == ""


def test_a_suggestion_to_publish_is_declined_with_a_reason(
    served: Served, desk: Program, leader: Program, on_day: Moves
) -> None:
    case, _at = served("handed")
    assert "没有建议" in desk.post(f"{case}/decline", {"reason": "已公开"}, status=409)["sentence"]
    row = DisclosureRequest.objects.get()
    releasing.suggest_publication(request=row, now=timezone.now())
    assert "reason" in desk.post(f"{case}/decline", {"reason": " "}, status=400)["fields"]
    leader.post(f"{case}/decline", {"reason": "内容已在年报中公开"}, status=403)
    desk.post(f"{case}/decline", {"reason": "内容已在年报中公开"})
    row.refresh_from_db()
    assert (str(row.declined_on), row.declined_reason) == ("2026-11-02", "内容已在年报中公开")
