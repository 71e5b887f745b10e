"""A form sent twice, by a double click or by a lost answer, files one request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import connection

from gongkai.disclosure.actions import filing
from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.values import Application, Filed, Upload
from gongkai.law.receipt import Arrival, Channel
from tests.disclosure.conftest import ROAD, ZHAO, at
from tests.factories import Office

PROOF = Upload("护照.pdf", b"%PDF-1.7 invented", "application/pdf", "identity")
FORM = Application(ZHAO, ROAD, (PROOF,), once="a key of one form")
NOW = at(2026, 3, 2)


def send(office: Office, form: Application = FORM, now: datetime = NOW) -> Filed:
    arrival = Arrival(Channel.WEB, date(2026, 3, 2))
    return filing.file_request(
        body=office.body, application=form, arrival=arrival, by=None, now=now
    )


@pytest.mark.django_db(transaction=True)
def test_pressed_by_six_at_once_it_is_one_request_with_one_secret(office: Office) -> None:
    def press(_: int) -> tuple[int, str]:
        try:
            filed = send(office)
            return filed.request.pk, filed.secret
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        told = set(pool.map(press, range(6)))
    assert len(told) == 1 and DisclosureRequest.objects.count() == 1
    case = DisclosureRequest.objects.get()
    assert filing.open_with_secret(case.receipt_number, told.pop()[1]) == case
    assert case.files.count() == 1 and case.number == "依申请〔2026〕1号"


def test_the_secret_is_told_again_for_a_quarter_of_an_hour(office: Office) -> None:
    first = send(office)
    again = send(office, now=at(2026, 3, 2).replace(minute=14))
    assert not first.again and again.again
    assert (again.request, again.secret) == (first.request, first.secret)
    late = send(office, now=at(2026, 3, 2).replace(minute=16))
    assert late.request == first.request and late.again and late.secret == ""


def test_other_words_another_form_or_no_key_make_another_request(office: Office) -> None:
    made = [
        send(office),
        send(office, replace(FORM, asked=replace(ROAD, subject="另一件事"))),
        send(office, replace(FORM, files=(replace(PROOF, content=b"%PDF-1.7 other"),))),
        send(office, replace(FORM, once="another form")),
        send(office, replace(FORM, once="")),
        send(office, replace(FORM, once="")),
    ]
    assert len({filed.request.pk for filed in made}) == len(made)
    assert len({filed.secret for filed in made}) == len(made)
    assert not any(filed.again for filed in made)


def test_a_secret_from_a_form_is_as_long_as_any(office: Office) -> None:
    for secret in (send(office).secret, send(office, replace(FORM, once="")).secret):
        assert [len(group) for group in secret.split("-")] == [5] * 5
