"""Redacted copies: what was marked is gone, by a finder of leaks that is none of the product's."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gongkai import plug
from gongkai.backends.redact import pdf_proof
from gongkai.backends.redact.docx import DocxRedactor
from gongkai.backends.redact.pdf import PdfRedactor
from gongkai.backends.redact.picture import PictureRedactor
from gongkai.backends.redact.plain import PageRedactor, PlainRedactor
from gongkai.ports import RedactionError
from gongkai.text.redaction import Area, Mark, Redacted
from tests import redaction_samples as samples
from tests.leaks import flat, leaks

FEW = 4
Made = list[tuple[samples.Paper, bytes]]
Makes = Callable[[str], Made]


@pytest.fixture(scope="module")
def made() -> Makes:
    kept: dict[str, Made] = {}

    def of(producer: str) -> Made:
        if why := samples.missing(producer):
            pytest.skip(why)
        return kept.setdefault(producer, samples.made(producer, FEW))

    return of


def redact(tmp_path: Path, content: bytes, *marks: Mark, as_image: bool = False) -> Redacted:
    path = tmp_path / "件.pdf"
    path.write_bytes(content)
    return PdfRedactor().redact(path, marks, as_image=as_image)


def text_of(content: bytes) -> str:
    return flat("".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(content)))


@pytest.mark.parametrize("producer", samples.PRODUCERS)
def test_nothing_marked_is_left(producer: str, made: Makes, tmp_path: Path) -> None:
    for paper, content in made(producer):
        assert len(leaks(content, paper.targets)) > len(paper.targets)
        copy = redact(tmp_path, content, *(Mark(words=words) for words in paper.targets))
        assert leaks(copy.content, paper.targets) == []
        assert all(count > 0 for count in copy.places)
        if copy.method == "text":
            rest = "不得擅自变更。有关费用由申请单位承担，办理结果在本机关网站公布。"
            assert text_of(content).count(rest) == text_of(copy.content).count(rest)


@pytest.mark.parametrize("producer", ["typst", "reportlab_cid"])
def test_a_bar_drawn_over_is_found(producer: str, made: Makes, tmp_path: Path) -> None:
    paper, content = made(producer)[0]
    barred = samples.barred(content, paper)
    checks = pdf_proof.prove(barred, paper.targets, {})
    failed = {check.name for check in checks if check.left}
    assert {"pdfium", "pdfminer", "objects", "structure"} <= failed
    path = tmp_path / "画黑框.pdf"
    path.write_bytes(barred)
    covered = "".join(row.text for row in PdfRedactor().inspect(path).covered if row.dark)
    assert paper.phone in covered and paper.name in covered
    clean = redact(tmp_path, content, *(Mark(words=words) for words in paper.targets))
    path.write_bytes(clean.content)
    told = PdfRedactor().inspect(path)
    assert not told.covered and not told.warnings and not told.grave


def test_one_place_of_several_and_a_rectangle(made: Makes, tmp_path: Path) -> None:
    paper, content = made("reportlab_cid")[0]
    before = text_of(content)
    one = redact(tmp_path, content, Mark(words=paper.name, only=(1,)))
    assert text_of(one.content).count(paper.name) == before.count(paper.name) - 1
    head = redact(tmp_path, content, Mark(area=Area(1, 40, 0, 560, 50)))
    assert head.method == "text"
    assert text_of(head.content).count(paper.phone) == before.count(paper.phone) - 1
    with pytest.raises(RedactionError, match="只有"):
        redact(tmp_path, content, Mark(words=paper.name, only=(99,)))
    with pytest.raises(RedactionError, match="没有第9页"):
        redact(tmp_path, content, Mark(area=Area(9, 0, 0, 10, 10)))
    with pytest.raises(RedactionError, match="找不到“未曾出现的字”"):
        redact(tmp_path, content, Mark(words="未曾出现的字"))


def test_places_are_told_in_the_order_in_which_they_are_chosen(made: Makes, tmp_path: Path) -> None:
    paper, content = made("reportlab_cid")[0]
    path = tmp_path / "件.pdf"
    path.write_bytes(content)
    names, nothing = PdfRedactor().find(path, [paper.name, "没有的字"])
    assert nothing == () and len(names) == text_of(content).count(paper.name) >= 3
    body = next(n for n, place in enumerate(names, 1) if place.before.endswith("申请人"))
    place = names[body - 1]
    assert place.page == 1 and place.words == paper.name and place.after.startswith("（身份证")
    assert place.areas[0].page == 1 and place.areas[0].right > place.areas[0].left
    one = text_of(redact(tmp_path, content, Mark(words=paper.name, only=(body,))).content)
    assert "申请人(身份证" in one and one.count(paper.name) == len(names) - 1


def test_a_turned_page_is_cut_where_it_is_seen(made: Makes, tmp_path: Path) -> None:
    paper, content = made("reportlab_cid")[0]
    for turn in (90, 180, 270):
        with pikepdf.open(BytesIO(content)) as pdf:
            pdf.pages[0].rotate(turn, relative=False)
            pdf.pages[0].obj.CropBox = [20, 30, 580, 830]
            held = BytesIO()
            pdf.save(held)
        copy = redact(tmp_path, held.getvalue(), *(Mark(words=w) for w in paper.targets))
        assert copy.method == "text" and leaks(copy.content, paper.targets) == []


def test_words_in_forms_and_pictures_make_the_page_a_picture(tmp_path: Path) -> None:
    paper = samples.papers(4)[3]
    content = samples.reportlab_cid([paper])[0]
    copy = redact(tmp_path, content, Mark(words="盖章：" + paper.name))
    assert copy.images == (1,) and "盖章" not in text_of(copy.content)
    blank = Image.new("L", (400, 60), 200)
    with pikepdf.open(BytesIO(samples.reportlab_cid(samples.papers(1))[0])) as pdf:
        picture = pdf.make_stream(
            blank.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=400,
            Height=60, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        name = pdf.pages[0].add_resource(picture, pikepdf.Name.XObject)
        pdf.pages[0].contents_add(f"q 400 0 0 60 60 780 cm {name} Do Q".encode(), prepend=True)
        held = BytesIO()
        pdf.save(held)
    name_of_first = samples.papers(1)[0].name
    scanned = redact(tmp_path, held.getvalue(), Mark(words=name_of_first))
    assert 1 in scanned.images


def test_what_a_copy_may_not_have_in_it(made: Makes, tmp_path: Path) -> None:
    paper, content = made("typst")[0]
    copy = redact(tmp_path, content, Mark(words=paper.phone), as_image=True)
    assert copy.method == "image" and text_of(copy.content) == ""
    with pikepdf.open(BytesIO(copy.content)) as pdf:
        assert (
            set(pdf.Root.keys()) == {"/Type", "/Pages"} and not pdf.docinfo and not pdf.attachments
        )
    # The other targets stand in the text still, and nowhere else.
    cut = redact(tmp_path, content, Mark(words=paper.phone))
    found = leaks(cut.content, [paper.card])
    assert found and not [each for each in found if each.startswith("streams")]


def test_a_locked_or_broken_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "件.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(RedactionError, match="打不开"):
        PdfRedactor().look(path)
    with pikepdf.open(BytesIO(samples.reportlab_cid(samples.papers(1))[0])) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(RedactionError, match="设有密码"):
        PdfRedactor().redact(path, [Mark(words="甲乙")])


# --- office files -------------------------------------------------------------------------------

CARD = "110101198803073755"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def twelve_places() -> bytes:
    """A DOCX with the number in twelve places."""
    document = docx.Document()
    document.add_paragraph(f"证号{CARD}。")
    split = document.add_paragraph("又见")
    for digit in CARD:
        split.add_run(digit)
    document.sections[0].header.paragraphs[0].text = CARD
    document.sections[0].footer.paragraphs[0].text = CARD
    document.core_properties.comments = CARD
    document.add_comment(split.runs[:1], text=CARD)
    held = BytesIO()
    document.save(held)
    odd = (
        f'<w:p {_W}><w:del w:id="1" w:author="a"><w:r><w:delText>{CARD}</w:delText></w:r></w:del>'
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{CARD}</w:t></w:r>"
        f'<w:fldSimple w:instr="AUTHOR {CARD}"><w:r><w:t>甲</w:t></w:r></w:fldSimple>'
        f'<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent><w:p>'
        f"<w:r><w:t>{CARD}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    )
    notes = (
        f"<w:footnotes {_W}><w:footnote w:id='2'><w:p><w:r><w:t>{CARD}</w:t></w:r></w:p>"
        "</w:footnote></w:footnotes>"
    )
    fresh = BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(fresh, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            if name == "word/document.xml":
                raw = raw.replace(b"<w:sectPr", odd.encode() + b"<w:sectPr", 1)
            new.writestr(name, raw)
        new.writestr("word/footnotes.xml", notes)
        new.writestr("customXml/item9.xml", f"<a>{CARD}</a>")
    return fresh.getvalue()


def test_a_number_in_twelve_places_of_a_docx(tmp_path: Path) -> None:
    path = tmp_path / "件.docx"
    path.write_bytes(twelve_places())
    with zipfile.ZipFile(path) as archive:
        holding = [name for name in archive.namelist() if CARD.encode() in archive.read(name)]
    assert len(holding) >= 7
    copy = DocxRedactor(pdf=False).redact(path, [Mark(words=CARD)])
    # Body, split runs, head, foot, text box, footnote; the other six places are dropped.
    assert copy.suffix == ".docx" and copy.places == (6,)
    with zipfile.ZipFile(BytesIO(copy.content)) as archive:
        whole = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
        assert not {n for n in archive.namelist() if "customXml" in n or "docProps" in n}
    assert CARD not in whole and CARD not in re.sub(r"<[^>]+>|\s", "", whole)
    again = docx.Document(BytesIO(copy.content))
    assert again.paragraphs[0].text == "证号███。" and again.paragraphs[1].text == "又见███"
    with pytest.raises(RedactionError, match="先转成PDF"):
        DocxRedactor(pdf=False).redact(path, [Mark(area=Area(1, 0, 0, 9, 9))])
    (found,) = DocxRedactor(pdf=False).find(path, [CARD])
    second = next(n for n, place in enumerate(found, 1) if place.before.endswith("又见"))
    one = DocxRedactor(pdf=False).redact(path, [Mark(words=CARD, only=(second,))])
    said = [p.text for p in docx.Document(BytesIO(one.content)).paragraphs]
    assert len(found) == 6 and one.places == (1,)
    assert said[0] == f"证号{CARD}。" and said[1] == "又见███"
    with pytest.raises(RedactionError, match="没有所选"):
        DocxRedactor(pdf=False).redact(path, [Mark(words=CARD, only=(7,))])
    seen = DocxRedactor(pdf=False).inspect(path)
    assert len(seen.grave) == 3 and len(seen.warnings) == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_of_a_docx_a_pdf_is_given(tmp_path: Path) -> None:
    path = tmp_path / "件.docx"
    path.write_bytes(twelve_places())
    copy = plug.redact(path.name).redact(path, [Mark(words=CARD)])
    assert copy.suffix == ".pdf" and leaks(copy.content, [CARD]) == [] and copy.places[0] >= 4
    # The text closes up: a short name leaves the same gap as a long one.
    given = tmp_path / "件.pdf"
    given.write_bytes(copy.content)
    assert [len(found) for found in PdfRedactor().find(given, ["证号███。", "又见███"])] == [1, 1]
    some = plug.redact(path.name).redact(path, [Mark(words=CARD, only=(1, 2))])
    assert some.places == (2,) and text_of(some.content).count(CARD) >= 1
    with pytest.raises(RedactionError, match="找不到"):
        plug.redact(path.name).redact(path, [Mark(words=CARD), Mark(words="没有的字")])


# --- pictures and text --------------------------------------------------------------------------


def test_a_picture_loses_what_is_boxed_and_its_properties(tmp_path: Path) -> None:
    path = tmp_path / "照片.jpg"
    exif = Image.Exif()
    exif[0x010E] = "拍摄于兰花路"
    Image.new("RGB", (300, 200), "white").save(path, exif=exif)
    assert PictureRedactor().inspect(path).warnings
    copy = PictureRedactor().redact(path, [Mark(area=Area(1, 10, 10, 60, 40))])
    again = Image.open(BytesIO(copy.content))
    assert again.getpixel((30, 20)) == (0, 0, 0) and again.getpixel((100, 100)) == (255, 255, 255)
    assert not again.getexif()
    with pytest.raises(RedactionError, match="画框"):
        PictureRedactor().redact(path, [Mark(words="甲乙")])


def test_plain_text_and_pages(tmp_path: Path) -> None:
    text = tmp_path / "件.txt"
    text.write_bytes("联系人：陈皓 然，电话139 1234 5678。".encode("gb18030"))
    copy = PlainRedactor().redact(text, [Mark(words="陈皓然"), Mark(words="13912345678")])
    assert copy.content.decode() == "联系人：███，电话███。"
    (places,) = PlainRedactor().find(text, ["陈皓然"])
    assert (places[0].before, places[0].words, places[0].page) == ("联系人：", "陈皓 然", 0)
    page = tmp_path / "件.html"
    page.write_text(
        "<html><head><title>陈皓然</title><script>'陈皓然'</script><body><!--陈皓然-->"
        "<p title=陈皓然>"
        "联系人<b>陈</b>皓<i>然</i>。<p style='display: none'>陈皓然"
        "<table><tr><td colspan=2>表</table>"
    )
    copy = PageRedactor().redact(page, [Mark(words="陈皓然")])
    said = copy.content.decode()
    assert "皓" not in said and "联系人<b>███</b>" in said and 'colspan="2"' in said
    assert copy.places == (1,)
    assert [len(found) for found in PageRedactor().find(page, ["陈皓然", "表", "无"])] == [1, 1, 0]


# --- the door -----------------------------------------------------------------------------------


def test_each_kind_runs_in_a_child(tmp_path: Path, made: Makes) -> None:
    paper, content = made("reportlab_cid")[0]
    path = tmp_path / "件.pdf"
    path.write_bytes(content)
    redactor = plug.redact("件.PDF")
    look = redactor.look(path)
    assert paper.name in look.sheets[0].text and round(look.sheets[0].width) == 595
    assert redactor.picture(path, 1).startswith(b"\x89PNG")
    copy = redactor.redact(path, [Mark(words=paper.card), Mark(area=Area(1, 0, 0, 90, 90))])
    assert leaks(copy.content, [paper.card]) == [] and len(copy.checks) == 5
    assert redactor.inspect(path).grave == ("文件里夹带了附件。",)
    with pytest.raises(RedactionError, match="没有第7页"):
        redactor.picture(path, 7)
    with pytest.raises(RedactionError, match="先转成PDF"):
        plug.redact("表.xls")


def test_limits_are_the_settings(settings: Any, tmp_path: Path) -> None:
    settings.GONGKAI_REDACT_LIMITS = {"file_mb": 0}
    plug.forget()
    path = tmp_path / "件.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(RedactionError, match="请拆分"):
        plug.redact(path.name).look(path)
    plug.forget()
