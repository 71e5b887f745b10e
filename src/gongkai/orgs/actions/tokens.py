"""Access tokens: a person gives a program leave to act in his name, for a time, and takes it back.

The secret is told once and only its digest is kept. It has 256 random bits, so a slow hash would
add nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import policies
from gongkai.orgs.errors import save_checked
from gongkai.orgs.middleware import first_duty
from gongkai.orgs.models import AccessToken, Person, TokenScope
from gongkai.orgs.queries import actor
from gongkai.orgs.values import TokenWish

# Whoever looks for leaked secrets finds these by their first letters.
PREFIX = "gongkai_"
MOST_LIVE = 20
LONGEST_DAYS = 366
BASIS = "GB/T 22239—2019 8.1.4.1 身份鉴别"
# A use is written down at most once a minute: reading stays cheap.
USE_SECONDS = 60


@transaction.atomic
def create_token(*, person: Person, wish: TokenWish, now: datetime) -> tuple[AccessToken, str]:
    """A new token of `person` and its secret, told this one time.

    Refused before the person has done what signing in asks of him first (own password, second
    factor), beyond twenty live tokens and beyond a year.
    """
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    policies.may_hold_token(kept, civil_day(now)).require(BASIS)
    sentence, _page = first_duty(kept)
    if sentence:
        raise Refusal("token.first_duty", sentence, BASIS)
    _check(kept, wish, now)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        person=kept,
        name=wish.name.strip(),
        scope=wish.scope,
        digest=digest_of(secret),
        ending=secret[-4:],
        created_at=now,
        expires_at=now + timedelta(days=wish.days),
    )
    save_checked(token, code="token.not_valid")
    until = civil_day(token.expires_at)
    _note("account.token_created", token, kept, scope=TokenScope(token.scope).label, until=until)
    return token, secret


def _check(person: Person, wish: TokenWish, now: datetime) -> None:
    if not wish.name.strip():
        sentence = "请填写令牌名称，写明哪个系统用它。"
        raise Refusal("token.no_name", sentence, fields={"name": sentence})
    if not 1 <= wish.days <= LONGEST_DAYS:
        sentence = f"有效期须在1至{LONGEST_DAYS}天之间，请改填。"
        raise Refusal("token.days", sentence, BASIS, {"days": sentence})
    live = AccessToken.objects.filter(person=person, revoked_at=None, expires_at__gt=now)
    if live.count() >= MOST_LIVE:
        raise Refusal("token.too_many", f"有效的令牌最多{MOST_LIVE}个，请先吊销不用的。", BASIS)


@transaction.atomic
def revoke_token(*, token: AccessToken, by: Person | None, now: datetime) -> AccessToken:
    """End a token at once: by its owner, or by who administers the account. Twice is once."""
    rows = AccessToken.objects.select_for_update(of=("self",), no_key=True)
    kept = rows.select_related("person__body").get(pk=token.pk)
    policies.may_revoke_token(by, kept, civil_day(now)).require(policies.SEPARATION)
    if kept.revoked_at is None:
        kept.revoked_at = now
        kept.save(update_fields=["revoked_at"])
        _note("account.token_revoked", kept, by)
    return kept


@transaction.atomic
def revoke_tokens(*, person: Person, by: Person | None, now: datetime) -> int:
    """End every live token of an account at once; how many there were."""
    live = AccessToken.objects.filter(person=person, revoked_at=None, expires_at__gt=now)
    ended = [revoke_token(token=token, by=by, now=now) for token in live.order_by("id")]
    return len(ended)


def _note(event: str, token: AccessToken, by: Person | None, **data: object) -> None:
    owner = token.person
    own = by is not None and by.pk == owner.pk
    append(
        event=event,
        actor=actor(by, body=owner.body, role="self" if own else "security_admin"),
        subject=Subject("person", owner.pk, owner.uuid),
        change=Change(basis=BASIS, data={"account": owner.username, "token": token.name, **data}),
    )


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def take_token(*, secret: str, now: datetime) -> AccessToken | None:
    """The live token with this secret of a person whose account is in use, marked as used."""
    rows = AccessToken.objects.select_related("person__body", "person__section")
    live = rows.filter(revoked_at=None, expires_at__gt=now, person__is_active=True)
    token = live.filter(digest=digest_of(secret)).first()
    if token is None:
        return None
    last = token.last_used_at
    if last is None or (now - last).total_seconds() >= USE_SECONDS:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
