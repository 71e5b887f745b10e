"""What every answer carries: safe headers, plain error pages, the right address."""

import logging
import re
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from gongkai.project import urls as project_urls
from gongkai.project.logs import WithoutPersonalData
from gongkai.project.middleware import is_desk


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def forbidden(_request: HttpRequest) -> HttpResponse:
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def wrong(_request: HttpRequest) -> HttpResponse:
    from django.core.exceptions import BadRequest

    raise BadRequest


urlpatterns = [
    path("broken", broken),
    path("forbidden", forbidden),
    path("wrong", wrong),
    *project_urls.urlpatterns,
]


@pytest.mark.django_db
def test_every_answer_carries_safe_headers(client: Client) -> None:
    for address in ("/healthz", "/accounts/login/", "/no-such-page"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no-such-page", 404, "没有找到这个页面"),
        ("/forbidden", 403, "您不能打开这个页面"),
        ("/wrong", 400, "请求的内容不对"),
        ("/broken", 500, "网站出错了"),
    ],
)
def test_error_pages_are_plain_chinese(address: str, status: int, words: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert f"<h1>{words}" in page
    assert "Traceback" not in page
    assert not re.search(r"<script|style=", page)


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_chinese() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert (answer.status_code, "没有提交" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    ("address", "desk"),
    [
        ("/desk", True),
        ("/desk/x/", True),
        ("/accounts/login/", True),
        ("/desktop", False),
        ("/api/v1/requests", True),
        ("/api/v1/requests/due", True),
        ("/api/v1/law/due", False),
        ("/requests/apply/", False),
    ],
)
def test_what_belongs_to_the_desk(address: str, desk: bool) -> None:
    assert is_desk(address) is desk


SPLIT = {
    "ALLOWED_HOSTS": ["www.test", "desk.test"],
    "GONGKAI_PORTAL_HOSTS": ["www.test"],
    "GONGKAI_DESK_HOSTS": ["desk.test"],
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "address", "status"),
    [
        ("www.test", "/accounts/login/", 404),
        ("www.test", "/desk/", 404),
        ("desk.test", "/accounts/login/", 200),
        ("desk.test", "/desk/", 302),
        ("www.test", "/healthz", 200),
        ("other.test", "/healthz", 400),
    ],
)
def test_the_desk_answers_only_on_its_own_address(host: str, address: str, status: int) -> None:
    with override_settings(**SPLIT):
        assert Client(SERVER_NAME=host).get(address).status_code == status


def test_with_a_portal_address_alone_the_desk_is_elsewhere() -> None:
    from gongkai.project.middleware import two_addresses

    hosts = {"ALLOWED_HOSTS": ["www.test", "in.test"], "GONGKAI_PORTAL_HOSTS": ["www.test"]}
    answer = two_addresses(lambda _request: HttpResponse("desk"))
    with override_settings(**hosts):
        inside = answer(RequestFactory(SERVER_NAME="in.test").get("/desk/"))
    assert inside.content == b"desk"


@pytest.mark.parametrize(
    "personal",
    ["13812345678", "110101199003078515", "li@example.test", "/search/?name=张三"],
)
def test_logs_hold_no_personal_data(personal: str) -> None:
    try:
        raise ValueError(personal)
    except ValueError:
        failure = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed for %s.", (personal,), failure)
    text = WithoutPersonalData().format(record)
    assert "ValueError" in text
    assert text.count("***") == 2
    assert personal.rsplit("=", maxsplit=1)[-1] not in text


def test_logs_keep_what_is_not_personal() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "job %s took %s ms", (123, 4567), None)
    assert WithoutPersonalData().format(record) == "job 123 took 4567 ms"
