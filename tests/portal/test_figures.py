"""The page of figures and its files: of published things only, with care for applicants."""

from __future__ import annotations

import csv
import io
import json

from django.test import Client

from gongkai.disclosure.models import Applicant
from gongkai.portal.views.data import LICENCE
from tests import factories
from tests.desk.statistics.test_pages import asked
from tests.factories import Office


def test_page_and_files(at: Office, client: Client) -> None:
    factories.published(at)
    factories.draft(at)
    Applicant.objects.create(request=asked(at, 1), kind="research", name="赵小满")
    page = client.get("/statistics/").content.decode()
    assert '<td class="number">1</td><td class="number">1</td>' in page
    assert LICENCE in page and "赵小满" not in page
    got = client.get("/statistics/applicants.json")
    data = json.loads(got.content)
    assert data["licence"] == LICENCE and data["left_out_below"] == 5
    assert {row["received"] for row in data["rows"]} == {None}
    assert got["Access-Control-Allow-Origin"] == "*"
    sheet = client.get("/statistics/publications.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [(row["body"], row["year"], row["published"]) for row in rows] == [
        (at.body.name, "2026", "1")
    ]


def test_an_unknown_body_gets_a_sentence(at: Office, client: Client) -> None:
    answer = client.get("/statistics/?body=无")
    assert answer.status_code == 404
    assert "没有这个机关" in answer.content.decode()
    assert client.get(f"/statistics/?body={at.body.code}").status_code == 200


def test_it_speaks_english(at: Office, client: Client) -> None:
    factories.published(at)
    client.get("/preferences/?language=en&next=/")
    page = client.get("/statistics/").content.decode()
    assert "Figures and open data" in page and "You may freely use" in page
