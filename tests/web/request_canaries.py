"""A request full of words: everything its applicant said, its papers, an answer taken back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from gongkai.disclosure.actions import concluding, filing, releasing
from gongkai.disclosure.values import ApplicantText, Application, AskedText, Filed, Upload
from gongkai.kit.dates import civil_day
from gongkai.law.receipt import Arrival, Channel
from tests.factories import NOW, Office

if TYPE_CHECKING:
    from tests.web.canaries import Canaries

PLAIN = ("kind", "postcode", "identity_kind")
ASKED = ("subject", "description", "document_number")


def plant_request(at: Office, birds: Canaries) -> None:
    """One still open, and one whose answer was shown to everybody and then taken back."""
    _filed(at, birds, "open request")
    done = _filed(at, birds, "answered request", imported_from="old-register.xlsx#7").request
    today = civil_day(NOW)
    concluding.register_reply(request=done, outcome="granted", on=today, by=at.officer, now=NOW)
    words = {name: birds.word(f"taken back answer.{name}") for name in ("asked", "answered")}
    done.refresh_from_db()
    answer = releasing.release_answer(request=done, by=at.officer, now=NOW, **words)
    releasing.withdraw_answer(answer=answer, by=at.officer, now=NOW)


def _filed(at: Office, birds: Canaries, place: str, imported_from: str = "") -> Filed:
    names = [each.name for each in fields(ApplicantText) if each.name not in PLAIN]
    who = {name: birds.word(f"{place}.{name}") for name in names}
    subject, description, number = (birds.word(f"{place}.{name}") for name in ASKED)
    what = AskedText(subject=subject, description=description, document_number=number)
    file = Upload(f"{birds.word(f'{place}.file name')}.pdf", b"%PDF-1.4 x", part="identity")
    application = Application(
        ApplicantText(kind="natural", **who), what, (file,), False, imported_from
    )
    arrival = Arrival(Channel.COUNTER, civil_day(NOW))
    return filing.file_request(
        body=at.body, application=application, arrival=arrival, by=at.officer, now=NOW
    )
