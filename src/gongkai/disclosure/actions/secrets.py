"""Receipt numbers and secrets: what an applicant opens the own case with.

A secret is kept as a digest only. One that was drawn from the key of a form can be told again to
who sends the very same form again: a browser that lost the answer shows the same receipt.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict
from datetime import date, datetime, timedelta

from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.sealing import blind_index, derived
from gongkai.disclosure.values import Application
from gongkai.law.receipt import Arrival
from gongkai.orgs.models import Body

# Without the letters and digits that are read for one another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SECRET_GROUPS, _GROUP = 5, 5
_NOBODY = hashlib.sha256(b"no such request").hexdigest()
# How long a form sent again still gets its receipt; later it gets the number alone.
TOLD_AGAIN = timedelta(minutes=15)


def new_receipt_number(day: date) -> str:
    """`20261123-7F3K9Q`: the day of arrival and six letters that cannot be guessed from others.

    30 random bits a day, so even a body with a hundred requests a day is hit by one guess in ten
    million. It is a name to use on the telephone, not a key: the secret opens.
    """
    while True:
        number = f"{day:%Y%m%d}-{_letters(6)}"
        if not DisclosureRequest.objects.filter(receipt_number=number).exists():
            return number


def new_secret(sending: str | None = None) -> str:
    """25 letters and digits in groups of five, 125 bits; told to the applicant once.

    Drawn from the index of a sending, so that the same sending gives the same one.
    """
    if sending is None:
        return "-".join(_letters(_GROUP) for _ in range(_SECRET_GROUPS))
    drawn = [_ALPHABET[byte % 32] for byte in derived("secret", sending)]
    return "-".join("".join(drawn[n : n + _GROUP]) for n in range(0, 25, _GROUP))


def _letters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))


def sending_index(body: Body, application: Application, arrival: Arrival) -> str | None:
    """64 hex digits of a form's key and of everything it holds; None where it has no key."""
    if not application.once:
        return None
    held = {
        "once": application.once,
        "body": body.pk,
        "arrival": [arrival.channel.value, str(arrival.arrived_on), str(arrival.confirmed_on)],
        "who": asdict(application.applicant),
        "asked": asdict(application.asked),
        "files": [[f.part, hashlib.sha256(f.content).hexdigest()] for f in application.files],
    }
    text = json.dumps(held, ensure_ascii=False, sort_keys=True)
    return blind_index("sending", hashlib.sha256(text.encode()).hexdigest())


def told_again(request: DisclosureRequest, now: datetime) -> str:
    """The secret of a request whose form came again; empty when its quarter of an hour is over."""
    if request.sending_index is None or now - request.created_at > TOLD_AGAIN:
        return ""
    secret = new_secret(request.sending_index)
    return secret if hmac.compare_digest(digest_of(secret), request.secret_digest) else ""


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 125 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(_plain(secret).encode()).hexdigest()


def _plain(secret: str) -> str:
    return "".join(c for c in secret.upper() if c.isascii() and c.isalnum())


def open_with_secret(receipt_number: str, secret: str) -> DisclosureRequest | None:
    """The request these two open, else `None`; the same work whether the number exists or not.

    The database gives the row of this number or the next one behind it, so that a row is read in
    either case, and number and digest are always compared: `bench.guessing` measures it.
    """
    number = "".join(receipt_number.upper().split())[:24]
    rows = DisclosureRequest.objects.filter(receipt_number__gte=number).order_by("receipt_number")
    near = rows.values_list("pk", "receipt_number", "secret_digest").first()
    pk, found, digest = near or (None, "", "")
    named = hmac.compare_digest(found.encode(), number.encode())
    right = hmac.compare_digest(digest_of(secret), digest or _NOBODY)
    if pk is None or not (named and right):
        return None
    return DisclosureRequest.objects.select_related("body", "applicant").get(pk=pk)
