"""Bodies assessed by their supervisor: guide, mechanisms, yearly report, site, from the papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.assessment import actions, measures
from gongkai.assessment.actions import activities
from gongkai.assessment.activities import ActivityText
from gongkai.assessment.measures import happened, rows
from gongkai.assessment.measures.scope import Scope
from gongkai.assessment.models import Audience, ScoreSheet
from gongkai.assessment.queries import visible_to
from gongkai.assessment.sheets import scheme_of, scored
from gongkai.assessment.values import RoundPlan
from gongkai.catalog import actions as catalog
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.assessment.sources import EVENTS, FIGURES
from gongkai.law.guide import guide_items
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person, Role
from tests import factories
from tests.assessment.conftest import at, points
from tests.factories import Office

NOW = at(2026, 11, 27)
PLAN = RoundPlan("2026年度", date(2026, 1, 1), date(2027, 1, 1), "bodies")


@pytest.fixture
def above(db: None) -> Office:
    return factories.office(name="云岭区人民政府")


@pytest.fixture
def boss(above: Office) -> Person:
    return factories.person("督查庚", Role.SUPERVISOR, above.body)


def below(above: Office, name: str) -> Office:
    made = factories.office(name=name)
    orgs.edit_body(body=made.body, fields={"parent": above.body}, by=None, now=NOW)
    made.body.refresh_from_db()
    return made


def measured(above: Office, boss: Person) -> dict[int, ScoreSheet]:
    round_ = actions.plan_round(body=above.body, plan=PLAN, by=boss, now=NOW)
    actions.measure(round_=round_, by=boss, now=NOW)
    return {sheet.body_id: sheet for sheet in round_.sheets.select_related("round", "body")}


def report(office: Office, title: str, day: tuple[int, int]) -> None:
    factories.published(
        office, now=at(2026, *day), title=title, column="annual_report", catalog_class=None
    )


def test_papers_of_each_body_are_counted_and_what_is_missing_deducts(
    above: Office, boss: Person
) -> None:
    good, bad = below(above, "云岭区商务局"), below(above, "云岭区水务局")
    report(good, "2025年政府信息公开工作年度报告", (1, 20))
    report(bad, "2025年政府信息公开工作年度报告", (2, 20))
    factories.published(
        good, now=at(2026, 3, 2), title="政府信息公开责任追究办法", column="measures",
        catalog_class=None,
    )  # fmt: skip
    content = {i.key: "见正文" for i in guide_items(in_force(date(2026, 1, 1)))}
    guide = catalog.save_guide(
        body=good.body, content=content, note="首版", by=good.officer, now=NOW
    )
    catalog.publish_guide(guide=guide, by=good.officer, now=NOW)
    sheets = measured(above, boss)
    assert set(sheets) == {good.body.pk, bad.body.pk}
    one, other = (sheets[o.body.pk].figures for o in (good, bad))
    assert one["measures"]["report_in_time"] == [1, 1]
    assert other["measures"]["report_in_time"] == [0, 1]
    assert other["events"]["report_late"] == [f"report:{bad.body.pk}:2025"]
    assert one["measures"]["guide_current"] == [9, 9]
    assert other["measures"]["guide_current"] == [0, 9]
    assert len(one["events"]["mechanism_missing"]) == 8
    assert len(other["events"]["mechanism_missing"]) == 9
    assert sheets[good.body.pk].total > sheets[bad.body.pk].total


def test_the_report_of_the_year_is_not_due_before_its_day(above: Office) -> None:
    body = below(above, "云岭区商务局").body
    early = Scope("bodies", above.body, (body.pk,), date(2026, 1, 1), date(2027, 1, 1),
                  date(2026, 1, 31))  # fmt: skip
    assert measures.gather(early)[body.pk].measures["report_in_time"] == (0, 0)
    assert "report_late" not in measures.gather(early)[body.pk].events
    late = replace(early, today=date(2026, 2, 1))
    assert measures.gather(late)[body.pk].measures["report_in_time"] == (0, 1)


def test_activities_are_the_bodys_own_and_of_a_section_those_that_name_it(above: Office) -> None:
    office = below(above, "云岭区商务局")
    text = ActivityText("training", "条例培训", date(2026, 5, 8), attendees="法规科：王一、李二")
    activities.record_activity(body=office.body, text=text, by=office.officer, now=NOW)
    days = (date(2026, 1, 1), date(2027, 1, 1), NOW.date())
    of_body = Scope("bodies", above.body, (office.body.pk,), *days)
    assert measures.gather(of_body)[office.body.pk].measures["activities"] == (1, 1)
    pair = (office.section.pk, office.other_section.pk)
    of_sections = Scope(str(Audience.SECTIONS), office.body, pair, *days)
    found = measures.gather(of_sections)
    assert [found[pk].measures["activities"] for pk in pair] == [(1, 1), (0, 0)]
    held, show = measures.evidence("activities", of_sections, office.section.pk)
    assert [show(row).words for row in held] == ["条例培训"]


def test_every_source_of_every_scheme_is_gathered_and_has_evidence(
    above: Office, boss: Person
) -> None:
    """A name in a scheme that nobody measures would silently never apply."""
    assert set(FIGURES) == set(rows.FIGURES) | set(measures.TALLIES)
    assert set(EVENTS) == set(happened.EVENTS) | set(measures.HAPPENED)
    body = below(above, "云岭区商务局").body
    scope = Scope("bodies", above.body, (body.pk,), date(2026, 1, 1), date(2027, 1, 1), NOW.date())
    for source in (*FIGURES, *EVENTS):
        found, show = measures.evidence(source, scope, body.pk)
        assert all(show(row).words for row in found[:5])


def test_more_bodies_take_no_more_queries(above: Office) -> None:
    def queries() -> int:
        pks = tuple(Body.objects.filter(parent=above.body).values_list("pk", flat=True))
        scope = Scope("bodies", above.body, pks, date(2026, 1, 1), date(2027, 1, 1), NOW.date())
        with CaptureQueriesContext(connection) as seen:
            measures.gather(scope)
        return len(seen)

    below(above, "云岭区商务局")
    queries()
    few = queries()
    for name in ("云岭区水务局", "云岭区体育局", "云岭区档案局"):
        below(above, name)
    assert queries() == few


def test_a_body_sees_its_marks_once_they_are_told_and_appeals_through_its_office(
    above: Office, boss: Person
) -> None:
    office = below(above, "云岭区商务局")
    sheet = measured(above, boss)[office.body.pk]
    assert not visible_to(office.officer, NOW.date()).exists()
    actions.give_points(sheet=sheet, marking=points("clarified", 1), by=boss, now=NOW)
    actions.draft_scores(round_=sheet.round, by=boss, now=NOW)
    assert visible_to(office.officer, NOW.date()).get() == sheet.round
    with pytest.raises(Refusal, match="只有云岭区商务局的工作人员"):
        actions.file_appeal(sheet=sheet, key="clarified", reason="有异议", by=boss, now=NOW)
    actions.file_appeal(sheet=sheet, key="clarified", reason="有异议", by=office.officer, now=NOW)
    score = scored(ScoreSheet.objects.get(pk=sheet.pk), scheme_of(sheet.round))
    assert not score.waiting
