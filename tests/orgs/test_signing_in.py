"""Signing in through the real pages: password, second factor, lock-out, journal."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongkai.journal.models import Entry
from gongkai.orgs import actions, lockout
from gongkai.orgs.models import Person, Role
from tests.orgs.conftest import NOW, PASSWORD, Town

# Two words between tags: nothing of allauth's own English is left in our pages.
ENGLISH = re.compile(r">[^<]*[A-Za-z]{4,} [a-z]{2,}[^<]*<")
LOGIN, DESK = "/accounts/login/", "/desk/"


@pytest.fixture(autouse=True)
def _no_counted_tries() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": name, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def events() -> list[str]:
    found = Entry.objects.filter(event__startswith="account.").order_by("seq")
    return list(found.values_list("event", flat=True))


def led_to(response: Any) -> str:
    return str(response.headers.get("Location", ""))


def activate(client: Client) -> str:
    """Set up the authenticator as a person does, reading the secret from the page."""
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    code = pyotp.TOTP(secret).now()
    done = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert done.status_code == 302, page.context["form"].errors
    return secret


def test_a_clerk_signs_in_and_out_with_a_password_alone(client: Client, town: Town) -> None:
    town.person("li", Role.CASE_OFFICER)
    assert led_to(sign_in(client, "li")) == DESK
    assert not led_to(client.get(DESK))
    client.post("/accounts/logout/")
    assert not signed_in(client)
    assert events() == ["account.signed_in", "account.signed_out"]


def test_a_wrong_password_and_an_unknown_name_look_the_same(client: Client, town: Town) -> None:
    town.person("li")
    pages = []
    for name in ("li", "nobody"):
        page = sign_in(client, name, "wrong-password-9").content.decode()
        assert "登录" in page
        assert "账号或密码不正确" in page
        pages.append(page.count("error"))
    assert pages[0] == pages[1]
    assert not signed_in(client)


@pytest.mark.parametrize(
    "role",
    [Role.REVIEW_GROUP, Role.RESPONSIBLE_LEADER, Role.DISCLOSURE_OFFICE, Role.AUDIT_ADMIN],
)
def test_a_publishing_role_does_nothing_before_the_second_factor(
    client: Client, town: Town, role: str
) -> None:
    town.person("zhou", role)
    sign_in(client, "zhou")
    for path in (DESK, "/desk", "/desk/records/new/"):
        assert led_to(client.get(path)) == reverse("mfa_activate_totp")
        assert led_to(client.post(path, {"x": "1"})) == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "必须先设置第二重验证" in page


def test_with_totp_the_password_alone_is_not_enough(client: Client, town: Town) -> None:
    town.person("zhou", Role.REVIEW_GROUP)
    sign_in(client, "zhou")
    secret = activate(client)
    assert not led_to(client.get(DESK))
    client.post("/accounts/logout/")
    cache.clear()  # a code is good once; forget that this one was used

    assert led_to(sign_in(client, "zhou")).startswith(reverse("mfa_authenticate"))
    assert not signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "验证码不正确" in wrong.content.decode()
    assert not signed_in(client)
    right = client.post(reverse("mfa_authenticate"), {"code": pyotp.TOTP(secret).now()})
    assert led_to(right) == DESK
    assert signed_in(client)
    assert events() == [
        "account.signed_in",
        "account.second_factor_set",
        "account.signed_out",
        "account.signed_in",
    ]


def test_who_removes_the_authenticator_is_led_back_to_it(client: Client, town: Town) -> None:
    town.person("zhou", Role.REVIEW_GROUP)
    sign_in(client, "zhou")
    activate(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert led_to(client.get(DESK)) == reverse("mfa_activate_totp")
    assert events()[-1] == "account.second_factor_removed"


def test_recovery_codes_alone_are_no_second_factor(town: Town) -> None:
    from allauth.mfa.models import Authenticator

    from gongkai.orgs.middleware import first_duty

    person = town.person("zhou", Role.REVIEW_GROUP)
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert first_duty(person)[1] == "mfa_activate_totp"


def test_a_temporary_password_is_changed_first(client: Client, town: Town) -> None:
    clerk = town.person("li", Role.CASE_OFFICER)
    password = actions.issue_password(person=clerk, by=town.security, now=NOW)
    sign_in(client, "li", password)
    assert led_to(client.get(DESK)) == reverse("account_change_password")
    new = "willow-river-44-boat"
    form = {"oldpassword": password, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    assert not led_to(client.get(DESK))
    assert Person.objects.get(pk=clerk.pk).check_password(new)
    assert "account.password_changed" in events()


@pytest.mark.parametrize("weak", ["short", "password1234", "198765432101", "lishuxian2026"])
def test_weak_passwords_are_refused(client: Client, town: Town, weak: str) -> None:
    clerk = town.person("lishuxian")
    sign_in(client, "lishuxian")
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    page = client.post(reverse("account_change_password"), form)
    assert page.status_code == 200
    assert Person.objects.get(pk=clerk.pk).check_password(PASSWORD)


def lock(client: Client, name: str) -> Any:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, name, "wrong-password-9")
    return answer


def test_the_lock_says_for_how_long_and_holds_for_the_right_password(
    client: Client, town: Town
) -> None:
    town.person("li")
    for answer in (lock(client, "li"), sign_in(client, "li")):
        assert answer.status_code == 429
        assert "请在 15 分钟后" in answer.content.decode()
    assert not signed_in(client)
    assert events() == ["account.locked"]


def test_another_spelling_of_the_name_counts_as_the_same(client: Client, town: Town) -> None:
    town.person("li")
    for name in ("LI", "Li", "ｌｉ", " li", "lI"):
        sign_in(client, name, "wrong-password-9")
    assert sign_in(client, "li").status_code == 429


def test_tries_during_the_lock_do_not_lengthen_it(client: Client, town: Town) -> None:
    town.person("li")
    lock(client, "li")
    began = AccessAttempt.objects.get(username="li").attempt_time - timedelta(minutes=6)
    AccessAttempt.objects.update(attempt_time=began)
    answer = sign_in(client, "li", "wrong-password-9")
    assert "请在 9 分钟后" in answer.content.decode()
    assert lockout.locked_until("li") == began + settings.AXES_COOLOFF_TIME


def test_the_lock_ends_by_itself(client: Client, town: Town) -> None:
    town.person("li")
    lock(client, "li")
    past = AccessAttempt.objects.get(username="li").attempt_time - settings.AXES_COOLOFF_TIME
    AccessAttempt.objects.update(attempt_time=past - timedelta(seconds=1))
    sign_in(client, "li")
    assert signed_in(client)


def test_the_security_administrator_lifts_a_lock(client: Client, town: Town) -> None:
    clerk = town.person("li")
    lock(client, "LI")
    assert actions.unlock(person=clerk, by=town.security, now=NOW) >= 1
    sign_in(client, "li")
    assert signed_in(client)
    assert events()[:2] == ["account.locked", "account.unlocked"]


def test_an_unknown_name_is_never_written_down(client: Client, town: Town) -> None:
    lock(client, "my-secret-in-the-wrong-box")
    assert events() == []
    assert not any("wrong-box" in str(vars(line)) for line in Entry.objects.all())


def test_a_closed_account_is_signed_out_at_once(client: Client, town: Town) -> None:
    clerk = town.person("li")
    sign_in(client, "li")
    actions.deactivate(person=clerk, reason="离职", by=town.security, now=NOW)
    assert not signed_in(client)
    sign_in(client, "li")
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/accounts/signup/", "安全管理员开立"),
        ("/accounts/password/reset/", "临时密码"),
        ("/accounts/password/reset/key/1-abc/", "临时密码"),
    ],
)
def test_nobody_makes_an_account_or_resets_by_mail(
    client: Client, town: Town, path: str, said: str
) -> None:
    before = Person.objects.count()
    assert said in client.get(path).content.decode()
    form = {"username": "new", "password1": PASSWORD, "password2": PASSWORD, "email": "a@b.cn"}
    client.post(path, form)
    assert Person.objects.count() == before


def test_a_session_lives_by_use_and_ends_by_idleness(client: Client, town: Town) -> None:
    town.person("li")
    sign_in(client, "li")
    client.get(DESK)
    session = client.session
    first = session["seen_at"]
    session["seen_at"] = first - 61
    session.save()
    client.get(DESK)
    assert client.session["seen_at"] >= first
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_every_account_page_is_ours_and_in_chinese(client: Client, town: Town) -> None:
    town.person("zhou", Role.REVIEW_GROUP)
    assert "用安全管理员发给您的账号登录" in client.get(LOGIN).content.decode()
    sign_in(client, "zhou")
    activate(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    for name in (
        "mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_deactivate_totp", "account_change_password", "account_logout",
    ):  # fmt: skip
        page = client.get(reverse(name), headers={"accept-language": "en"})
        assert page.status_code == 200, name
        text = page.content.decode()
        assert "政府信息公开工作台" in text, name
        assert not re.search(r">[^<]*[A-Za-z]{4,} [a-z]{2,}[^<]*<", text.partition("<main")[2]), (
            name
        )


def test_the_secret_of_a_second_factor_is_not_in_the_database(client: Client, town: Town) -> None:
    from allauth.mfa.models import Authenticator

    town.person("zhou", Role.REVIEW_GROUP)
    sign_in(client, "zhou")
    secret = activate(client)
    rows = [str(row.data) for row in Authenticator.objects.all()]
    assert rows
    assert not any(secret in row for row in rows)


def test_a_changed_secret_key_reads_old_secrets_only_with_the_fallback(settings: Any) -> None:
    from gongkai.orgs.second_factor import SecondFactor

    kept = SecondFactor().encrypt("JBSWY3DPEHPK3PXP")
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key" * 6
    unreadable = {SecondFactor().decrypt(kept) for _ in range(2)}
    assert len(unreadable) == 2  # never a fixed secret that somebody could use
    assert "JBSWY3DPEHPK3PXP" not in unreadable
    settings.SECRET_KEY_FALLBACKS = [former]
    assert SecondFactor().decrypt(kept) == "JBSWY3DPEHPK3PXP"
    assert SecondFactor().decrypt("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"


def test_without_its_secret_no_code_opens_the_account(client: Client, town: Town) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth as totp

    town.person("zhou", Role.REVIEW_GROUP)
    sign_in(client, "zhou")
    activate(client)
    client.post("/accounts/logout/")
    Authenticator.objects.filter(type="totp").update(data={"secret": "fernet:broken"})
    sign_in(client, "zhou")
    for secret in ("", "JBSWY3DPEHPK3PXP"):
        code = f"{totp.hotp_value(secret, int(time.time()) // 30):06}"
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert not signed_in(client)
