"""Self-inspection: pages read through the application, data checks, resumed, a source of points."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongkai.assessment import measures
from gongkai.assessment.actions import inspecting
from gongkai.assessment.inspection.html import read_page
from gongkai.assessment.inspection.site import Page, Site
from gongkai.assessment.measures.scope import Scope
from gongkai.assessment.models import Inspection, Probe
from gongkai.catalog.models import CatalogEntry
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.assessment import site_rules as rules
from gongkai.orgs.models import Body
from gongkai.project.cli import main
from tests import factories
from tests.assessment.conftest import at
from tests.factories import Office
from tests.flush import triggers_aside

NOW = at(2026, 11, 27)
CODE = {"site_code": "1101990016"}


@pytest.fixture
def office(db: None) -> Office:
    made = factories.office()
    Body.objects.filter(pk=made.body.pk).update(**CODE)
    made.body.refresh_from_db()
    return made


def inspected(office: Office) -> Inspection:
    inspection = inspecting.begin_inspection(body=office.body, by=office.officer, now=NOW)
    while inspecting.work(inspection=inspection, now=NOW):
        continue
    inspection.refresh_from_db()
    return inspection


def found(inspection: Inspection, check: str) -> list[str]:
    rows = inspection.findings.filter(check_key=check)
    return [f"{row.place} {row.sentence}" for row in rows]


def test_a_sound_site_has_no_failure_and_its_pages_carry_their_tags(office: Office) -> None:
    factories.published(office, now=at(2026, 11, 20))
    inspection = inspected(office)
    assert inspection.state == "finished"
    assert inspection.done == len(inspection.pages) == 7
    assert inspection.failures == 0
    assert found(inspection, "tags") == []
    assert found(inspection, "dead_link") == []
    events = Entry.objects.filter(event__startswith="inspection.").order_by("seq")
    assert [e.event for e in events] == ["inspection.started", "inspection.finished"]


def test_a_home_page_at_rest_and_five_empty_columns_fail_the_site(office: Office) -> None:
    from gongkai.records import actions as records

    factories.published(office, now=at(2026, 11, 12))
    for number in range(5):
        fields = {"code": f"e{number}", "name": f"空栏{number}"}
        records.create_class(body=office.body, fields=fields, by=None, now=NOW)
    inspection = inspected(office)
    assert "2026-11-12" in found(inspection, "home_stale")[0]
    assert len(found(inspection, "empty_column")) == 5
    assert inspection.failures == 2


def test_a_date_changed_behind_the_journal_is_found(office: Office) -> None:
    """国办秘函〔2019〕19号: a forged publication date fails the site by itself."""
    entry = factories.published(office, now=at(2026, 11, 20))
    with triggers_aside(connection):
        day = date(2026, 11, 18)
        CatalogEntry.objects.filter(pk=entry.pk).update(published_on=day, released_on=day)
    said = found(inspected(office), "forged_date")
    assert said == [f"{entry.index_number} 发布日期2026-11-18，留痕记的是2026-11-20。"]


def test_a_page_without_tags_and_a_dead_link_are_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b'<html><a href="/nowhere/">x</a><a href="https://example.org/">y</a></html>'

    def read(self: Site, address: str) -> Page:
        if address == "/nowhere/":
            return Page(404, "text/html", b"", 3)
        return Page(200, "text/html", body, 3)

    monkeypatch.setattr(Site, "read", read)
    inspection = inspected(office)
    assert "SiteName、SiteDomain、SiteIDCode" in found(inspection, "tags")[0]
    assert found(inspection, "dead_link") == ["/nowhere/ / 上的链接打不开：应答404。"]


def test_without_a_site_code_it_is_said_once(office: Office) -> None:
    Body.objects.filter(pk=office.body.pk).update(site_code="")
    factories.published(office, now=at(2026, 11, 20))
    inspection = inspected(office)
    assert len(found(inspection, "site_code")) == 1
    assert found(inspection, "tags") == []


def test_a_broken_off_inspection_goes_on_and_finds_nothing_twice(office: Office) -> None:
    for _ in range(6):
        factories.published(office, now=at(2026, 11, 20))
    inspection = inspecting.begin_inspection(body=office.body, by=office.officer, now=NOW)
    assert inspecting.work(inspection=inspection, now=NOW)
    inspection.refresh_from_db()
    assert 0 < inspection.done < len(inspection.pages)
    with pytest.raises(Refusal, match="正在自查"):
        inspecting.begin_inspection(body=office.body, by=office.officer, now=NOW)
    Inspection.objects.filter(pk=inspection.pk).update(done=0)  # as if killed before the commit
    while inspecting.work(inspection=inspection, now=NOW):
        continue
    places = list(inspection.findings.values_list("check_key", "place"))
    assert len(places) == len(set(places))


def test_only_the_office_inspects(office: Office) -> None:
    with pytest.raises(Refusal, match="政府信息公开工作机构"):
        inspecting.begin_inspection(body=office.body, by=office.clerk, now=NOW)


def test_the_result_is_a_figure_of_the_body_and_its_failures_are_events(office: Office) -> None:
    inspection = inspected(office)  # nothing published: the home page rests
    body = office.body
    scope = Scope("bodies", body, (body.pk,), date(2026, 1, 1), date(2027, 1, 1), NOW.date())
    figures = measures.gather(scope)[body.pk]
    sound, checks = figures.measures["site_sound"]
    assert checks == len(rules.CHECKS) - 1  # too few samples to tell of availability
    assert sound < checks
    assert figures.events["site_failure"] == [f"inspection:{inspection.pk}:home_stale"]


def test_the_command_tells_failures_first(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "--body", office.body.code, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["findings"][0]["check"] == "home_stale"
    assert {c["check"] for c in told["checks"]} == {c.key for c in rules.CHECKS}


def test_a_sample_of_availability_is_kept(office: Office, data_dir: Path) -> None:
    sample = inspecting.probe(now=NOW)
    assert (sample.opened, sample.status) == (True, 200)
    assert Probe.objects.count() == 1


@pytest.mark.parametrize(
    ("failed", "samples", "enough", "sound"),
    [(0, 139, False, True), (6, 140, True, True), (7, 140, True, False), (0, 140, True, True)],
)
def test_five_percent_of_a_weeks_samples(
    failed: int, samples: int, enough: bool, sound: bool
) -> None:
    told = rules.reachable(failed, samples, 7)
    assert (told.enough, told.sound) == (enough, sound)


@pytest.mark.parametrize(("name", "days"), [("工作动态", 14), ("通知公告", 183), ("领导介绍", 366)])
def test_columns_rest_no_longer_than_the_rules_say(name: str, days: int) -> None:
    last = date(2026, 1, 1)
    assert not rules.is_stale(name, last, last + timedelta(days=days))
    assert rules.is_stale(name, last, last + timedelta(days=days + 1))


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read_as_a_page(body: bytes) -> None:
    read_page(body, address="/a/", host="localhost")
