"""A bureau with papers, requests and people enough to be assessed. Everything is invented."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.assessment import actions
from gongkai.assessment.models import AssessmentRound, ScoreSheet
from gongkai.assessment.values import Marking, RoundPlan
from gongkai.kit.dates import CHINA
from gongkai.orgs.models import Person, Role
from tests import factories
from tests.factories import Office

PLAN = RoundPlan("2026年度考核", date(2026, 1, 1), date(2027, 1, 1), "sections", "sections_model")


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """A moment in China."""
    return datetime(year, month, day, hour, tzinfo=CHINA)


NOW = at(2026, 11, 27)


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path, settings: Settings) -> None:
    settings.GONGKAI_SCANNERS = ["tests.portal.fakes.BlindScanner"]


@pytest.fixture
def office(db: None) -> Office:
    return factories.office()


@pytest.fixture
def head(office: Office) -> Person:
    """The head of the first section."""
    return factories.person("科长戊", Role.SECTION_HEAD, office.body, office.section)


def planned(office: Office, plan: RoundPlan = PLAN) -> AssessmentRound:
    return actions.plan_round(body=office.body, plan=plan, by=office.officer, now=NOW)


def measured(office: Office, plan: RoundPlan = PLAN) -> AssessmentRound:
    round_ = planned(office, plan)
    return actions.measure(round_=round_, by=office.officer, now=NOW)


def sheet_of(round_: AssessmentRound, office: Office) -> ScoreSheet:
    """The sheet of the first section."""
    return ScoreSheet.objects.select_related("round").get(round=round_, section=office.section)


def points(key: str, given: object, reason: str = "查阅了登记簿") -> Marking:
    from decimal import Decimal

    return Marking(key, reason, Decimal(str(given)))


def drafted(office: Office) -> AssessmentRound:
    """Measured, every point given, told to the sections."""
    round_ = measured(office)
    for sheet in round_.sheets.all():
        actions.give_points(sheet=sheet, marking=points("clarified", 2), by=office.officer, now=NOW)
    return actions.draft_scores(round_=round_, by=office.officer, now=NOW)


def closed(office: Office) -> AssessmentRound:
    """After the last day of appeal, decided by the leader."""
    round_ = drafted(office)
    return actions.close_round(round_=round_, by=office.leader, now=at(2026, 12, 20))
