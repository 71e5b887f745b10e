"""Attachments are scanned; nothing leaves that neither program nor person looked through."""

from __future__ import annotations

import io

import pytest
from docx import Document

from gongkai.kit.refusal import Refusal
from gongkai.records import actions as records
from gongkai.records.models import Record, RecordFile
from gongkai.review import actions, queries
from gongkai.review.models import FileReading, Finding
from gongkai.review.tasks import look_through_files
from gongkai.review.values import FindingReply
from tests import factories as make
from tests.backends import samples

pytestmark = pytest.mark.django_db
CARD = "110109199003070127"


def docx(text: str, *, comment: str = "") -> bytes:
    made = Document()
    made.core_properties.author = "拟稿人13912345678"
    run = made.add_paragraph().add_run(text)
    if comment:
        made.add_comment(run, text=comment)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def attached(at: make.Office, name: str, content: bytes, **more: str) -> Record:
    record = make.draft(at)
    make.attach(record, at, name=name, content=content, **more)
    return record


def seen(record: Record) -> set[tuple[str, str, str]]:
    return {(f.kind, f.field.partition(":")[0], f.evidence) for f in queries.open_findings(record)}


def test_what_an_attachment_shows_and_hides_is_scanned() -> None:
    at = make.office()
    record = attached(
        at, "名单.docx", docx(f"补贴对象身份证号{CARD}", comment="内部资料\n不得外传")
    )
    with pytest.raises(Refusal) as caught:
        make.propose(record, at, answer_first=False)
    assert caught.value.code == "review.open_findings"
    found = seen(record)
    assert ("identity_card", "file", CARD) in found
    assert ("internal_mark", "hidden", "内部资料\n不得外传") in found
    assert ("mobile", "hidden", "13912345678") in found
    assert ("hidden_text", "files", "名单.docx") in found
    rows = queries.open_findings(record)
    assert "批注。" in rows.get(kind="hidden_text").sentence


def test_the_kinds_of_hidden_things_and_the_names_in_a_file_are_told() -> None:
    at = make.office()
    record = attached(at, "名单.docx", samples.docx())
    actions.rescan(record=record, now=make.NOW)
    said = record.findings.get(kind="hidden_text")
    assert said.severity == "warning"
    for words in ("隐藏文字", "修订痕迹（删除（李四））", "批注（王五）"):
        assert words in said.sentence
    people = record.findings.get(kind="file_properties")
    assert (people.severity, people.evidence) == ("info", "名单.docx")
    assert "作者：张三" in people.sentence
    assert ("secrecy_mark", "hidden", "机密★一年") in seen(record)


def test_a_part_nobody_read_wants_a_person_though_the_rest_was_read() -> None:
    at = make.office()
    content = samples.zipped({"名单.txt": f"身份证号{CARD}", "图.jpg": samples.photo()})
    record = attached(at, "打包.zip", content)
    actions.rescan(record=record, now=make.NOW)
    found = seen(record)
    assert ("unreadable_file", "files", "打包.zip") in found
    assert ("identity_card", "file", CARD) in found
    assert "图.jpg" in record.findings.get(kind="unreadable_file").sentence
    assert "拍摄位置" in record.findings.get(kind="hidden_text").sentence


def test_words_of_an_attachment_cannot_be_changed_here_only_kept_with_a_reason() -> None:
    at = make.office()
    record = attached(at, "名单.txt", f"身份证号{CARD}".encode())
    actions.rescan(record=record, now=make.NOW)
    (row,) = queries.open_findings(record)
    for answer in (FindingReply("accepted"), FindingReply("edited", text="略")):
        with pytest.raises(Refusal):
            actions.answer_finding(finding=row, answer=answer, by=at.clerk, now=make.NOW)
    kept = FindingReply("kept", reason="本人已书面同意公开")
    actions.answer_finding(finding=row, answer=kept, by=at.clerk, now=make.NOW)
    assert make.propose(record, at, answer_first=False).state == "proposed"


def test_a_mended_file_in_its_place_takes_the_finding_away() -> None:
    at = make.office()
    record = attached(at, "名单.txt", f"身份证号{CARD}".encode())
    actions.rescan(record=record, now=make.NOW)
    assert len(seen(record)) == 1
    records.detach(file=RecordFile.objects.get(record=record), by=at.clerk, now=make.NOW)
    make.attach(record, at, name="名单.txt", content="身份证号110109********0127".encode())
    actions.rescan(record=record, now=make.NOW)
    assert seen(record) == set()


@pytest.mark.parametrize(
    ("name", "content"),
    [("扫描件.docx", b"PK\x03\x04broken"), ("图.xyz", b"\x00\x01"), ("空表.xlsx", b"not a book")],
)
def test_what_no_program_can_read_wants_a_person(name: str, content: bytes) -> None:
    at = make.office()
    record = attached(at, name, content)
    with pytest.raises(Refusal) as caught:
        make.propose(record, at, answer_first=False)
    assert caught.value.code == "review.open_findings"
    assert seen(record) == {("unreadable_file", "files", name)}
    # Answered, it stays answered when everything is looked through again.
    kept = FindingReply("kept", reason="已逐页核对，无不宜公开内容")
    row = queries.open_findings(record).get()
    actions.answer_finding(finding=row, answer=kept, by=at.clerk, now=make.NOW)
    actions.rescan(record=record, now=make.NOW)
    assert seen(record) == set()


def test_originals_that_are_never_published_are_left_alone() -> None:
    at = make.office()
    record = attached(at, "原件.txt", f"身份证号{CARD}".encode(), purpose="source")
    actions.rescan(record=record, now=make.NOW)
    assert seen(record) == set() and not FileReading.objects.exists()


def test_one_content_is_read_once_whatever_it_is_attached_to() -> None:
    at = make.office()
    content = f"身份证号{CARD}".encode()
    first, second = attached(at, "甲.txt", content), attached(at, "乙.txt", content)
    assert actions.read_files(record=first, now=make.NOW) == 1
    assert actions.read_files(record=second, now=make.NOW) == 0
    assert actions.read_files(record=first, now=make.NOW) == 0
    actions.rescan(record=second, now=make.NOW)
    assert seen(second) == {("identity_card", "file", CARD)}


def test_the_worker_looks_through_a_file_soon_after_it_came() -> None:
    at = make.office()
    record = attached(at, "名单.txt", f"身份证号{CARD}".encode())
    assert look_through_files.call(record.pk) == 1
    assert look_through_files.call(record.pk) == 0
    assert Finding.objects.filter(record=record).count() == 1
    assert look_through_files.call(10**9) == 0
