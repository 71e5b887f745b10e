"""The pages of figures: each figure opens as many rows, nobody counts what he may not see."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.disclosure.models import DisclosureRequest
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Role
from tests import factories
from tests.desk.conftest import SignIn
from tests.factories import NOW, Office

YEAR = {"from": "2026-01-01", "until": "2026-12-31"}
FIGURE = re.compile(r'href="([^"]*statistics/rows/[^"]*)"[^>]*>(\d+)')


def asked(office: Office, number: int, **fields: object) -> DisclosureRequest:
    given: dict[str, object] = {
        "state": "accepted",
        "channel": "counter",
        "arrived_on": date(2026, 10, 9),
        "received_on": date(2026, 10, 9),
        "due_on": date(2026, 11, 6),
        "created_at": NOW,
        **fields,
    }
    return DisclosureRequest.objects.create(
        body=office.body,
        number=f"第{number}号",
        receipt_number=f"{office.body.pk}-{number}",
        **given,
    )


@pytest.fixture
def filled(office: Office) -> Office:
    factories.published(office)
    factories.published(office, catalog_class=office.top_class)
    factories.draft(office, created_on=date(2026, 9, 1))
    asked(office, 1, section=office.section)
    asked(office, 2, section=office.other_section, channel="fax")
    asked(office, 3, due_on=date(2026, 10, 20))
    ended = {"state": "replied", "outcome": "granted", "replied_on": date(2026, 10, 30)}
    asked(office, 4, section=office.section, in_time=True, **ended)
    return office


def figures(client: Client, measure: str) -> list[tuple[str, int]]:
    page = client.get(reverse("desk:statistics"), {**YEAR, "m": measure})
    assert page.status_code == 200
    found = FIGURE.findall(page.content.decode().replace("&amp;", "&"))
    return [(url, int(n)) for url, n in found]


@pytest.mark.parametrize(
    ("measure", "total"),
    [
        ("published", 2), ("formed", 3), ("received", 4), ("answered", 1),
        ("late_records", 1), ("late_requests", 1),
    ],
)  # fmt: skip
def test_every_figure_opens_its_rows(
    filled: Office, sign_in: SignIn, measure: str, total: int
) -> None:
    client = sign_in(filled.leader)
    found = figures(client, measure)
    assert len(found) > 3
    assert found[0][1] == total
    for url, n in found:
        shown = client.get(url)
        assert shown.context["page"].paginator.count == n, url
        assert shown.content.decode().count('<tr><th scope="row">') == n


def test_a_case_officer_counts_only_his_section(filled: Office, sign_in: SignIn) -> None:
    clerk = sign_in(filled.clerk)
    assert figures(clerk, "received")[0][1] == 2
    page = clerk.get(reverse("desk:statistics"), {**YEAR, "m": "received"})
    assert "只统计您能看到的申请" in page.content.decode()
    stranger = sign_in(factories.office().leader)
    assert stranger.get(reverse("desk:statistics"), YEAR).context["answer"].total == 0
    code = {"body": filled.body.code}
    assert stranger.get(reverse("desk:statistics"), {**YEAR, **code}).context["answer"].total == 0
    auditor = sign_in(factories.person("审计", Role.AUDITOR, filled.body))
    assert auditor.get(reverse("desk:statistics")).status_code == 403


def test_narrowing_goes_on_into_the_rows_and_the_files(filled: Office, sign_in: SignIn) -> None:
    client = sign_in(filled.leader)
    wanted = {**YEAR, "m": "received", "channel": "fax"}
    page = client.get(reverse("desk:statistics"), wanted)
    assert page.context["answer"].total == 1
    assert "渠道：传真" in page.content.decode()
    got = client.get(reverse("desk:statistics"), {**wanted, "format": "csv"})
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert ["渠道", "传真"] in rows and ["合计", "1"] in rows
    book = client.get(reverse("desk:statistics"), {**wanted, "format": "xlsx"})
    names = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names
    assert names[:2] == ["说明", "承办科室"]


@pytest.mark.parametrize(
    "query",
    [
        {"from": "昨天", "until": "2026-12-31"},
        {"from": "2026-12-31", "until": "2026-01-01"},
        {"section": "9" * 30}, {"section": "x"}, {"channel": "'"}, {"body": "无"},
    ],
)  # fmt: skip
def test_nonsense_is_answered_with_a_sentence(
    filled: Office, sign_in: SignIn, query: dict[str, str]
) -> None:
    client = sign_in(filled.leader)
    for name in ("statistics", "statistics_rows", "statistics_compare"):
        assert client.get(reverse(f"desk:{name}"), query).status_code == 200
    if query.get("from"):
        page = client.get(reverse("desk:statistics"), query).content.decode()
        assert "不是一个日期" in page or "早于" in page
    assert client.get(reverse("desk:statistics"), {"m": "无"}).status_code == 404


def test_few_cases_are_not_compared(filled: Office, sign_in: SignIn) -> None:
    client = sign_in(filled.leader)
    page = client.get(reverse("desk:statistics_compare"), YEAR).content.decode()
    assert "数量太少，不作比较" in page and "<svg" not in page
    assert "法规科" in page


def test_a_supervisor_sees_the_bodies_below(filled: Office, sign_in: SignIn) -> None:
    above = factories.office(name="云岭区人民政府")
    filled.body.parent = above.body
    filled.body.save(update_fields=["parent"])
    client = sign_in(factories.person("督办", Role.SUPERVISOR, above.body))
    wanted = {**YEAR, "body": "all"}
    assert client.get(reverse("desk:statistics"), wanted).context["answer"].total == 2
    page = client.get(reverse("desk:statistics_compare"), wanted).content.decode()
    assert filled.body.name in page
    requests = client.get(reverse("desk:statistics"), {**wanted, "m": "received"})
    assert requests.context["answer"].total == 0


def test_who_only_supervises_begins_with_all_bodies(filled: Office, sign_in: SignIn) -> None:
    above = orgs.create_body(fields={"code": "11Y900", "name": "云岭区人民政府"}, by=None, now=NOW)
    orgs.edit_body(body=filled.body, fields={"parent": above}, by=None, now=NOW)
    client = sign_in(factories.person("督办戊", Role.SUPERVISOR, above))
    page = client.get(reverse("desk:statistics"), YEAR)
    assert page.context["answer"].total == 2
    assert page.context["chosen"] == "all"
    own = client.get(reverse("desk:statistics"), {**YEAR, "body": above.code})
    assert own.context["answer"].total == 0
