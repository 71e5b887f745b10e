"""Inspections on the desk: begun by the office, carried out by the worker, failures first."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from gongkai.assessment.actions import inspecting
from gongkai.assessment.models import Inspection
from tests import factories
from tests.desk.conftest import SignIn
from tests.factories import NOW, Office


def test_an_inspection_is_begun_and_its_failures_stand_first(
    office: Office, sign_in: SignIn
) -> None:
    client = sign_in(office.officer)
    listed = client.get(reverse("desk:inspections")).content.decode()
    assert "还没有自查过" in listed
    assert "还不能判定" in listed
    begun = client.post(reverse("desk:inspections"), follow=True).content.decode()
    assert "正在自查" in begun
    inspection = Inspection.objects.get()
    while inspecting.work(inspection=inspection, now=NOW):
        continue
    shown = client.get(reverse("desk:inspection", kwargs={"uuid": inspection.uuid}))
    page = shown.content.decode()
    assert "单项否决1项，整站不合格" in page
    assert page.index("首页两周内有更新") < page.index("网站打得开")
    assert "样本不足" in page
    again = client.post(reverse("desk:inspections"), follow=True)
    assert again.status_code == 200


def test_a_section_reads_but_does_not_begin_one_and_strangers_see_none(
    office: Office, sign_in: SignIn
) -> None:
    clerk: Client = sign_in(office.clerk)
    assert "开始自查" not in clerk.get(reverse("desk:inspections")).content.decode()
    assert clerk.post(reverse("desk:inspections")).status_code == 403
    inspection = inspecting.begin_inspection(body=office.body, by=None, now=NOW)
    other = sign_in(factories.office(name="青石区水务局").officer)
    url = reverse("desk:inspection", kwargs={"uuid": inspection.uuid})
    assert other.get(url).status_code == 404
