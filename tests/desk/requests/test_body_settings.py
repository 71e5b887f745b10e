"""The seal and the settings of a body's requests: the system administrator's pages."""

from __future__ import annotations

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.actions import seals
from gongkai.disclosure.seal_image import NotASeal, read_seal
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body, Role
from tests import factories
from tests.desk.conftest import SignIn


def png(side: int = 400, *, colour: int = 6, told: int = 0) -> bytes:
    """A red square with a clear ground (`colour` 6) or without (2); `told` lies about its size."""
    pixel = b"\xd7\x00\x0f\x00" if colour == 6 else b"\xd7\x00\x0f"
    rows = b"".join(b"\0" + pixel * side for _ in range(side))

    def chunk(name: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + crc

    head = struct.pack(">IIBBBBB", told or side, told or side, 8, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x01\x90\x01\xf4\x01\x01\x11\x00\xff\xd9"


def image(content: bytes, name: str = "公章.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


@pytest.fixture
def system(office: factories.Office, sign_in: SignIn) -> Client:
    return sign_in(factories.person("系统甲", Role.SYSTEM_ADMIN, office.body))


def at(name: str, office: factories.Office, **more: str) -> str:
    return reverse(f"desk:{name}", kwargs={"uuid": office.body.uuid, **more})


def test_a_seal_is_looked_at_set_changed_and_taken_away(
    office: factories.Office, system: Client
) -> None:
    url = at("body_seal", office)
    sample = system.post(url, {"image": image(png()), "millimetres": "42", "sample": "1"})
    assert sample["Content-Type"] == "application/pdf" or "没有" in sample.content.decode()
    assert "letter_seal" not in Body.objects.get(pk=office.body.pk).profile, "a look sets nothing"
    assert system.post(url, {"image": image(png()), "millimetres": "42"}).status_code == 302
    opaque = {"image": image(png(100, colour=2)), "millimetres": "40"}
    said = system.post(url, opaque, follow=True).content.decode()
    assert "没有透明底色" in said and "100×100" in said
    kept = Body.objects.get(pk=office.body.pk).profile["letter_seal"]
    assert kept["millimetres"] == 40
    picture = system.get(at("body_seal_picture", office, sha256=kept["sha256"]))
    assert picture.content == png(100, colour=2) and picture["X-Content-Type-Options"] == "nosniff"
    assert system.get(at("body_seal_picture", office, sha256="0" * 64)).status_code == 404
    assert system.post(url, {"remove": "1"}).status_code == 302
    page = system.get(url).content.decode()
    assert "没有启用印章图样" in page and page.count("系统甲") >= 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a", "PNG或JPEG"),
        (png()[:-20], "已损坏"),
        (png()[:60] + b"x" + png()[61:], "已损坏"),
        (png(100, told=50), "已损坏"),
        (png(8, told=5000), "每边须在"),
        (JPEG[:-2], "已损坏"),
    ],
)
def test_what_is_no_seal_is_refused_in_words(
    office: factories.Office, system: Client, content: bytes, sentence: str
) -> None:
    answer = system.post(at("body_seal", office), {"image": image(content), "millimetres": "42"})
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_a_small_file_that_unpacks_to_much_is_refused() -> None:
    with pytest.raises(NotASeal, match="已损坏"):
        read_seal(png(400, told=8))
    assert read_seal(JPEG).width == 500 and read_seal(JPEG).height == 400
    assert read_seal(png()).notes == ()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(noise: bytes) -> None:
    for content in (noise, b"\x89PNG\r\n\x1a\n" + noise, b"\xff\xd8\xff" + noise + b"\xff\xd9"):
        try:
            read_seal(content)
        except NotASeal as error:
            assert str(error)


def test_only_the_system_administrator_sets_it(office: factories.Office, sign_in: SignIn) -> None:
    desk = sign_in(office.officer)
    assert desk.get(at("body_seal", office)).status_code == 403
    assert desk.get(at("body_requests", office)).status_code == 403
    with pytest.raises(Refusal):
        seals.set_seal(body=office.body, image=png(), by=office.officer, now=factories.NOW)


def test_the_settings_of_requests_are_kept_and_the_rest_of_the_profile_stays(
    office: factories.Office, system: Client
) -> None:
    url, before = at("body_requests", office), Body.objects.get(pk=office.body.pk).profile
    wrong = {
        "letter_word": "云商〔2026〕",
        "request_number": "申请{year}",
        "keep_personal_months": "0",
    }
    page = system.post(url, wrong)
    assert page.status_code == 422
    for sentence in ("只写代字", "须含 {serial}", "1至1200"):
        assert sentence in page.content.decode()
    typed = {
        "letter_word": "云商务", "request_number": "云申〔{year}〕{serial}号", "email": "on",
        "body_kind": "department", "reconsideration_body": "云岭区人民政府",
        "keep_identity_months": "6",
    }  # fmt: skip
    assert system.post(url, typed).status_code == 302
    after = Body.objects.get(pk=office.body.pk).profile
    assert after["letter_word"] == "云商务" and after["keep_identity_months"] == 6
    assert {"counter", "signed_post", "ordinary_post", "email"} <= set(after["request_channels"])
    assert not {"web", "fax"} & set(after["request_channels"])
    assert after["index_number"] == before["index_number"]
    assert 'name="web"' in system.get(url).content.decode()
    # The web form is closed now.
    assert "没有开通网上申请" in Client().get("/requests/apply/").content.decode()
