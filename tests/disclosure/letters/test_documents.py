"""The printed forms: the same words in PDF and DOCX, the seal, drafts that say they are drafts."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure import letter_documents as documents
from gongkai.disclosure.actions import seals
from gongkai.disclosure.letter_docx import draw as docx
from gongkai.disclosure.letter_fee import ladder_words
from gongkai.disclosure.letter_text import LetterContent, attachment_lines, letter_paper, plain_text
from gongkai.disclosure.models import Letter
from gongkai.kit.refusal import Refusal
from gongkai.law.fees import TARIFFS
from gongkai.orgs import actions as orgs
from tests.disclosure.letters import cases as make

REMEDY = "先向云岭区人民政府申请行政复议"


def png(side: int = 8) -> bytes:
    """A small red square."""
    rows = b"".join(b"\0" + b"\xd7\x00\x0f" * side for _ in range(side))

    def chunk(name: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + crc

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(letter: Letter) -> bytes:
    try:
        return documents.letter_pdf(letter)
    except Refusal as refusal:
        pytest.skip(refusal.sentence)


def words(content: bytes) -> str:
    found = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in found)
    return re.sub(r"\s", "", text)


def docx_words(content: bytes) -> str:
    return re.sub(r"\s", "", "".join(p.text for p in Document(BytesIO(content)).paragraphs))


@pytest.mark.django_db
def test_pdf_and_docx_say_the_same_as_the_text(data_dir: object) -> None:
    of = make.case()
    letter = make.approved(make.reply(of, "refused_deliberative", reason="讨论稿"), of)
    text = re.sub(r"\s", "", documents.letter_text(letter))
    assert letter.number in text and "2026年11月2日" in text and REMEDY in text
    assert docx_words(documents.letter_docx(letter)) == text
    # The page number of a second page is not part of the words.
    assert re.sub(r"—\d—", "", words(pdf(letter))) == text
    assert pdf(letter) == pdf(letter)


@pytest.mark.django_db
def test_a_draft_says_across_the_page_that_it_is_one(data_dir: object) -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="电子文件1份")
    assert "草稿" in words(pdf(letter)) and "审批后编号" in words(pdf(letter))
    done = make.approved(letter, of)
    assert "草稿" not in words(pdf(done)) and "审批后编号" not in words(pdf(done))


@pytest.mark.django_db
def test_the_seal_of_the_day_of_approval_is_on_the_letter(data_dir: object) -> None:
    of = make.case()
    plain = make.approved(make.reply(of, "granted", provided="电子文件1份"), of)
    seals.set_seal(body=of.at.body, image=png(), by=None, now=make.NOW)
    other = make.case(of.at)
    sealed = make.approved(make.reply(other, "granted", provided="电子文件1份"), other)
    pictures = [pypdfium2.PdfDocument(pdf(row)) for row in (plain, sealed)]
    counts = [sum(1 for page in d for o in page.get_objects() if o.type == 3) for d in pictures]
    assert counts == [0, 1]
    inside = [b"word/media" in documents.letter_docx(row) for row in (plain, sealed)]
    assert inside == [False, True]
    # A new seal changes no letter that has been approved.
    before = documents.letter_docx(sealed)
    seals.set_seal(body=of.at.body, image=b"", by=None, now=make.NOW)
    assert b"word/media" in documents.letter_docx(Letter.objects.get(pk=sealed.pk)) and before


@pytest.mark.django_db
@pytest.mark.parametrize("image", [b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"0" * 600_000])
def test_a_seal_is_a_small_png_or_jpeg(image: bytes, data_dir: object) -> None:
    of = make.case()
    with pytest.raises(Refusal) as caught:
        seals.set_seal(body=of.at.body, image=image, by=None, now=make.NOW)
    assert caught.value.code == "letter.bad_seal"


@pytest.mark.django_db
def test_attachments_are_listed_by_name_without_suffix(data_dir: object) -> None:
    of = make.case()
    letter = make.reply_with(of, make.file_of(of, "分配方案.pdf"), make.file_of(of, "汇总表.pdf"))
    assert "附件：1. 分配方案\n　　　2. 汇总表\n" in documents.letter_text(letter)


@pytest.mark.django_db
def test_a_purged_letter_says_so(data_dir: object) -> None:
    of = make.case()
    letter = make.approved(make.reply(of, "granted", provided="电子文件1份"), of)
    letter.parts = letter.addressee = ""
    letter.save(update_fields=["parts", "addressee"])
    with pytest.raises(Refusal) as caught:
        documents.letter_text(letter)
    assert caught.value.code == "letter.purged"


@pytest.mark.django_db
def test_a_letter_keeps_the_name_under_which_it_was_approved(data_dir: object) -> None:
    of = make.case()
    letter = make.approved(make.reply(of, "granted", provided="电子文件1份"), of)
    fields = {"name": "云岭区商务和投资促进局"}
    orgs.edit_body(body=of.at.body, fields=fields, by=None, now=make.NOW)
    assert documents.letter_text(Letter.objects.get(pk=letter.pk)).startswith("云岭区商务局\n")


@given(st.text(alphabet="{}<>#$\\”“。；你您abc\n", max_size=40))
def test_what_people_write_is_never_read_as_a_part(given_text: str) -> None:
    """Braces stay braces: a value is put in once and nothing in it is filled in."""
    parts = {"received": "收到。", "basis": "《条例》", "remedy": "可以复议。", "you": "您"}
    content = LetterContent("grant", "某局", "张三", {**parts, "provided": given_text})
    paragraphs = letter_paper(content).paragraphs
    written = [line.strip() for line in given_text.splitlines() if line.strip()]
    assert list(paragraphs[2 : 2 + len(written)]) == written
    assert paragraphs[-2:] == ("可以复议。", "特此答复。")


def test_optional_lines_go_when_empty_and_the_rest_stays() -> None:
    parts = {"received": "收到。", "basis": "", "reason": "撤回", "remedy": "", "you": "您"}
    paper = letter_paper(
        LetterContent("closing", "某局", "张三", parts, "某结告〔2026〕1号", date(2026, 1, 5))
    )
    assert paper.paragraphs == ("收到。", "办结的原因：撤回。", "特此告知。")
    assert plain_text(paper).endswith("某局\n2026年1月5日\n")


def test_a_single_attachment_has_no_number() -> None:
    assert attachment_lines(("方案",)) == ["附件：方案"]


def test_the_ladders_read_as_the_measure_says() -> None:
    assert ladder_words(TARIFFS[0].pages).endswith("第201页起每页40元")
    items = ladder_words(TARIFFS[0].items)
    assert items.startswith("第1—10件不收费，第11—30件每件100元，第31—40件每件200元")
    assert items.endswith("以后每增加10件，每件提高100元")


def test_the_docx_keeps_the_order_word_insists_on() -> None:
    """Borders stand before spacing, indents and alignment, or Word calls the file broken."""
    parts = {"received": "收到。", "basis": "《条例》", "remedy": "可以复议。", "you": "您"}
    content = LetterContent("grant", "某局", "张三", {**parts, "provided": "文件"})
    document = Document(BytesIO(docx(letter_paper(content))))
    order = [child.tag.rpartition("}")[2] for child in document.paragraphs[0]._p.get_or_add_pPr()]
    assert order == ["pBdr", "spacing", "ind", "jc"]
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert abs((section.page_width or 0) - Mm(210)) < Mm(0.1)
