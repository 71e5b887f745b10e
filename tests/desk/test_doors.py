"""Every page of the desk: signed in, in the right role, of the own body, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from gongkai.desk import urls
from gongkai.orgs.models import Role
from gongkai.review.models import ReviewSheet
from tests import factories
from tests.desk.conftest import SignIn

NIL = UUID("00000000-0000-4000-8000-000000000000")


def names() -> list[str]:
    """Every name of the desk's addresses."""
    return [p.name for p in urls.urlpatterns if p.name]


GIVEN: dict[str, object] = {
    "uuid": NIL,
    "finding": NIL,
    "number": 1,
    "pk": 1,
    "year": 2026,
    "page": 1,
}


def address(name: str, uuid: UUID = NIL) -> str:
    """An address of that name with whatever arguments it takes."""
    ways = get_resolver("gongkai.desk.urls").reverse_dict.getlist(name)
    _, parameters = ways[0][0][0]
    wanted = {key: GIVEN.get(key, "x") for key in parameters}
    if "uuid" in wanted:
        wanted["uuid"] = uuid
    for other in ("x", 1, "a" * 64, NIL):  # a key, a number, a digest, another row
        tried = {key: other if value == "x" else value for key, value in wanted.items()}
        with suppress(NoReverseMatch):
            return reverse(f"desk:{name}", kwargs=tried)
    raise AssertionError(name)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in(db: None, client: Client, name: str, method: str) -> None:
    answer = getattr(client, method)(address(name))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=%2Fdesk%2F")


@pytest.fixture
def paper(office: factories.Office) -> Iterator[UUID]:
    """A record under review, in its own body."""
    sheet = factories.propose(factories.draft(office), office)
    yield sheet.record.uuid


RECORD_PAGES = [n for n in names() if n.startswith("record_") or n in ("record", "finding")]


@pytest.mark.parametrize("name", [n for n in RECORD_PAGES if n != "record_new"])
def test_records_of_another_body_are_not_found(
    paper: UUID, sign_in: SignIn, name: str, office: factories.Office
) -> None:
    elsewhere = factories.office(name="青石区商务局")
    for whom in (elsewhere.clerk, elsewhere.verifier, elsewhere.leader, elsewhere.officer):
        browser = sign_in(whom)
        for method in ("get", "post"):
            answer = getattr(browser, method)(address(name, paper))
            assert answer.status_code in (403, 404, 405), (name, method, whom.name)
            assert office.body.name not in answer.content.decode()


def test_sheets_of_another_body_are_not_found(
    paper: UUID, sign_in: SignIn, office: factories.Office
) -> None:
    sheet = ReviewSheet.objects.get(record__uuid=paper)
    browser = sign_in(factories.office(name="青石区商务局").leader)
    for name in ("sheet", "sheet_pdf", "sheet_docx"):
        assert browser.get(address(name, sheet.uuid)).status_code == 404


ALLOWED = {
    "clerk": {
        "home",
        "account",
        "records",
        "record_new",
        "reviews",
        "inventory",
        "run_new",
        "bulk",
        "bulk_export",
        "bulk_template",
        "requests",
        "request_new",
    },
    "verifier": {"home", "account", "records", "reviews", "inventory", "bulk_export"},
    "leader": {"home", "account", "records", "reviews", "inventory", "bulk_export", "requests"},
    "officer": {
        "home",
        "account",
        "records",
        "record_new",
        "reviews",
        "inventory",
        "run_new",
        "bulk",
        "bulk_export",
        "bulk_template",
        "requests",
        "request_new",
        "publishing",
        "guide",
        "guide_edit",
        "organisation",
        "seat_new",
        "duty_new",
        "class_new",
        "mappings",
        "mapping_new",
    },
    "auditor": {"home", "account", "journal"},
    "system": {
        "home",
        "account",
        "organisation",
        "seat_new",
        "duty_new",
        "bodies",
        "body_new",
        "notices",
    },
    "security": {"home", "account", "people", "person_new"},
}
PLAIN = [
    "home",
    "account",
    "records",
    "record_new",
    "reviews",
    "publishing",
    "bulk",
    "bulk_export",
    "bulk_template",
    "guide",
    "guide_edit",
    "inventory",
    "run_new",
    "journal",
    "organisation",
    "seat_new",
    "duty_new",
    "class_new",
    "bodies",
    "body_new",
    "notices",
    "people",
    "person_new",
    "mappings",
    "mapping_new",
    "requests",
    "request_new",
]


@pytest.mark.parametrize("who", ALLOWED)
def test_each_role_opens_its_own_pages_and_no_other(
    office: factories.Office, sign_in: SignIn, who: str
) -> None:
    roles = {"auditor": Role.AUDITOR, "system": Role.SYSTEM_ADMIN, "security": Role.SECURITY_ADMIN}
    person = (
        factories.person("某某", roles[who], office.body) if who in roles else getattr(office, who)
    )
    browser = sign_in(person)
    opened = set()
    for name in PLAIN:
        answer = browser.get(reverse(f"desk:{name}"))
        if answer.status_code == 200:
            opened.add(name)
        else:
            assert answer.status_code == 403, name
            assert "没有这个角色" in answer.content.decode()
    assert opened == ALLOWED[who]


def test_changes_are_made_by_post_alone(
    paper: UUID, sign_in: SignIn, office: factories.Office
) -> None:
    """A GET of an address that only acts is refused; nothing changes."""
    browser = sign_in(office.officer)
    for name in (
        "record_rescan",
        "unseat",
        "person_password",
        "person_unlock",
        "keep",
        "order_cancel",
        "record_unrelate",
    ):
        assert browser.get(address(name, paper)).status_code in (403, 404, 405)


def test_posts_need_the_token(paper: UUID, office: factories.Office) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(reverse("desk:record_new"), {"title": "甲"})
    assert answer.status_code == 403
    assert not office.body.records.filter(title="甲").exists()
