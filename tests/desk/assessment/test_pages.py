"""The desk's way through a round: plan, measure, give points, tell, appeal, decide, close."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.assessment.models import Appeal, AssessmentRound, ScoreSheet
from gongkai.desk.assessment.naming import names_of
from gongkai.kit.dates import CHINA
from gongkai.orgs.models import Role
from gongkai.records.models import Record
from gongkai.review.sheet_pdf import font_folders, has_font
from tests import factories
from tests.desk.assessment.conftest import Moves
from tests.desk.conftest import SignIn
from tests.factories import Office

PLAN = {
    "title": "2026年度科室考核",
    "audience": "sections",
    "scheme": "sections_model",
    "start": "2026-01-01",
    "last": "20261231",
}


def follow(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    answer = client.post(url, data or {}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def step(round_: AssessmentRound, name: str) -> str:
    return reverse(f"desk:assessment_{name}", kwargs={"uuid": round_.uuid})


@pytest.fixture
def measured(office: Office, sign_in: SignIn) -> tuple[Client, AssessmentRound, ScoreSheet]:
    at = datetime(2026, 9, 1, 10, tzinfo=CHINA)
    factories.published(office, now=at)
    factories.draft(office, now=at)
    client = sign_in(office.officer)
    follow(client, reverse("desk:assessment_new"), PLAN)
    round_ = AssessmentRound.objects.get()
    follow(client, step(round_, "measure"))
    return client, round_, ScoreSheet.objects.get(section=office.section)


def test_a_round_from_plan_to_a_fixed_result(
    measured: tuple[Client, AssessmentRound, ScoreSheet],
    office: Office,
    sign_in: SignIn,
    on_day: Moves,
) -> None:
    client, round_, sheet = measured
    matrix = page(client, step(round_, "round"))
    assert "法定时限内公开" in matrix
    assert "待评分" in matrix
    refused = client.post(step(round_, "draft"), {})
    assert refused.status_code == 422
    assert "还有人工评分没有给" in refused.content.decode()
    for each in round_.sheets.all():
        give = reverse("desk:score_give", kwargs={"uuid": each.uuid, "key": "clarified"})
        follow(client, give, {"points": "2", "reason": "登记簿有一件"})
    told = follow(client, step(round_, "draft"))
    assert "申诉到" in told
    head = sign_in(factories.person("科长戊", Role.SECTION_HEAD, office.body, office.section))
    appeal = reverse("desk:score_appeal", kwargs={"uuid": sheet.uuid, "key": "clarified"})
    assert "已申诉" in follow(head, appeal, {"reason": "我科澄清过两件"})
    assert "考核初评可申诉" in page(head, reverse("desk:home"))
    leader = sign_in(office.leader)
    assert "考核申诉待决定" in page(leader, reverse("desk:home"))
    pk = Appeal.objects.get().pk
    decide = reverse("desk:score_decide", kwargs={"uuid": sheet.uuid, "pk": pk})
    wrong = leader.post(decide, {"outcome": "granted", "points": "9", "reason": "属实"})
    assert "0到3分" in wrong.content.decode()
    follow(leader, decide, {"outcome": "granted", "points": "3", "reason": "属实"})
    on_day(12, 20)
    assert "结果已固定" in follow(leader, step(round_, "close"))
    round_.refresh_from_db()
    result = client.get(step(round_, "result")).json()
    assert result["digest"] == round_.digest
    draft = client.post(step(round_, "record"), follow=True)
    assert "2026年度科室考核结果" in draft.content.decode()


def test_every_score_has_its_evidence_a_click_away_those_that_cost_points_first(
    measured: tuple[Client, AssessmentRound, ScoreSheet],
) -> None:
    client, _, sheet = measured
    url = reverse("desk:score_evidence", kwargs={"uuid": sheet.uuid, "source": "published_in_time"})
    assert url in page(client, reverse("desk:score_sheet", kwargs={"uuid": sheet.uuid}))
    listed = page(client, url)
    assert "测算时2项，其中1项合格" in listed
    assert listed.index("失分</span>") < listed.index("合格</span>")
    for source in ("people_named", "classes_current", "sheets_quick", "late_publication"):
        page(client, url.replace("published_in_time", source))


def test_events_are_called_by_name(
    measured: tuple[Client, AssessmentRound, ScoreSheet],
) -> None:
    client, _, sheet = measured
    record = Record.objects.order_by("-pk")[0]
    refs = [f"record:{record.pk}:late", "record:987654:late", "mechanism:1:review:2026",
            f"report:{record.body_id}:2025"]  # fmt: skip
    words = [record.title, "信息 987654", "保密审查制度", "2025年年度报告"]
    assert list(names_of(refs).values()) == words
    sheet.figures["events"] = {"late_publication": refs[:2]}
    sheet.save(update_fields=["figures"])
    shown = page(client, reverse("desk:score_sheet", kwargs={"uuid": sheet.uuid}))
    assert f"<li>{record.title}" in shown and "<li>信息 987654" in shown


def test_ranking_and_files(measured: tuple[Client, AssessmentRound, ScoreSheet]) -> None:
    client, round_, sheet = measured
    ranking = page(client, step(round_, "ranking"))
    assert "<svg" in ranking
    assert "数量太少" in ranking  # the office has published nothing
    kwargs = {"uuid": sheet.uuid}
    for url in (step(round_, "xlsx"), reverse("desk:score_xlsx", kwargs=kwargs)):
        assert client.get(url).content[:2] == b"PK"
    if has_font(font_folders()):
        assert client.get(reverse("desk:score_pdf", kwargs=kwargs)).content[:5] == b"%PDF-"


def test_a_bonus_typed_by_hand_stands_once(
    measured: tuple[Client, AssessmentRound, ScoreSheet],
) -> None:
    client, _, sheet = measured
    url = reverse("desk:score_event", kwargs={"uuid": sheet.uuid})
    typed = {"key": "merit", "ref": "云政办函〔2026〕3号", "reason": "在全区推广"}
    assert "云政办函〔2026〕3号" in follow(client, url, typed)
    again = client.post(url, typed)
    assert again.status_code == 422
    assert "已经计过一次" in again.content.decode()
    assert "在全区推广" in again.content.decode()  # what was typed stays


def test_another_body_does_not_find_the_round(
    measured: tuple[Client, AssessmentRound, ScoreSheet], sign_in: SignIn
) -> None:
    _, round_, sheet = measured
    stranger = sign_in(factories.office(name="青石区水务局").officer)
    assert stranger.get(step(round_, "round")).status_code == 404
    url = reverse("desk:score_sheet", kwargs={"uuid": sheet.uuid})
    assert stranger.get(url).status_code == 404


def test_the_matrix_reads_no_more_for_more_sections(
    measured: tuple[Client, AssessmentRound, ScoreSheet], office: Office
) -> None:
    from gongkai.orgs import actions as orgs

    client, round_, _ = measured
    page(client, step(round_, "round"))
    with CaptureQueriesContext(connection) as few:
        page(client, step(round_, "round"))
    for number in range(5):
        fields = {"code": f"s{number}", "name": f"第{number}科"}
        orgs.create_section(body=office.body, fields=fields, by=None, now=factories.NOW)
    follow(client, step(round_, "measure"))
    page(client, step(round_, "round"))
    with CaptureQueriesContext(connection) as many:
        page(client, step(round_, "round"))
    assert len(many) <= len(few)


def test_a_supervisor_adjusts_a_scheme_in_a_form_that_keeps_what_was_typed(
    office: Office, sign_in: SignIn
) -> None:
    from gongkai.orgs import actions as orgs

    above = factories.office(name="云岭区人民政府")
    orgs.edit_body(body=office.body, fields={"parent": above.body}, by=None, now=factories.NOW)
    client = sign_in(factories.person("督查庚", Role.SUPERVISOR, above.body))
    url = reverse("desk:assessment_adjust", kwargs={"key": "sections_model"})
    typed = {"body": office.body.pk, "from_on": "2026-01-01", "reason": "试点", "w-in_time": "21"}
    wrong = client.post(url, typed)
    assert "合计是101分，应当正好100分，请减少1分" in wrong.content.decode()
    assert 'value="21"' in wrong.content.decode()
    done = follow(client, url, {**typed, "w-monthly": "3"})
    assert "另立第1版" in done
