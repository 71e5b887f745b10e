"""A body whose mailbox lies on a real IMAP server, and an SMTP sink for what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from gongkai.disclosure.actions import mailbox_setting
from gongkai.disclosure.models import Mailbox
from gongkai.kit.dates import CHINA
from tests import factories, mail
from tests.factories import Office

NOON = datetime(2026, 11, 3, 12, tzinfo=CHINA)
_next = count(1)


@pytest.fixture(scope="session")
def imap() -> Iterator[mail.Imap]:
    """The server, started once."""
    try:
        with mail.imap_server() as server:
            yield server
    except mail.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def smtp(settings: Settings) -> Iterator[mail.Sink]:
    """Where the product's mail goes."""
    with mail.smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.DEFAULT_FROM_EMAIL = "xxgk@yunling.example"
        yield sink


def numbered_office() -> Office:
    made = factories.office(phone="010-60000000")
    made.body.profile = made.body.profile | {"letter_word": "云商"}
    made.body.save(update_fields=["profile"])
    return made


def mailbox_of(office: Office, port: int, **changed: Any) -> Mailbox:
    """The settings of a new account on the server."""
    fields = {
        "host": "127.0.0.1",
        "port": port,
        "security": "plain",
        "username": f"xxgk{next(_next)}@yunling.example",
        "folder": "INBOX",
        "from_on": date(2026, 11, 1),
        "after": "keep",
        **changed,
    }
    return mailbox_setting.set_mailbox(
        body=office.body, fields=fields, password=mail.PASSWORD, by=office.officer, now=NOON
    )
