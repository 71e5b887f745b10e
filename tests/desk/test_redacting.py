"""An attachment redacted on the desk: marked, proved, put in the original's place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.records import actions, redaction, store
from gongkai.records.actions.freezing import freeze
from gongkai.records.models import FilePurpose, Record, RecordFile, Redaction, VersionFile
from gongkai.records.values import NewFile, Removal
from tests import factories, redaction_samples
from tests.desk.conftest import SignIn
from tests.leaks import flat, leaks

PAPER = redaction_samples.papers(1)[0]
TYPED = {"what_1": "申请人身份信息", "ground_1": "privacy", "reason_1": "公开会侵害个人隐私。"}


@pytest.fixture(scope="module")
def content() -> bytes:
    return redaction_samples.made("reportlab_cid", 1)[0][1]


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn) -> Client:
    return sign_in(office.clerk)


@pytest.fixture
def held(office: factories.Office, data_dir: Path, content: bytes) -> RecordFile:
    record = factories.draft(office, title="批复")
    factories.attach(record, office, name="批复.pdf", content=content)
    return record.files.get()


def to(name: str, held: RecordFile, **more: object) -> str:
    return reverse(f"desk:{name}", kwargs={"uuid": held.record.uuid, "pk": held.pk, **more})


def removal(*words: str, **changed: Any) -> Removal:
    said = {"what": "身份信息", "words": words, "ground": "privacy", "reason": "侵害隐私"}
    return Removal(**{**said, **changed})


def test_marked_on_the_desk_and_put_in_its_place(
    held: RecordFile, browser: Client, settings: Any
) -> None:
    settings.GONGKAI_SCANNERS = []
    record = held.record
    listed = browser.get(reverse("desk:record_files", args=[record.uuid])).content.decode()
    assert to("record_redact", held) in listed
    page = browser.get(to("record_redact", held)).content.decode()
    assert f'value="{PAPER.phone}"' in page and "（手机号码）" in page and "/pages/1.png" in page
    picture = browser.get(to("record_file_page", held, page="1"))
    assert picture["Content-Type"] == "image/png" and picture["Cache-Control"] == "no-store"
    bare = browser.post(to("record_redact", held), {**TYPED, "reason_1": "", "words_1": PAPER.card})
    assert "请写明不予公开的具体理由" in bare.content.decode() and not Redaction.objects.exists()
    typed = {**TYPED, "found": [PAPER.phone], "words_1": f"{PAPER.name}\n{PAPER.card}"}
    typed |= {"frames_1": "1 0 0 200 20"}
    answer = browser.post(to("record_redact", held), typed)
    assert answer.status_code == 302, answer.content.decode()
    copy = record.files.get(purpose=FilePurpose.ATTACHMENT)
    assert copy.name == "批复（遮盖）.pdf"
    assert leaks(store.read(copy.file), [PAPER.phone, PAPER.name, PAPER.card]) == []
    held.refresh_from_db()
    assert held.purpose == FilePurpose.SOURCE
    row = Redaction.objects.get()
    shown = browser.get(reverse("desk:record_redaction", args=[record.uuid, row.uuid]))
    assert "pdfminer.six" in shown.content.decode() and "个人隐私" in shown.content.decode()
    entry = Entry.objects.get(event="record.file_redacted")
    assert PAPER.name not in str(entry.data) and row.digest in str(entry.data)
    after = browser.get(reverse("desk:record_files", args=[record.uuid])).content.decode()
    assert "已遮盖" in after and "重新遮盖" in after


def count(content: bytes, words: str) -> int:
    pages = pypdfium2.PdfDocument(content)
    return flat("".join(p.get_textpage().get_text_range() for p in pages)).count(flat(words))


def test_single_places_are_chosen_each_mark_with_its_ground(
    held: RecordFile, browser: Client, content: bytes, settings: Any
) -> None:
    settings.GONGKAI_SCANNERS = []
    url = to("record_redact", held)
    page = browser.get(url).content.decode()
    # Each place with its page and what stands around it, ticked.
    assert f'name="at" value="1 {PAPER.phone}" checked' in page
    assert "联系电话<mark>" in page and "第1页</span>" in page
    # The places of words that were typed are listed; what was typed stays.
    listed = browser.post(url, {**TYPED, "words_2": f"{PAPER.name}\n没有的字", "find": "2"})
    told = listed.content.decode()
    assert listed.status_code == 200 and not Redaction.objects.exists()
    assert TYPED["reason_1"] in told and "没有找到“没有的字”" in told
    assert f'<input type="hidden" name="listed" value="{PAPER.name}">' in told
    places = redaction.find(redaction.Paper("批复.pdf", content), [PAPER.name])[PAPER.name]
    assert len(places) == count(content, PAPER.name) >= 3
    assert f'name="at" value="{len(places)} {PAPER.name}" checked' in told
    assert f'name="at" value="{len(places) + 1} {PAPER.name}"' not in told
    ticked = browser.post(url, {**TYPED, "tick": "all"}).content.decode()
    assert f'name="found" value="{PAPER.phone}" checked' in ticked
    typed = {
        **TYPED, "found": [PAPER.phone, PAPER.card], "into": [f"2 {PAPER.card}"],
        "words_2": PAPER.name, "what_2": "承办人姓名", "ground_2": "internal_affairs",
        "reason_2": "属于内部事务。", "listed": [PAPER.name, PAPER.phone],
        "at": [f"2 {PAPER.name}"],
    }  # fmt: skip
    none = browser.post(url, typed)
    assert none.status_code == 422 and f"“{PAPER.phone}”一处也没有勾选" in none.content.decode()
    typed["at"] = [f"2 {PAPER.name}", *(f"{n} {PAPER.phone}" for n in range(1, 9))]
    assert "已有变化" in browser.post(url, typed).content.decode()
    typed["at"] = [f"2 {PAPER.name}", f"1 {PAPER.phone}"]
    answer = browser.post(url, typed)
    assert answer.status_code == 302, answer.content.decode()
    row = Redaction.objects.get()
    kept = store.read(row.result)
    for words, gone in (
        (PAPER.name, 1),
        (PAPER.phone, 1),
        (PAPER.card, count(content, PAPER.card)),
    ):
        assert count(kept, words) == count(content, words) - gone
    assert [r["words"] for r in row.removals] == [[PAPER.phone], [PAPER.card, PAPER.name]]
    assert [r["ground"] for r in row.removals] == ["privacy", "internal_affairs"]
    shown = browser.get(reverse("desk:record_redaction", args=[row.record.uuid, row.uuid]))
    assert f"{PAPER.name}（第2处）" in shown.content.decode()


def test_what_cannot_be_done_is_told_and_nothing_typed_is_lost(
    held: RecordFile, browser: Client, office: factories.Office, sign_in: SignIn
) -> None:
    url = to("record_redact", held)

    def told(**typed: Any) -> str:
        answer = browser.post(url, {**TYPED, **typed})
        assert answer.status_code == 422
        return answer.content.decode()

    assert "还没有标出" in browser.post(url, {}).content.decode()
    assert "没有这样的字" in told(words_1="没有这样的字") and "找不到" in told(
        words_1="没有这样的字"
    )
    assert "看不懂" in told(frames_1="第一页左上角") and "没有第8页" in told(frames_1="8 1 2 30 40")
    assert "太短" in told(words_1="陈")
    assert record_is_untouched(held)
    assert browser.get(to("record_file_page", held, page="999")).status_code >= 400
    factories.attach(held.record, office, name="表.xlsx", content=b"PK\x03\x04")
    other = held.record.files.get(name="表.xlsx")
    assert "先转成PDF" in browser.get(to("record_redact", other)).content.decode()
    assert sign_in(office.leader).get(url).status_code == 403


def record_is_untouched(held: RecordFile) -> bool:
    held.refresh_from_db()
    return held.purpose == FilePurpose.ATTACHMENT and not Redaction.objects.exists()


def test_the_original_never_comes_back(
    held: RecordFile, office: factories.Office, content: bytes
) -> None:
    first = actions.redact(
        file=held, removals=[removal(PAPER.phone)], by=office.clerk, now=factories.NOW
    )
    again = actions.redact(
        file=held, removals=[removal(PAPER.phone, PAPER.card)], by=office.clerk, now=factories.NOW
    )
    record: Record = held.record
    files = record.files.filter(purpose=FilePurpose.ATTACHMENT)
    assert [each.file_id for each in files] == [again.result_id] != [first.result_id]
    with pytest.raises(Refusal, match="遮盖前的原件"):
        actions.attach(
            record=record, file=NewFile("又.pdf", content), by=office.clerk, now=factories.NOW
        )
    record.refresh_from_db()
    version = freeze(record=record, reason="", by=office.clerk, now=factories.NOW)
    assert [each.file_id for each in version.files.all()] == [again.result_id]
    for broken in (
        lambda: VersionFile.objects.create(version=version, file=held.file, name="原件"),
        lambda: Redaction.objects.filter(pk=again.pk).update(method="plain"),
        lambda: Redaction.objects.filter(pk=again.pk).delete(),
    ):
        refused_by_the_database(broken)
    Redaction.objects.filter(pk=first.pk).delete()


def refused_by_the_database(deed: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match=r"never"), transaction.atomic():
        deed()


def test_a_draft_with_a_redaction_can_be_discarded(
    held: RecordFile, office: factories.Office
) -> None:
    actions.redact(file=held, removals=[removal(PAPER.phone)], by=office.clerk, now=factories.NOW)
    actions.discard(record=held.record, reason="重复录入", by=office.clerk, now=factories.NOW)
    assert not Redaction.objects.exists()


def test_a_removal_without_a_ground_of_the_law_is_refused(
    held: RecordFile, office: factories.Office
) -> None:
    for bad, told in (
        ({"ground": "因故"}, "没有“因故”"),
        ({"what": " "}, "是什么内容"),
        ({"words": ()}, "请填写要遮去的文字"),
    ):
        with pytest.raises(Refusal, match=told):
            actions.redact(
                file=held, removals=[removal(PAPER.phone, **bad)], by=office.clerk,
                now=factories.NOW,
            )  # fmt: skip
