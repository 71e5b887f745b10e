"""The review sheet as PDF and DOCX: the same rows, the look of GB/T 9704, the words given back."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from gongkai.kit.refusal import Refusal
from gongkai.review import actions, documents, sheet_pdf
from gongkai.review.models import ReviewSheet
from gongkai.review.sheet_paper import FindingLine, SheetPaper, sheet_paper
from gongkai.review.values import Decision, FindingReply, Noticed, Opinion
from tests import factories as make

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 360_000 / 10 / 635  # twentieths of a point in a millimetre
POINT = 72 / 25.4

needs_font = pytest.mark.skipif(
    not sheet_pdf.has_font(()),
    reason="没有中文字体, 跳过 (apt-get install fonts-noto-cjk)。",
)


def plain(text: str) -> str:
    """Without the spaces and line ends that a page lays between characters."""
    return re.sub(r"\s+", "", text)


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return plain("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def docx_root(content: bytes, part: str = "word/document.xml") -> ET.Element:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return ET.fromstring(package.read(part))


def docx_text(content: bytes) -> str:
    return plain("".join(node.text or "" for node in docx_root(content).iter(f"{W}t")))


def words_of(paper: SheetPaper) -> list[str]:
    """Every piece of text that must stand on the page."""
    found = [paper.title, paper.body, paper.number, paper.principle, *paper.remarks]
    found += [part for pair in (*paper.header, *paper.checklist) for part in pair]
    for line in paper.findings:
        found += [line.kind, line.evidence, line.answer]
    for step in paper.steps:
        found += [step.ordinal, step.label, *step.lines, step.signed_by, step.signed_on]
    return [plain(part) for part in found if part]


def with_finding(text: str = "截至2008228日，联系电话见附件。") -> ReviewSheet:
    """A sheet whose record had a finding, withheld in the end, all three steps taken."""
    at = make.office()
    record = make.draft(at, text=text, title="关于增加储备资金的请示")
    start = text.index("2008228日")
    noticed = Noticed(
        "intake", "damaged_date", "text", start, start + 8, "2008228日", "2008年2月28日",
        sentence="日期缺少年月日。",
    )  # fmt: skip
    (finding,) = actions.note_findings(record=record, findings=[noticed], now=make.NOW)
    reply = FindingReply("accepted", reason="已核对原件")
    actions.answer_finding(finding=finding, answer=reply, by=at.clerk, now=make.NOW)
    reason = "处于研究过程中，批复前内容可能变化。"
    sheet = make.propose(record, at, attribute="withheld", ground="deliberative", reason=reason)
    opinion = Opinion("withheld", "依据成立，同意不予公开。")
    sheet = actions.verify(sheet=sheet, opinion=opinion, by=at.verifier, now=make.NOW)
    decision = Decision("withheld", "deliberative", reason, date(2027, 3, 5))
    return actions.decide(sheet=sheet, decision=decision, by=at.leader, now=make.NOW)


def test_the_rows_tell_the_whole_review() -> None:
    sheet = with_finding()
    paper = sheet_paper(sheet)
    assert paper.number == sheet.number
    header = dict(paper.header)
    assert header["信息名称"] == "关于增加储备资金的请示"
    assert header["信息分类"] == "法规文件－规范性文件"
    assert header["承办科室"] == "法规科"
    assert sheet.version.digest in header["送审版本"]
    assert len(paper.checklist) == 9
    first, second, third = paper.steps
    assert first.signed_by == "经办甲"
    assert first.lines[1].startswith("依据：过程性信息，") and "第十六条第二款" in first.lines[1]
    assert second.lines == ("核实属性：不予公开", "审查意见：依据成立，同意不予公开。")
    assert (second.signed_by, third.signed_by) == ("审查乙", "主管丙")
    assert third.lines[-1] == "下次评估日期：2027年3月5日"
    assert third.signed_on == "2026年11月2日"
    (line,) = [f for f in paper.findings if f.evidence == "2008228日"]
    assert "采用建议" in line.answer and "已核对原件" in line.answer and "经办甲" in line.answer


@needs_font
def test_the_pdf_holds_every_word() -> None:
    sheet = with_finding()
    content = documents.sheet_pdf(sheet)
    text = pdf_text(content)
    for word in words_of(sheet_paper(sheet)):
        assert word in text, word


def test_the_docx_holds_every_word() -> None:
    sheet = with_finding()
    text = docx_text(documents.sheet_docx(sheet))
    for word in words_of(sheet_paper(sheet)):
        assert word in text, word


@needs_font
def test_the_pdf_is_an_archive_copy_and_always_the_same() -> None:
    sheet = with_finding()
    content = documents.sheet_pdf(sheet)
    assert content == documents.sheet_pdf(sheet)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    document = pypdfium2.PdfDocument(content)
    try:
        assert document[0].get_size() == pytest.approx((210 * POINT, 297 * POINT), abs=1)
        page = document[0].get_textpage()
        boxes = [page.get_charbox(n) for n in range(page.count_chars())]
    finally:
        document.close()
    # The type area of GB/T 9704: 28 mm left, 26 right, 37 from the top, footer under 35.
    printed = [box for box in boxes if box[2] > box[0]]
    assert min(box[0] for box in printed) >= 28 * POINT - 1
    assert max(box[2] for box in printed) <= (210 - 26) * POINT + 1
    assert max(box[3] for box in printed) <= (297 - 37) * POINT + 1


def test_the_docx_has_the_measures_and_fonts_of_gbt_9704() -> None:
    sheet = with_finding()
    content = documents.sheet_docx(sheet)
    root = docx_root(content)
    margins = root.find(f".//{W}pgMar")
    assert margins is not None
    for side, millimetres in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
        assert int(margins.attrib[f"{W}{side}"]) == pytest.approx(millimetres * MM, abs=2)
    fonts = {node.attrib.get(f"{W}eastAsia") for node in root.iter(f"{W}rFonts")}
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体"} <= fonts
    assert len(root.findall(f".//{W}tbl")) == 1
    properties = docx_root(content, "docProps/core.xml")
    creators = [node.text for node in properties.iter() if node.tag.endswith("creator")]
    assert creators == [sheet.body.name]


@needs_font
def test_a_sheet_on_its_way_leaves_room_for_the_pen() -> None:
    at = make.office()
    sheet = make.propose(make.draft(at), at)
    paper = sheet_paper(sheet)
    assert paper.steps[0].signed_by == "经办甲"
    assert paper.steps[1].signed_by == paper.steps[2].signed_on == ""
    assert pdf_text(documents.sheet_pdf(sheet)).count("签名：") == 3
    assert docx_text(documents.sheet_docx(sheet)).count("签名：") == 3


def test_a_returned_sheet_says_who_and_why() -> None:
    at = make.office()
    sheet = make.propose(make.draft(at), at)
    sheet = actions.return_sheet(sheet=sheet, reason="附件不全", by=at.verifier, now=make.NOW)
    assert sheet_paper(sheet).remarks == ("2026年11月2日由审查乙退回，理由：附件不全",)
    assert "附件不全" in docx_text(documents.sheet_docx(sheet))


def test_later_findings_are_not_of_a_finished_sheet() -> None:
    sheet = with_finding()
    before = sheet_paper(sheet)
    later = Noticed("intake", "x", "text", 0, 0, "后来发现", sentence="后来发现的。")
    actions.note_findings(record=sheet.record, findings=[later], now=make.NOW.replace(year=2027))
    assert sheet_paper(sheet).findings == before.findings


@needs_font
@pytest.mark.parametrize("words", ["*粗* _斜_ #let x = 1 $a$ <b> \\ [ ] `", "=标题\n-项\n/ 词: 义"])
def test_what_looks_like_markup_is_printed_as_it_is(words: str) -> None:
    at = make.office()
    record = make.draft(at, title=words.splitlines()[0])
    sheet = make.verify(make.propose(record, at), at, text=words)
    text = pdf_text(documents.sheet_pdf(sheet))
    assert plain(words) in text or all(plain(part) in text for part in words.splitlines())


def test_long_texts_run_over_several_pages() -> None:
    sheet = with_finding()
    paper = sheet_paper(sheet)
    many = tuple(FindingLine(f"第{n}处发现。", "甲" * 40, "保留原文") for n in range(120))
    long = SheetPaper(**{**_fields(paper), "findings": many})
    if not sheet_pdf.has_font(()):
        pytest.skip("没有中文字体")
    content = sheet_pdf.draw(long, made_at=make.NOW)
    document = pypdfium2.PdfDocument(content)
    try:
        assert len(document) >= 4
    finally:
        document.close()
    text = pdf_text(content)
    assert all(f"第{n}处发现" in text for n in range(120))


def _fields(paper: SheetPaper) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in SheetPaper.__dataclass_fields__}


def test_without_a_chinese_font_a_sentence_tells_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        sheet_pdf.choose_fonts((str(tmp_path),), with_system=False)
    assert caught.value.code == "document.no_font"
    assert "fonts-noto-cjk" in caught.value.sentence
    assert "GONGKAI_FONT_DIRS" in caught.value.sentence


@needs_font
def test_the_bodys_own_fonts_come_first(settings: Any) -> None:
    chosen = sheet_pdf.choose_fonts(())
    assert set(chosen) == {"song", "fang", "hei"}
    assert all(families for families in chosen.values())
    order = [*sheet_pdf.FANG]
    kept = [name for name in order if name in chosen["fang"]]
    assert chosen["fang"][: len(kept)] == kept


def test_the_file_name_can_be_kept_anywhere() -> None:
    sheet = ReviewSheet(number="审〔2026〕1号/甲")
    assert documents.file_name(sheet, "pdf") == "保密审查单-审〔2026〕1号-甲.pdf"
