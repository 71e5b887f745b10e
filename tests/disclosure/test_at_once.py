"""Several people at once: one of them ends the request, the others are told; numbers stay whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from gongkai.disclosure.actions import closing
from gongkai.disclosure.models import DisclosureRequest, Step
from gongkai.kit.refusal import Refusal
from tests.disclosure.conftest import at, filed
from tests.factories import Office

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def test_one_of_many_ends_the_request(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request

    def end(_: int) -> bool:
        try:
            closing.withdraw(request=request, by=office.officer, now=at(2026, 3, 3))
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(end, range(AT_ONCE))) == 1
    assert Step.objects.filter(request=request, kind="replied").count() == 1


def test_numbers_have_no_gaps_under_load(office: Office) -> None:
    def file(_: int) -> str:
        try:
            return filed(office, date(2026, 3, 2)).request.number
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        numbers = set(pool.map(file, range(3 * AT_ONCE)))
    assert numbers == {f"依申请〔2026〕{n}号" for n in range(1, 3 * AT_ONCE + 1)}
    assert DisclosureRequest.objects.count() == 3 * AT_ONCE
