"""Bodies, people, roles, notices, guide, groups and the journal: each by its own people."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.catalog.models import Guide
from gongkai.journal.models import Entry
from gongkai.orgs.models import Body, HolidayNotice, Person, Role, RoleGrant, Section
from gongkai.records.models import CatalogClass
from tests import factories
from tests.desk.conftest import SignIn


@pytest.fixture
def system(office: factories.Office, sign_in: SignIn) -> Client:
    return sign_in(factories.person("系统甲", Role.SYSTEM_ADMIN, office.body))


@pytest.fixture
def security(office: factories.Office, sign_in: SignIn) -> Client:
    return sign_in(factories.person("安全乙", Role.SECURITY_ADMIN, office.body))


def test_the_system_administrator_keeps_bodies_and_sections(
    office: factories.Office, system: Client
) -> None:
    url = reverse("desk:body", kwargs={"uuid": office.body.uuid})
    typed = {"code": office.body.code, "name": "云岭区商务和粮食局", "level": "bureau",
             "pattern": "11Y999/ZK-{year}-{serial:06d}", "phone": "010-69820000"}  # fmt: skip
    assert system.post(url, typed).status_code == 302
    body = Body.objects.get(pk=office.body.pk)
    assert body.name == "云岭区商务和粮食局"
    assert body.profile["index_number"]["pattern"].startswith("11Y999/")
    new = reverse("desk:section_new", kwargs={"uuid": body.uuid})
    assert system.post(new, {"code": "shichang", "name": "市场科"}).status_code == 302
    twice = system.post(new, {"code": "shichang", "name": "市场二科"})
    assert twice.status_code == 422 and "同代码的科室" in twice.content.decode()
    section = Section.objects.get(code="shichang")
    close = reverse("desk:section_close", kwargs={"uuid": body.uuid, "pk": section.pk})
    assert system.post(close, {"reason": "机构改革"}).status_code == 302
    # A body that is not his is not found.
    other = factories.office(name="青石区商务局").body
    assert system.get(reverse("desk:body", kwargs={"uuid": other.uuid})).status_code == 404


def test_the_security_administrator_opens_an_account_and_gives_a_role(
    office: factories.Office, security: Client
) -> None:
    typed = {"username": "xinren", "name": "新人", "body": office.body.pk,
             "section": office.section.pk}  # fmt: skip
    assert security.post("/desk/admin/people/new/", typed).status_code == 302
    person = Person.objects.get(username="xinren")
    at = {"uuid": person.uuid}
    page = security.post(reverse("desk:person_password", kwargs=at)).content.decode()
    password = re.search(r"<code>(\S+)</code>", page)
    person.refresh_from_db()
    assert password is not None and person.check_password(password[1])
    give = {"role": "case_officer", "body": office.body.pk, "section": office.section.pk}
    assert security.post(reverse("desk:role_grant", kwargs=at), give).status_code == 302
    mixed = security.post(
        reverse("desk:role_grant", kwargs=at), {"role": "audit_admin", "body": office.body.pk}
    )
    assert mixed.status_code == 422 and "三个人" in mixed.content.decode()
    grant = RoleGrant.objects.get(person=person)
    take = reverse("desk:role_revoke", kwargs={**at, "pk": grant.pk})
    assert security.post(take, {"reason": ""}).status_code == 422
    assert security.post(take, {"reason": "调离"}).status_code == 302
    assert (
        security.post(reverse("desk:person_switch", kwargs=at), {"reason": "调离"}).status_code
        == 302
    )
    person.refresh_from_db()
    assert not person.is_active


def test_nobody_gives_himself_a_role(office: factories.Office, sign_in: SignIn) -> None:
    admin = factories.person("安全丙", Role.SECURITY_ADMIN, office.body)
    browser = sign_in(admin)
    answer = browser.post(
        reverse("desk:role_grant", kwargs={"uuid": admin.uuid}),
        {"role": "auditor", "body": office.body.pk},
    )
    assert answer.status_code == 422 and "不能给自己" in answer.content.decode()


def test_a_holiday_notice_is_typed_as_it_is_written(system: Client) -> None:
    typed = {"year": "2027", "document_number": "国办发明电〔2026〕9号", "issued_on": "20261105",
             "off": "2027-01-01 元旦\n2027-02-06至2027-02-12 春节",
             "makeup": "2027-02-20 春节"}  # fmt: skip
    wrong = system.post("/desk/admin/notices/", {**typed, "off": "元旦放假"})
    assert wrong.status_code == 422 and "看不懂" in wrong.content.decode()
    assert system.post("/desk/admin/notices/", typed).status_code == 302
    assert len(HolidayNotice.objects.get().off_days) == 8


def test_the_guide_is_checked_before_it_is_published(
    office: factories.Office, sign_in: SignIn
) -> None:
    browser = sign_in(office.officer)
    assert (
        browser.post("/desk/guide/edit/", {"office_name": "办公室", "note": "新编"}).status_code
        == 302
    )
    page = browser.get("/desk/guide/").content.decode()
    assert "必须补充" in page and "获取方式" in page and "公布这一版" not in page
    refused = browser.post("/desk/guide/")
    assert refused.status_code == 403 and "联系电话" in refused.content.decode()
    form = browser.get("/desk/guide/edit/").context["form"]
    everything = {item.key: f"{item.label}的内容" for item in form.items}
    browser.post("/desk/guide/edit/", everything)
    assert browser.post("/desk/guide/").status_code == 302
    guide = Guide.objects.get()
    assert not guide.is_draft and guide.number == 1
    version = browser.get(reverse("desk:guide_version", kwargs={"uuid": guide.uuid}))
    assert "获取方式的内容" in version.content.decode()


def test_the_office_keeps_classes_groups_and_duties(
    office: factories.Office, sign_in: SignIn
) -> None:
    browser = sign_in(office.officer)
    typed = {"code": "plans", "name": "规划计划", "responsible_section": office.section.pk,
             "is_active": "on"}  # fmt: skip
    assert browser.post("/desk/organisation/classes/new/", typed).status_code == 302
    assert CatalogClass.objects.filter(code="plans", body=office.body).exists()
    seat = {"group": "review_group", "title": "组长", "person": office.verifier.pk}
    assert browser.post("/desk/organisation/seats/new/", seat).status_code == 302
    duty = {"title": "目录更新", "text": "每周更新", "section": office.section.pk}
    assert browser.post("/desk/organisation/duties/new/", duty).status_code == 302
    page = browser.get("/desk/organisation/").content.decode()
    assert "规划计划" in page and "目录更新" in page and office.verifier.name in page
    row = office.body.seats.get()
    browser.post(reverse("desk:unseat", kwargs={"pk": row.pk}))
    assert office.verifier.name not in browser.get("/desk/organisation/").content.decode()


def test_the_auditor_reads_his_bodies_lines_and_checks_them(
    office: factories.Office, sign_in: SignIn
) -> None:
    factories.published(office, title="甲")
    factories.draft(factories.office(name="青石区商务局"), title="乙")
    browser = sign_in(factories.person("审计丁", Role.AUDITOR, office.body))
    rows = browser.get("/desk/journal/?event=record.").context["rows"]
    assert rows and {line["entry"].body_id for line in rows} == {office.body.pk}
    assert any("发布了" in line["sentence"] for line in rows)
    one = rows[0]["entry"]
    same_act = browser.get(f"/desk/journal/?subject={one.act}").context["rows"]
    assert {line["entry"].act for line in same_act} == {one.act}
    for odd in ("before=x", "subject=zz", "from_on=昨天", "before=9999999999999999999999"):
        assert browser.get(f"/desk/journal/?{odd}").status_code == 200
    assert "核验通过" in browser.post("/desk/journal/").content.decode()


def test_the_journal_has_pages(office: factories.Office, sign_in: SignIn) -> None:
    for _ in range(3):
        factories.published(office)
    browser = sign_in(factories.person("审计丁", Role.AUDITOR, office.body))
    first = browser.get("/desk/journal/").context
    assert len(first["rows"]) <= 50
    if first["next_before"]:
        second = browser.get(f"/desk/journal/?before={first['next_before']}").context["rows"]
        assert second[0]["entry"].seq < first["rows"][-1]["entry"].seq
    assert Entry.objects.count() >= 20


def test_lists_cost_the_same_whatever_their_length(
    office: factories.Office, sign_in: SignIn
) -> None:
    browser = sign_in(office.officer)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(url).status_code == 200
        return len(caught)

    pages = ("/desk/", "/desk/records/", "/desk/reviews/?show=all", "/desk/publishing/")
    factories.review_fully(factories.draft(office), office)
    queries("/desk/")  # the first visit of a session writes it down
    before = {url: queries(url) for url in pages}
    for _ in range(4):
        factories.review_fully(factories.draft(office), office)
    after = {url: queries(url) for url in pages}
    assert after == before
