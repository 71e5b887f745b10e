"""年报核对 at the desk."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.law.annual_report.requests_table import key
from gongkai.orgs.models import Role
from tests import factories
from tests.desk.conftest import SignIn
from tests.reporting.years import text, year

CELLS = year(31, "2021", 80)


def upload(name: str, said: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, said.encode())


def test_the_office_checks_a_report_and_takes_the_answer(
    office: factories.Office, sign_in: SignIn
) -> None:
    client = sign_in(factories.person("公开戊", Role.DISCLOSURE_OFFICE, office.body))
    wrong = {**CELLS, key("new", "natural"): CELLS[key("new", "natural")] + 1}
    last = text("2021", CELLS).replace("2021年", "2020年")
    answer = client.post(
        reverse("desk:report_check"),
        {"file": upload("a.txt", text("2021", wrong)), "last": upload("b.txt", last)},
    )
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "一项加二项" in said
    assert "上一年度报告的结转下年度" in said
    assert 'class="number wrong"' in said
    (token,) = re.findall(r'name="answer" value="([^"]+)"', said)
    taken = client.post(reverse("desk:report_check_download"), {"answer": token, "as": "xlsx"})
    assert taken.content.startswith(b"PK")


def test_a_bad_file_keeps_the_form_with_a_sentence(
    office: factories.Office, sign_in: SignIn
) -> None:
    client = sign_in(factories.person("上级甲", Role.SUPERVISOR, office.body))
    answer = client.post(reverse("desk:report_check"), {"file": upload("a.txt", "没有表。")})
    assert answer.status_code == 422
    assert "没有在文件里找到" in answer.content.decode()
    assert client.post(reverse("desk:report_check"), {}).status_code == 422


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.AUDITOR])
def test_others_have_no_such_page(office: factories.Office, sign_in: SignIn, role: Role) -> None:
    client = sign_in(factories.person("别人", role, office.body))
    assert client.get(reverse("desk:report_check")).status_code == 403
