"""An office that takes requests over the net, and the forms a stranger fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.disclosure.models import DisclosureRequest
from tests.disclosure.conftest import no_paper
from tests.factories import Office
from tests.portal.conftest import at, index

__all__ = ["at", "index", "no_paper"]

FORM = {
    "step": "file",
    "subject": "云岭区梅花街改造工程的施工合同",
    "document_number": "",
    "description": "梅花街7号门前一段",
    "provided_as": "electronic",
    "provided_by": "email",
    "kind": "natural",
    "name": "赵小满",
    "representative": "",
    "contact_name": "",
    "identity_kind": "护照",
    "identity_number": "E12345678",
    "phone": "13900001234",
    "email": "zhao@example.cn",
    "address": "云岭区梅花街七号",
    "postcode": "",
    "agent": "",
    "assistance": "请用大字打印",
}
PERSONAL = ("赵小满", "E12345678", "13900001234", "zhao@example.cn", "梅花街七号", "护照.png")
PICTURE = b"\x89PNG\r\n\x1a\nnot really a picture"


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> Iterator[None]:
    """Counts of tries and kept pages are of one test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def office(at: Office) -> Office:
    at.body.profile = at.body.profile | {"letter_word": "云商"}
    at.body.save(update_fields=["profile"])
    return at


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt page told."""

    number: str
    secret: str
    page: str

    @property
    def case(self) -> DisclosureRequest:
        return DisclosureRequest.objects.get(receipt_number=self.number)


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("护照.png", PICTURE, "image/png")


def file_it(client: Client, **changed: str) -> Receipt:
    """Fill in the form and read the receipt."""
    answer = client.post("/requests/apply/", {**FORM, **changed, "identity": proof()})
    assert answer.status_code == 302, answer.content.decode()
    shown = client.get(answer["Location"]).content.decode()
    number = re.search(r'id="receipt-number">([^<]+)<', shown)
    secret = re.search(r'id="receipt-secret">([^<]+)<', shown)
    assert number and secret
    return Receipt(number[1], secret[1], shown)


def enter(client: Client, receipt: Receipt) -> str:
    """Open the case with number and secret; the page."""
    answer = client.post("/requests/track/", {"number": receipt.number, "secret": receipt.secret})
    assert answer.status_code == 302, answer.content.decode()
    return client.get("/requests/track/").content.decode()
