"""Report, statistics, board, bulletins, activities, assessment and inspection as people see them.

In a real browser: everything fits a phone, axe finds nothing, the policy is obeyed. With
JavaScript on, for axe waits by timers that never ring without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.assessment import actions as assessing
from gongkai.assessment.models import ScoreSheet
from gongkai.assessment.values import RoundPlan
from gongkai.kit.dates import civil_day
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Person, Role
from gongkai.reporting import actions as reporting
from gongkai.reporting.actions.bulletins import draft_bulletin
from gongkai.reporting.bulletins import Term
from tests import factories
from tests.factories import NOW, Office
from tests.reporting.conftest import Asked, put
from tests.web import axe
from tests.web.desk.conftest import SitDown
from tests.web.desk.test_requests import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True, slots=True)
class Place:
    """An office with a year to report, a round to look at, and the body above it."""

    office: Office
    supervisor: Person
    addresses: dict[str, list[str]]


@pytest.fixture
def place() -> Place:
    office = factories.office()
    year = civil_day(timezone.now()).year
    above = orgs.create_body(fields={"code": "11Y900", "name": "云岭区人民政府"}, by=None, now=NOW)
    orgs.edit_body(body=office.body, fields={"parent": above}, by=None, now=NOW)
    office.body.refresh_from_db()
    supervisor = factories.person("督办戊", Role.SUPERVISOR, above)
    factories.published(office)
    put(office.body, [Asked(date(year, 3, 1), "natural", "granted", date(year, 3, 20)),
                      Asked(date(year, 10, 1), "business")])  # fmt: skip
    report = reporting.begin(body=office.body, year=year, by=office.officer, now=NOW)
    of_year = (date(year, 1, 1), date(year + 1, 1, 1))
    plan = RoundPlan("年度科室考核", *of_year, "sections", "sections_model")
    round_ = assessing.plan_round(body=office.body, plan=plan, by=office.officer, now=NOW)
    assessing.measure(round_=round_, by=office.officer, now=NOW)
    bodies = assessing.plan_round(
        body=above, plan=RoundPlan("年度机关考核", *of_year, "bodies"), by=supervisor, now=NOW
    )
    assessing.measure(round_=bodies, by=supervisor, now=NOW)
    sheet = ScoreSheet.objects.get(round=round_, section=office.section)
    other = ScoreSheet.objects.get(round=bodies, body=office.body)
    term = Term("quarter", year, 1)
    bulletin = draft_bulletin(body=office.body, term=term, by=office.officer, now=NOW)
    here, there = f"reports/{report.uuid}/", f"assessment/{round_.uuid}/"
    return Place(
        office,
        supervisor,
        {
            "officer": [
                "reports/", "reports/new/", here, f"{here}words/",
                f"{here}cells/requests.new.total/", f"{here}cells/proactive.fees.amount/",
                "statistics/", "statistics/?m=answered", "statistics/rows/?m=received",
                "statistics/compare/", "bulletins/", "bulletins/new/",
                f"bulletins/{bulletin.uuid}/", "activities/", "activities/new/",
                "assessment/", "assessment/new/", "assessment/schemes/", there,
                f"{there}ranking/", f"assessment/sheets/{sheet.uuid}/",
                "assessment/inspections/", "reports/check/",
            ],
            "leader": ["", "board/", here, f"reports/sum/{year}/", there],
            "supervisor": [
                "", "reports/bodies/", f"reports/bodies/?year={year}", f"reports/sum/{year}/",
                here, "statistics/", "statistics/compare/", "assessment/new/",
                f"assessment/{bodies.uuid}/", f"assessment/{bodies.uuid}/ranking/",
                f"assessment/sheets/{other.uuid}/",
            ],
        },
    )  # fmt: skip


@pytest.mark.parametrize("who", ["officer", "leader", "supervisor"])
def test_the_pages_are_accessible_and_fit_a_phone(
    place: Place, live_server: LiveServer, sit_down: SitDown, who: str
) -> None:
    people = {
        "officer": place.office.officer,
        "leader": place.office.leader,
        "supervisor": place.supervisor,
    }
    page = sit_down(people[who], script=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    faults: list[str] = []
    for address in place.addresses[who]:
        answer = page.goto(f"{live_server}/desk/{address}")
        assert answer is not None and answer.status == 200, address
        faults += [f"{address}: {fault}" for fault in axe.faults(page)]
        fits(page)
    assert faults == []
    assert not [c for c in complaints if "Content Security Policy" in c]


def test_the_folded_bar_opens_without_script(
    place: Place, live_server: LiveServer, sit_down: SitDown
) -> None:
    page: Page = sit_down(place.office.officer)
    bar = page.get_by_role("navigation", name="工作台")
    assert not bar.get_by_role("link", name="统计").is_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{live_server}/desk/")
        bar.get_by_text("报告与考核", exact=True).click()
        bar.get_by_role("link", name="统计").click()
        expect(page.get_by_role("heading", name="统计", exact=True)).to_be_visible()
