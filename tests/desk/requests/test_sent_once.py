"""登记申请 pressed twice registers one request, and shows its receipt again."""

from __future__ import annotations

import re

from django.urls import reverse

from gongkai.disclosure.models import DisclosureRequest
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import TYPED


def test_a_double_press_registers_once(office: factories.Office, sign_in: SignIn) -> None:
    browser, url = sign_in(office.officer), reverse("desk:request_new")
    found = re.search(r'name="once" value="([^"]+)"', browser.get(url).content.decode())
    assert found
    told = []
    for _ in range(2):
        answer = browser.post(url, {**TYPED, "once": found[1]}, follow=True)
        secret = re.search(r'class="secret">((?:[2-9A-Z]{5}-){4}[2-9A-Z]{5})<', page(answer))
        assert secret
        told.append(secret[1])
    assert told[0] == told[1] and "没有重复登记" in page(answer)
    assert DisclosureRequest.objects.count() == 1


def page(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]
