"""Requests come in: day of receipt by channel, due date by the law, numbers, secrets, gaps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.disclosure.actions import filing
from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.values import Application, AskedText, Upload
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Arrival, Channel
from tests.disclosure.conftest import ZHAO, at, filed, fresh
from tests.factories import Office

# law.md §9, vectors 3–9, 11–13, 18, 20: day of receipt → last day to reply, provisional.
VECTORS = [
    ("2008-09-22", "2008-10-16", False),
    ("2013-09-18", "2013-10-15", False),
    ("2015-08-28", "2015-09-21", False),
    ("2016-02-03", "2016-02-29", False),
    ("2019-05-14", "2019-06-04", False),
    ("2019-05-15", "2019-06-13", False),
    ("2020-01-17", "2020-02-21", False),
    ("2022-01-27", "2022-03-01", False),
    ("2025-12-31", "2026-01-29", False),
    ("2026-02-06", "2026-03-12", False),
    ("2026-02-14", "2026-03-20", False),
    ("2026-09-18", "2026-10-22", False),
    ("2026-10-03", "2026-11-03", False),
    ("2026-12-15", "2027-01-13", True),
]


@pytest.mark.parametrize(("received", "due", "provisional"), VECTORS)
def test_due_date_follows_the_law(
    office: Office, received: str, due: str, provisional: bool
) -> None:
    request = fresh(filed(office, date.fromisoformat(received)).request)
    assert request.due_on == date.fromisoformat(due)
    assert request.due_provisional is provisional
    assert request.state == "accepted"


def test_web_form_has_no_day_until_both_sides_confirmed(office: Office) -> None:
    request = filed(office, date(2026, 3, 2), channel=Channel.WEB, by=None).request
    assert (request.state, request.received_on, request.due_on) == (
        "awaiting_confirmation", None, None,
    )  # fmt: skip
    filing.applicant_confirms(request=request, now=at(2026, 3, 2, 11))
    assert fresh(request).received_on is None
    done = filing.office_confirms(request=request, by=office.officer, now=at(2026, 3, 4))
    assert (done.state, done.received_on) == ("accepted", date(2026, 3, 4))
    assert done.due_on == date(2026, 4, 1)
    with pytest.raises(Refusal, match="不能确认收到"):
        filing.confirm(request=request, on=date(2026, 3, 5), by=None, now=at(2026, 3, 5))


def test_ordinary_letter_counts_from_the_phone_call(office: Office) -> None:
    request = filed(office, date(2026, 3, 2), channel=Channel.ORDINARY_POST).request
    assert request.received_on is None
    done = filing.confirm(
        request=request, on=date(2026, 3, 4), by=office.officer, now=at(2026, 3, 4)
    )
    assert done.received_on == date(2026, 3, 4)
    with pytest.raises(Refusal, match="早于到达日期"):
        other = filed(office, date(2026, 3, 2), channel=Channel.FAX).request
        filing.confirm(request=other, on=date(2026, 3, 1), by=office.officer, now=at(2026, 3, 4))


def test_numbers_run_without_gaps_and_start_anew(office: Office) -> None:
    days = [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 4)]
    numbers = [filed(office, day).request.number for day in days]
    assert numbers == ["依申请〔2025〕1号", "依申请〔2025〕2号", "依申请〔2026〕1号"]


def test_secret_opens_only_its_own_request(office: Office) -> None:
    one, two = filed(office, date(2026, 3, 2)), filed(office, date(2026, 3, 2))
    number = one.request.receipt_number
    assert filing.open_with_secret(number, one.secret) == one.request
    assert filing.open_with_secret(number.lower(), one.secret.lower().replace("-", " "))
    assert filing.open_with_secret(number, two.secret) is None
    assert filing.open_with_secret("20260302-AAAAAA", one.secret) is None
    assert filing.open_with_secret(number, "") is None
    assert one.secret not in DisclosureRequest.objects.get(pk=one.request.pk).secret_digest


def test_what_the_application_lacks_is_told_not_refused(office: Office) -> None:
    whole = filed(office, date(2026, 3, 2))
    assert whole.gaps == ()
    bare = ZHAO.__class__(kind="natural", name="钱七")
    gaps = filed(office, date(2026, 3, 2), applicant=bare, asked=AskedText()).gaps
    assert {gap.key for gap in gaps} == {"identity", "contact", "description", "form_wanted"}
    # Before 2019 no proof of identity was asked for, unless about oneself.
    old = filed(office, date(2010, 3, 2), applicant=bare, asked=AskedText(subject="某规划")).gaps
    assert "identity" not in {gap.key for gap in old}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"on": date(2026, 3, 3)}, "request.future_day"),
        ({"kind": "company"}, "request.applicant_kind"),
        ({"channel": Channel.FAX}, "receipt.channel_closed"),
        ({"upload": Upload("a.pdf", b"MZ\x00")}, "upload.disguised"),
        ({"upload": Upload("a.exe", b"MZ\x00")}, "upload.unknown_kind"),
        ({"by": "verifier"}, "request.not_registrar"),
    ],
)
def test_what_is_refused(office: Office, fields: dict[str, Any], code: str) -> None:
    office.body.profile = office.body.profile | {"request_channels": ["web"]}
    applicant = ZHAO.__class__(kind=fields.get("kind", "natural"), name="钱七")
    files = (fields["upload"],) if "upload" in fields else ()
    with pytest.raises(Refusal) as refused:
        filing.file_request(
            body=office.body,
            application=Application(applicant, AskedText(subject="规划"), files),
            arrival=Arrival(
                fields.get("channel", Channel.COUNTER), fields.get("on", date(2026, 3, 2))
            ),
            by=getattr(office, fields.get("by", "officer")),
            now=at(2026, 3, 2),
        )
    assert refused.value.code == code
    assert not DisclosureRequest.objects.exists()
