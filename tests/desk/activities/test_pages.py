"""The pages of the register: entry, list, export, files, and who gets them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.assessment.models import Activity
from tests import factories
from tests.desk.conftest import SignIn
from tests.factories import Office

GIVEN = {"kind": "leaflet", "subject": "=公开指南折页", "held_on": "20261020", "copies": "200"}


def test_an_activity_from_entry_to_export(office: Office, sign_in: SignIn, data_dir: Path) -> None:
    client = sign_in(office.officer)
    wrong = client.post(reverse("desk:activity_new"), {**GIVEN, "copies": "两百"})
    assert wrong.status_code == 422
    assert "请填整数" in wrong.content.decode() and "=公开指南折页" in wrong.content.decode()
    made = client.post(reverse("desk:activity_new"), GIVEN)
    activity = Activity.objects.get()
    page = reverse("desk:activity", args=[activity.uuid])
    assert made["Location"] == page
    assert (activity.held_on, activity.copies) == (date(2026, 10, 20), 200)
    client.post(page, {"file": SimpleUploadedFile("折页.pdf", b"%PDF-1.7")})
    shown = client.get(page).content.decode()
    assert "折页.pdf" in shown and "200份" in shown
    paper = activity.files.get()
    got = client.get(reverse("desk:activity_file", args=[activity.uuid, paper.pk]))
    assert b"".join(got.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    book = client.get(reverse("desk:activities"), {"format": "xlsx", "kind": "leaflet"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1][2] == "=公开指南折页"
    assert "没有符合条件" in client.get(reverse("desk:activities"), {"q": "无"}).content.decode()


def test_others_do_not_see_it(office: Office, sign_in: SignIn) -> None:
    sign_in(office.officer).post(reverse("desk:activity_new"), GIVEN)
    activity = Activity.objects.get()
    other = sign_in(factories.office().officer)
    assert other.get(reverse("desk:activity", args=[activity.uuid])).status_code == 404
    assert "公开指南折页" not in other.get(reverse("desk:activities")).content.decode()
    leader = sign_in(office.leader)
    assert leader.get(reverse("desk:activity", args=[activity.uuid])).status_code == 200
    assert leader.post(reverse("desk:activity_new"), GIVEN).status_code == 403
