"""Nobody finds out which requests exist: every wrong try gets the same bytes and headers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.disclosure import store
from gongkai.disclosure.actions import closing, filing, secrets
from gongkai.disclosure.models import DisclosureRequest, FilePart
from gongkai.disclosure.values import Upload
from gongkai.portal.applying import bounds
from tests.factories import Office
from tests.portal.requests.conftest import Receipt, enter, file_it

TRACK = "/requests/track/"
WRONG = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"
# What differs on any two answers, whoever asks for what: the token of the form and of the page.
_EACH_ANEW = re.compile(rb'(csrfmiddlewaretoken" value="|nonce-|nonce=")[A-Za-z0-9+/=_-]+')


def told(answer: Any) -> tuple[object, ...]:
    """Everything a stranger can see of an answer: status, body, headers, names of cookies."""
    cookies = sorted((c.key, c["path"], str(c["max-age"])) for c in answer.cookies.values())
    headers = {
        name: _EACH_ANEW.sub(b"\\1", value.encode()) for name, value in answer.headers.items()
    }
    return answer.status_code, _EACH_ANEW.sub(b"\\1", answer.content), headers, cookies


def tried(number: str, secret: str) -> tuple[object, ...]:
    """What somebody who never came before is told."""
    address = f"198.51.100.{tried.times % 250}"  # type: ignore[attr-defined]
    tried.times += 1  # type: ignore[attr-defined]
    data = {"number": number, "secret": secret}
    return told(Client(REMOTE_ADDR=address).post(TRACK, data))


tried.times = 1  # type: ignore[attr-defined]


def test_every_wrong_try_is_answered_alike(client: Client, office: Office) -> None:
    open_one, withdrawn = file_it(client), file_it(client, name="钱七")
    closing.withdraw(request=withdrawn.case, by=None, now=timezone.now())
    by_staff = file_it(client, name="孙八")
    DisclosureRequest.objects.filter(pk=by_staff.case.pk).update(secret_digest="")
    missing = secrets.new_receipt_number(timezone.now().date())
    answers = {
        tried(number, secret).__repr__()
        for number in (open_one.number, withdrawn.number, by_staff.number, missing, "", "随便")
        for secret in (WRONG, "", "x", "9" * 500)
    }
    answers |= {repr(tried(open_one.number, withdrawn.secret))}
    answers |= {repr(tried(open_one.number.lower(), WRONG))}
    assert len(answers) == 1
    assert "422" in next(iter(answers))


def test_the_bound_answers_alike_too(client: Client, office: Office) -> None:
    """Once the tries are used up, right and wrong and unknown look the same again."""
    receipt, stranger = file_it(client), Client(REMOTE_ADDR="203.0.113.7")
    for _time in range(bounds.WRONG_SECRET.most):
        stranger.post(TRACK, {"number": receipt.number, "secret": WRONG})
    pairs = [(receipt.number, receipt.secret), (receipt.number, WRONG), ("20260101-AAAAAA", WRONG)]
    answers = {repr(told(stranger.post(TRACK, {"number": n, "secret": s}))) for n, s in pairs}
    assert len(answers) == 1 and "429" in next(iter(answers))


def test_addresses_below_a_case_tell_nothing(client: Client, office: Office) -> None:
    """Papers, days and deeds: the same for what is another's and for what never was."""
    mine, other = file_it(client), Client(REMOTE_ADDR="198.51.100.8")
    kept = store.keep(
        request=mine.case, by=office.officer, now=timezone.now(),
        upload=Upload("合同.pdf", b"%PDF-1.4", "application/pdf", FilePart.REPLY),
    )  # fmt: skip
    proof = mine.case.files.get(part=FilePart.IDENTITY)
    enter(other, file_it(other, name="钱七"))
    for who, status in ((Client(), 302), (other, 404)):
        for place in ("files", "letters"):
            answers = {
                repr(told(who.get(f"{TRACK}{place}/{uuid}/"))).replace(str(uuid), "")
                for uuid in (kept.uuid, proof.uuid, mine.case.uuid, uuid4())
            }
            assert len(answers) == 1 and str(status) in next(iter(answers))
    for place in ("case.ics", "mine/", "confirm/", "add/"):
        answer = Client().get(f"{TRACK}{place}")
        assert answer.status_code in (302, 405) and not answer.cookies


def test_public_answers_tell_nothing_of_the_rest(client: Client, office: Office) -> None:
    receipt = file_it(client)
    place = "/requests/answers/"
    answers = {
        repr(told(Client().get(f"{place}{uuid}/"))).replace(str(uuid), "")
        for uuid in (receipt.case.uuid, uuid4())
    }
    assert len(answers) == 1 and "404" in next(iter(answers))


def test_numbers_cannot_be_walked(client: Client, office: Office) -> None:
    """30 random bits a number, 125 a secret; nothing counts up, nothing repeats."""
    day = timezone.now().date()
    numbers = {secrets.new_receipt_number(day) for _ in range(500)}
    assert len(numbers) == 500
    letters = {number.split("-")[1] for number in numbers}
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{6}", each) for each in letters)
    # Every letter of the alphabet at every place: a counter or a clock would fix some of them.
    assert all(len({each[place] for each in letters}) > 25 for place in range(6))
    receipts: list[Receipt] = [file_it(client, name=name) for name in ("钱七", "孙八", "李九")]
    assert len({receipt.secret for receipt in receipts}) == 3
    assert all(len(receipt.secret.replace("-", "")) == 25 for receipt in receipts)


@pytest.mark.parametrize("kept", ["secret", "number"])
def test_nothing_of_it_stands_in_an_address(client: Client, office: Office, kept: str) -> None:
    receipt = file_it(client)
    page = enter(client, receipt)
    links = re.findall(r'(?:href|action)="([^"]+)"', page)
    assert links and not [link for link in links if getattr(receipt, kept) in link]
    assert filing.open_with_secret(receipt.number, receipt.secret) == receipt.case
    assert receipt.case.created_at > timezone.now() - timedelta(minutes=5)
