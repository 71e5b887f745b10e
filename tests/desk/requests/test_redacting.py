"""A redacted copy joins the partly granted reply; a bar drawn elsewhere does not go out."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.disclosure import letter_documents, store
from gongkai.disclosure.actions import papers, purging, writing
from gongkai.disclosure.models import DisclosureRequest, FilePart, RedactedCopy, SealedFile
from gongkai.disclosure.values import Upload
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from tests import factories, redaction_samples
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import entered, to
from tests.leaks import leaks

PAPER = redaction_samples.papers(1)[0]
TYPED = {
    "words_1": f"{PAPER.phone}\n{PAPER.card}",
    "what_1": "联系人的手机号码、身份证号码",
    "ground_1": "privacy",
    "reason_1": "公开会侵害个人隐私。",
    "words_2": PAPER.account,
    "what_2": "供应商的银行账号",
    "ground_2": "trade_secret",
    "reason_2": "属于供应商的商业秘密。",
}


@pytest.fixture(scope="module")
def content() -> bytes:
    return redaction_samples.made("reportlab_cid", 1)[0][1]


def added(case: DisclosureRequest, office: factories.Office, content: bytes) -> SealedFile:
    upload = Upload("合同.pdf", content, part=FilePart.ORIGINAL)
    return papers.add_file(request=case, upload=upload, by=office.officer, now=factories.NOW)


def test_the_copy_goes_along_with_its_grounds(
    office: factories.Office, sign_in: SignIn, content: bytes
) -> None:
    desk = sign_in(office.officer)
    case = entered(desk)
    original = added(case, office, content)
    assert (
        to("request_redact", case, pk=original.pk) in desk.get(to("request", case)).content.decode()
    )
    page = desk.get(to("request_redact", case, pk=original.pk)).content.decode()
    assert "合同.pdf" in page and "/pages/1.png" in page
    picture = desk.get(to("request_file_page", case, pk=original.pk, page="1"))
    assert picture.content.startswith(b"\x89PNG") and picture["Cache-Control"] == "no-store"
    answer = desk.post(to("request_redact", case, pk=original.pk), TYPED)
    assert answer.status_code == 302, answer.content.decode()
    copy = RedactedCopy.objects.get()
    assert copy.result.part == FilePart.REPLY and copy.result.name == "合同（遮盖）.pdf"
    assert leaks(store.opened(copy.result), [PAPER.phone, PAPER.card, PAPER.account]) == []
    assert PAPER.card not in str(Entry.objects.get(event="request.file_redacted").data)
    url = f"{to('request_reply', case)}?outcome=partly_granted"
    form = desk.get(url).context["form"]
    assert form.initial["attachments"] == [copy.result_id]
    assert form.initial["part_2"] == "《合同》中的供应商的银行账号"
    names = [f"{name}_{n}" for n in (1, 2) for name in ("part", "ground", "reason")]
    typed = {name: form.initial[name] for name in names} | {"provided": "合同，遮盖后的副本1份"}
    assert desk.post(url, typed | {"attachments": [copy.result_id]}).status_code == 302
    letter = case.letters.get()
    text = letter_documents.letter_text(letter)
    assert "《合同》中的供应商的银行账号" in text and "附件：合同（遮盖）" in text
    with pytest.raises(Refusal, match="不是答复附件"):
        writing.attach(letter=letter, files=[original], by=office.officer, now=factories.NOW)


def test_a_bar_drawn_over_words_does_not_go_out(
    office: factories.Office, sign_in: SignIn, content: bytes
) -> None:
    desk = sign_in(office.officer)
    case = entered(desk)
    url = f"{to('request_reply', case)}?outcome=partly_granted"
    typed = {
        "provided": "合同1份", "part_1": "电话", "ground_1": "privacy", "reason_1": "侵害隐私",
    }  # fmt: skip
    barred = redaction_samples.barred(content, PAPER)
    copy = SimpleUploadedFile("合同（黑框）.pdf", barred, "application/pdf")
    answer = desk.post(url, {**typed, "new_file": copy})
    assert answer.status_code == 422 and "黑框下面还有文字" in answer.content.decode()
    laden = SimpleUploadedFile("合同（夹带）.pdf", content, "application/pdf")
    assert "夹带了附件" in desk.post(url, {**typed, "new_file": laden}).content.decode()
    broken = SimpleUploadedFile("坏了的.pdf", b"%PDF-1.7 nothing", "application/pdf")
    assert "“坏了的.pdf”打不开" in desk.post(url, {**typed, "new_file": broken}).content.decode()
    assert not case.letters.exists() and not case.files.filter(part=FilePart.REPLY).exists()


def test_a_proved_copy_stays_and_its_words_leave_with_the_case(
    office: factories.Office, sign_in: SignIn, content: bytes
) -> None:
    desk = sign_in(office.officer)
    case = entered(desk)
    original = added(case, office, content)
    desk.post(to("request_redact", case, pk=original.pk), TYPED)
    copy = RedactedCopy.objects.get()
    assert json.loads(copy.removals)[0]["words"] == [PAPER.phone, PAPER.card]
    for deed in (
        lambda: RedactedCopy.objects.update(method="plain"),
        lambda: RedactedCopy.objects.update(removals="别的"),
        lambda: RedactedCopy.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic():
            deed()
    purging.purge(request=case, now=timezone.now())
    copy.refresh_from_db()
    assert copy.removals == "" and copy.result.name == ""


def test_only_papers_of_the_reply_are_redacted(
    office: factories.Office, sign_in: SignIn, content: bytes
) -> None:
    desk = sign_in(office.officer)
    case = entered(desk)
    filed = papers.add_file(
        request=case, upload=Upload("申请.pdf", content, part=FilePart.FILED),
        by=office.officer, now=factories.NOW,
    )  # fmt: skip
    assert "只能遮盖" in desk.get(to("request_redact", case, pk=filed.pk)).content.decode()
    original = added(case, office, content)
    other = sign_in(office.clerk).get(to("request_redact", case, pk=original.pk))
    assert other.status_code in (403, 404)
