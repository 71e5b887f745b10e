"""Access tokens: told once, bound to the person of the moment, ended for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import DatabaseError, connection, transaction

from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions
from gongkai.orgs.actions.tokens import MOST_LIVE, digest_of
from gongkai.orgs.models import AccessToken, Person
from gongkai.orgs.values import TokenWish
from gongkai.project import cli
from tests import factories
from tests.factories import NOW, Office

WISH = TokenWish("办文系统", "write", 90)
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def office(db: None) -> Office:
    return factories.office()


def made(person: Person, wish: TokenWish = WISH) -> tuple[AccessToken, str]:
    return actions.create_token(person=person, wish=wish, now=NOW)


def test_the_secret_is_told_once_and_only_its_digest_is_kept(office: Office) -> None:
    token, secret = made(office.clerk)
    assert secret.startswith("gongkai_") and len(secret) > 45
    assert token.digest == digest_of(secret) and token.ending == secret[-4:]
    kept = " ".join(str(v) for v in AccessToken.objects.values().get(pk=token.pk).values())
    assert secret not in kept
    line = Entry.objects.get(event="account.token_created")
    assert line.actor_id == office.clerk.pk and line.data["token"] == "办文系统"
    assert secret not in str(line.data)


def test_a_live_token_opens_for_its_owner_and_notes_its_use(office: Office) -> None:
    token, secret = made(office.clerk)
    later = NOW + timedelta(days=1)
    found = actions.take_token(secret=secret, now=later)
    assert found is not None and found.person == office.clerk
    token.refresh_from_db()
    assert token.last_used_at == later
    actions.take_token(secret=secret, now=later + timedelta(seconds=30))
    token.refresh_from_db()
    assert token.last_used_at == later, "a use is written down once a minute"


@pytest.mark.parametrize("secret", ["", "gongkai_x", "\udc80", "x" * 5000])
def test_any_other_secret_opens_nothing(office: Office, secret: str) -> None:
    made(office.clerk)
    assert actions.take_token(secret=secret, now=NOW) is None


def test_an_ended_revoked_or_left_account_opens_nothing(office: Office) -> None:
    token, secret = made(office.clerk)
    assert actions.take_token(secret=secret, now=token.expires_at) is None
    assert actions.take_token(secret=secret, now=token.expires_at - timedelta(seconds=1))
    actions.revoke_token(token=token, by=office.clerk, now=NOW)
    actions.revoke_token(token=token, by=office.clerk, now=NOW + timedelta(hours=1))
    assert actions.take_token(secret=secret, now=NOW) is None
    assert Entry.objects.filter(event="account.token_revoked").count() == 1
    _other, second = made(office.clerk)
    actions.deactivate(person=office.clerk, reason="调离", by=None, now=NOW)
    assert actions.take_token(secret=second, now=NOW) is None


def test_who_needs_a_second_factor_sets_it_up_first(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        made(office.officer)
    assert refused.value.code == "token.first_duty" and "第二重验证" in refused.value.sentence
    TOTP.activate(office.officer, SECRET)
    made(office.officer)


def test_administrators_and_people_without_a_role_get_none(office: Office) -> None:
    for who in (
        factories.person("安全己", "security_admin", office.body),
        Person.objects.create(username="nobody", name="无", body=office.body),
    ):
        with pytest.raises(Refusal) as refused:
            made(who)
        assert refused.value.code == "token.no_role"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (TokenWish(" ", "read", 30), "name"),
        (TokenWish("x" * 61, "read", 30), "name"),
        (TokenWish("系统", "all", 30), "scope"),
        (TokenWish("系统", "read", 0), "days"),
        (TokenWish("系统", "read", 367), "days"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(office: Office, wish: TokenWish, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        made(office.clerk, wish)
    assert field in refused.value.fields


def test_only_so_many_live_ones(office: Office) -> None:
    for _ in range(MOST_LIVE):
        token, _secret = made(office.clerk)
    with pytest.raises(Refusal) as refused:
        made(office.clerk)
    assert refused.value.code == "token.too_many"
    actions.revoke_token(token=token, by=office.clerk, now=NOW)
    made(office.clerk)


def test_others_do_not_revoke_it_but_the_security_administrator_does(office: Office) -> None:
    token, _secret = made(office.clerk)
    with pytest.raises(Refusal):
        actions.revoke_token(token=token, by=office.officer, now=NOW)
    admin = factories.person("安全己", "security_admin", office.body)
    assert actions.revoke_token(token=token, by=admin, now=NOW).revoked_at == NOW


def test_all_of_an_account_are_ended_at_the_console(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = [made(office.clerk)[1], made(office.clerk)[1]]
    other = made(factories.person("经办庚", "case_officer", office.body))[1]
    assert cli.main(["people", "revoke-tokens", office.clerk.username]) == 0
    assert "已吊销 2 个" in capsys.readouterr().out
    assert [actions.take_token(secret=each, now=NOW) for each in secrets] == [None, None]
    assert actions.take_token(secret=other, now=NOW) is not None
    assert set(
        Entry.objects.filter(event="account.token_revoked").values_list("actor_name", "role")
    ) == {("系统", "system")}


@pytest.mark.parametrize(
    "change",
    [
        "scope = 'read'",
        "digest = 'x'",
        "person_id = (SELECT max(id) FROM orgs_person)",
        "expires_at = created_at",
        "revoked_at = NULL",
    ],
)
def test_the_database_keeps_it_as_it_was_given(office: Office, change: str) -> None:
    token, _secret = made(office.clerk)
    actions.revoke_token(token=token, by=office.clerk, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE orgs_accesstoken SET {change} WHERE id = %s", [token.pk])
