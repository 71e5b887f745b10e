"""The recipient guard: no file of another case goes out, by the actions nor past them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.disclosure.actions import writing
from gongkai.disclosure.models import FilePart, Letter, Sending
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs
from tests.disclosure.letters import cases as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def refused(statement: str, *values: str | int) -> None:
    """The database itself refuses, on both kinds."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_file_of_another_case_cannot_be_attached() -> None:
    of, other = make.case(), make.case()
    letter = make.reply(of, "granted", provided="随附文件")
    foreign, own = make.file_of(other), make.file_of(of)
    with pytest.raises(Refusal) as caught:
        writing.attach(letter=letter, files=[own, foreign], by=of.at.officer, now=make.NOW)
    assert caught.value.code == "letter.foreign_file"
    assert not letter.attachments.exists()
    refused(
        "INSERT INTO disclosure_letter_attachments (letter_id, sealedfile_id) VALUES (%s, %s)",
        letter.pk,
        foreign.pk,
    )
    writing.attach(letter=letter, files=[own], by=of.at.officer, now=make.NOW)
    refused(
        "UPDATE disclosure_letter_attachments SET sealedfile_id = %s WHERE letter_id = %s",
        foreign.pk,
        letter.pk,
    )
    refused(
        "UPDATE disclosure_sealedfile SET request_id = %s WHERE id = %s", of.request.pk, foreign.pk
    )
    assert [f.pk for f in letter.attachments.all()] == [own.pk]


@pytest.mark.parametrize("part", [FilePart.IDENTITY, FilePart.MAIL, FilePart.EVIDENCE])
def test_only_reply_files_go_out(part: str) -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="随附文件")
    with pytest.raises(Refusal) as caught:
        writing.attach(
            letter=letter,
            files=[make.file_of(of, "身份证.pdf", part)],
            by=of.at.officer,
            now=make.NOW,
        )
    assert caught.value.code == "letter.not_a_reply_file"


def test_a_reply_takes_its_files_along_and_the_guard_looks_again_at_approval() -> None:
    of, other = make.case(), make.case()
    own = make.file_of(of)
    with pytest.raises(Refusal):
        make.reply_with(of, make.file_of(other))
    letter = make.reply_with(of, own)
    assert [f.pk for f in letter.attachments.all()] == [own.pk]


def test_an_approved_letter_stays_as_it_was_approved() -> None:
    of = make.case()
    own = make.file_of(of)
    letter = make.approved(make.reply_with(of, own), of)
    for column, value in (
        ("number", "云商信答〔2026〕99号"),
        ("kind", "refusal"),
        ("outcome", "refused_deliberative"),
        ("parts", "v1:abc"),
        ("addressee", "v1:abc"),
        ("request_id", make.case(of.at).request.pk),
    ):
        refused(f"UPDATE disclosure_letter SET {column} = %s WHERE id = %s", value, letter.pk)
    refused("DELETE FROM disclosure_letter_attachments WHERE letter_id = %s", letter.pk)
    refused("DELETE FROM disclosure_letter WHERE id = %s", letter.pk)
    refused(
        "INSERT INTO disclosure_letter_attachments (letter_id, sealedfile_id) VALUES (%s, %s)",
        letter.pk,
        make.file_of(of, "第二份.pdf").pk,
    )
    with pytest.raises(Refusal, match="已审批"):
        writing.edit_letter(
            letter=letter, parts={"provided": "别的"}, by=of.at.officer, now=make.NOW
        )


def test_paper_and_evidence_of_another_case_are_refused_by_the_database() -> None:
    of, other = make.case(), make.case()
    letter = make.handed(make.reply(of, "granted", provided="电子文件"), of)
    foreign = make.file_of(other, "凭证.pdf", FilePart.EVIDENCE)
    refused("UPDATE disclosure_letter SET paper_id = %s WHERE id = %s", foreign.pk, letter.pk)
    sent = Sending.objects.get(letter=letter)
    refused("UPDATE disclosure_sending SET evidence_id = %s WHERE id = %s", foreign.pk, sent.pk)
    refused("DELETE FROM disclosure_sending WHERE id = %s", sent.pk)


def test_a_draft_may_be_changed_and_says_so() -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="电子文件")
    changed = writing.edit_letter(
        letter=letter, parts={"provided": "纸质文件3页"}, by=of.at.officer, now=make.NOW
    )
    assert "纸质文件3页" in changed.parts and changed.addressee == "张三"
    with pytest.raises(ValueError, match="not to be edited"):
        writing.edit_letter(letter=letter, parts={"remedy": "无"}, by=of.at.officer, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        writing.edit_letter(letter=letter, parts={"provided": " "}, by=of.at.officer, now=make.NOW)
    assert caught.value.code == "letter.incomplete"


def test_a_set_day_cannot_be_changed_in_words_only() -> None:
    of = make.case()
    letter = make.letter(of, "supplement", parts={"points": "一、年度"}, due_on=make.on(11, 20))
    with pytest.raises(ValueError, match="due"):
        writing.edit_letter(
            letter=letter, parts={"due": "2026年12月31日"}, by=of.at.officer, now=make.NOW
        )


def test_sending_back_and_voiding_need_a_reason_and_keep_it_sealed() -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="电子文件")
    writing.submit(letter=letter, by=of.at.officer, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        writing.return_letter(letter=letter, reason=" ", by=of.at.leader, now=make.NOW)
    assert "reason" in caught.value.fields
    back = writing.return_letter(letter=letter, reason="补充页数", by=of.at.leader, now=make.NOW)
    assert (back.state, back.note) == ("draft", "补充页数")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM disclosure_letter WHERE id = %s", [letter.pk])
        assert cursor.fetchone()[0].startswith("v1:")
    void = writing.void(letter=letter, reason="重拟", by=of.at.officer, now=make.NOW)
    assert void.state == "void" and Letter.objects.get(pk=letter.pk).note == "重拟"


def test_people_without_the_case_cannot_draft_submit_or_serve() -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="电子文件")
    for act in (writing.submit, writing.void):
        more = {"reason": "无"} if act is writing.void else {}
        with pytest.raises(Refusal) as caught:
            act(letter=letter, by=of.at.verifier, now=make.NOW, **more)
        assert caught.value.code == "request.not_yours"


def test_a_body_without_a_word_for_its_letters_is_told_so() -> None:
    of = make.case()
    profile = {**of.at.body.profile, "letter_word": ""}
    orgs.edit_body(body=of.at.body, fields={"profile": profile}, by=None, now=make.NOW)
    letter = make.reply(of, "granted", provided="电子文件")
    writing.submit(letter=letter, by=of.at.officer, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        writing.approve(letter=letter, by=of.at.leader, now=make.NOW)
    assert caught.value.code == "letter.no_word"
