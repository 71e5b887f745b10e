"""Access tokens on the account page: made after the password, shown once, revoked."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.orgs import actions
from gongkai.orgs.models import AccessToken
from gongkai.orgs.values import TokenWish
from tests import factories
from tests.desk.conftest import SignIn

TYPED = {"name": "办文系统", "scope": "write", "days": "90"}


def typed_again(browser: Client) -> None:
    """The password was given again a moment ago."""
    url = reverse("account_reauthenticate")
    answer = browser.post(url, {"password": factories.PASSWORD})
    assert answer.status_code == 302, answer.content.decode()


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn) -> Client:
    return sign_in(office.officer)


def test_the_password_comes_first(browser: Client) -> None:
    answer = browser.post(reverse("desk:tokens"), TYPED)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not AccessToken.objects.exists()


def test_made_shown_once_and_revoked(browser: Client, office: factories.Office) -> None:
    url = reverse("desk:tokens")
    assert url in browser.get(reverse("desk:account")).content.decode()
    typed_again(browser)
    assert browser.post(url, TYPED).status_code == 302
    page = browser.get(url).content.decode()
    secret = re.search(r"gongkai_[\w-]{43}", page)
    assert secret and "只显示这一次" in page
    again = browser.get(url).content.decode()
    assert secret[0] not in again and "办文系统" in again and secret[0][-4:] in again
    token = actions.take_token(secret=secret[0], now=factories.NOW)
    assert token is not None and token.scope == "write"
    assert secret[0] not in str(dict(browser.session))
    browser.post(reverse("desk:token_revoke", kwargs={"uuid": token.uuid}))
    assert actions.take_token(secret=secret[0], now=factories.NOW) is None
    assert "已吊销" in browser.get(url).content.decode()


def test_a_wrong_form_keeps_what_was_typed(browser: Client) -> None:
    typed_again(browser)
    page = browser.post(reverse("desk:tokens"), {**TYPED, "name": "很" * 61}).content.decode()
    assert "最多60字" in page and "很" * 61 in page


def test_another_persons_token_is_not_found(
    browser: Client, office: factories.Office, sign_in: SignIn
) -> None:
    wish = TokenWish("别人的", "read", 30)
    token, _secret = actions.create_token(person=office.clerk, wish=wish, now=factories.NOW)
    url = reverse("desk:token_revoke", kwargs={"uuid": token.uuid})
    assert browser.post(url).status_code == 404
    assert "别人的" not in browser.get(reverse("desk:tokens")).content.decode()


def test_an_administrator_reads_why_there_is_no_form(
    office: factories.Office, sign_in: SignIn
) -> None:
    admin = factories.person("安全己", "security_admin", office.body)
    page = sign_in(admin).get(reverse("desk:tokens")).content.decode()
    assert "访问令牌发给办理业务的人员" in page and 'name="days"' not in page


def test_the_security_administrator_ends_all_of_an_account(
    office: factories.Office, sign_in: SignIn
) -> None:
    wish = TokenWish("系统", "read", 30)
    _token, secret = actions.create_token(person=office.clerk, wish=wish, now=factories.NOW)
    admin = sign_in(factories.person("安全己", "security_admin", office.body))
    uuid = {"uuid": office.clerk.uuid}
    assert "吊销1个访问令牌" in admin.get(reverse("desk:person", kwargs=uuid)).content.decode()
    assert admin.post(reverse("desk:person_revoke_tokens", kwargs=uuid)).status_code == 302
    assert actions.take_token(secret=secret, now=factories.NOW) is None
    after = admin.get(reverse("desk:person", kwargs=uuid)).content.decode()
    assert reverse("desk:person_revoke_tokens", kwargs=uuid) not in after
