"""A body with its people, and requests written by us. Everybody here is invented."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from gongkai.disclosure import letter_documents
from gongkai.disclosure.actions import filing, replying, sending, writing
from gongkai.disclosure.models import DisclosureRequest, Letter, Sending
from gongkai.disclosure.values import ApplicantText, Application, AskedText, Filed, Upload
from gongkai.kit.dates import CHINA
from gongkai.law.receipt import Arrival, Channel
from gongkai.law.service import Service, Way
from tests import factories
from tests.factories import Office

ZHAO = ApplicantText(
    kind="natural",
    name="赵小满",
    identity_kind="居民身份证",
    identity_number="11010919900307123X",
    phone="13900001234",
    email="zhao@example.cn",
    address="云岭区梅花街7号",
)
ROAD = AskedText(
    subject="云岭区梅花街改造工程的施工合同",
    description="梅花街7号门前一段，二〇二五年签订的合同",
    provided_as="electronic",
    provided_by="email",
)


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """A moment in China."""
    return datetime(year, month, day, hour, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


@pytest.fixture
def office(db: None) -> Office:
    made = factories.office()
    made.body.profile = made.body.profile | {"letter_word": "云商"}
    made.body.save(update_fields=["profile"])
    return made


def filed(
    office: Office,
    on: date,
    *,
    channel: Channel = Channel.COUNTER,
    applicant: ApplicantText = ZHAO,
    asked: AskedText = ROAD,
    files: tuple[Upload, ...] = (),
    by: Any = "officer",
) -> Filed:
    """A request that came in on a day; over the counter it is received that day."""
    who = getattr(office, by) if isinstance(by, str) else by
    return filing.file_request(
        body=office.body,
        application=Application(applicant, asked, files),
        arrival=Arrival(channel, on),
        by=who,
        now=at(on.year, on.month, on.day),
    )


def fresh(request: DisclosureRequest) -> DisclosureRequest:
    """The row as the database has it."""
    return DisclosureRequest.objects.get(pk=request.pk)


@pytest.fixture
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are served without being typeset: what they look like is another test's matter."""

    def blank(letter: Letter) -> Upload:
        return Upload("文书.pdf", b"%PDF-1.7", "application/pdf", "letter")

    monkeypatch.setattr(letter_documents, "issued", blank)


def send(letter: Letter, office: Office, on: date, service: Service | None = None) -> Sending:
    """Submit, approve and serve a letter on a day; handed over unless told otherwise."""
    now = at(on.year, on.month, on.day)
    writing.submit(letter=letter, by=office.officer, now=now)
    writing.approve(letter=letter, by=office.leader, now=now)
    how = service or Service(Way.HANDED, signed_on=on)
    return sending.serve(letter=letter, service=how, tracking="EMS1", by=office.officer, now=now)


def answered(
    request: DisclosureRequest, office: Office, on: date, outcome: str = "granted", **stated: str
) -> DisclosureRequest:
    """A request replied to by a letter handed over on a day."""
    given = stated or {"provided": "合同复印件一份"}
    letter = replying.draft_reply(
        request=request,
        outcome=outcome,
        stated=given,
        by=office.officer,
        now=at(on.year, on.month, on.day, 9),
    )
    send(letter, office, on)
    return fresh(request)
