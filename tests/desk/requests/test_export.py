"""A person's own data, given on demand: only after the person was known, and written down."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from gongkai.journal.models import Entry
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import entered, to


def test_the_officer_exports_both_cases_of_one_person(
    office: factories.Office, sign_in: SignIn
) -> None:
    desk = sign_in(office.officer)
    first, second = entered(desk), entered(desk, subject="另一件事")
    stranger = entered(desk, name="钱多多", identity_number="E7654321", phone="13800000000")
    url = to("request_export", first)
    shown = desk.get(url).content.decode()
    assert second.number in shown and stranger.number not in shown
    assert desk.post(url, {"others": [second.pk]}).status_code == 422
    typed = {"proved": "counter", "others": [second.pk]}
    answer = desk.post(url, typed)
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "no-store"
    with ZipFile(BytesIO(answer.content)) as archive:
        page = archive.read("个人信息.html").decode()
    assert first.number in page and second.number in page and "11010919900307123X" in page
    lines = Entry.objects.filter(event="request.exported")
    assert {line.subject_id for line in lines} == {first.pk, second.pk}
    assert {line.reason for line in lines} == {"本人当面出示证件"}
    assert desk.post(url, {**typed, "others": [stranger.pk]}).status_code == 422
    assert sign_in(office.leader).get(url).status_code == 403
