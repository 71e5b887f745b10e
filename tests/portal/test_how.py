"""怎样申请: every figure is the law's of the day, in words and in the drawing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from gongkai.disclosure.models import DisclosureRequest
from gongkai.law import in_force
from gongkai.portal.views import how
from tests.factories import Office
from tests.portal.requests.conftest import FORM, proof

PAGE = "/requests/how/"


def text(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def test_the_days_of_the_law_stand_in_words_and_drawing(client: Client, at: Office) -> None:
    page = client.get(PAGE).content.decode()
    drawn = text(page[page.index("<svg") : page.index("</svg>")])
    for words in ("20个工作日内", "最多20个工作日", "7个工作日内告知补正", "60日内", "6个月内"):
        assert words in drawn, words
    for words in (
        "先申请行政复议",
        "15日内向人民法院",
        "对方有15个工作日",
        "双方确认之日",
        "签收之日",
    ):
        assert words in text(page), words
    assert "10元/页" in page and "100元/件" in page
    assert client.get("/requests/").content.decode().count(PAGE) == 1


@pytest.mark.parametrize(("day", "days"), [(date(2010, 1, 4), "15"), (date(2026, 1, 5), "20")])
def test_another_law_draws_other_days(day: date, days: str) -> None:
    with translation.override("zh-hans"):
        steps = how._steps(in_force(day))
    assert [s.words for s in steps if s.label == "答复"] == [f"{days}个工作日内"]
    assert steps[2].aside == "" if days == "15" else "7" in steps[2].aside


def test_a_correction_of_ones_own_record_can_be_asked_for(
    client: Client, at: Office, data_dir: object
) -> None:
    cache.clear()
    sent = {**FORM, "rectify": "1", "identity": proof()}
    assert client.post("/requests/apply/", sent).status_code == 302
    case = DisclosureRequest.objects.get()
    assert case.is_rectification and case.own_records
