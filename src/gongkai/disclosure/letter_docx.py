"""A letter as DOCX: the letter form of GB/T 9704-2012 (10.1), measures and fonts by name."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from gongkai.disclosure.letter_seal import Seal
from gongkai.disclosure.letter_text import LetterPaper, attachment_lines

# The names every Chinese office suite knows; it replaces them where they are missing.
SONG, FANG, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
RED = RGBColor(0xD7, 0x00, 0x0F)
PITCH, CHARACTER = Pt(28.95), Pt(16)
_NUMERALS = "一二三四五六七八九十"


def draw(paper: LetterPaper, *, seal: Seal | None = None) -> bytes:
    """The letter as the bytes of a DOCX file."""
    document = Document()
    _page(document)
    _head(document, paper)
    for words in paper.paragraphs:
        _paragraph(document, words, indent=True, font=HEI if _is_heading(words) else FANG)
    if paper.attachments:
        _blank(document, 1)
        for line in attachment_lines(paper.attachments):
            _paragraph(document, line, indent=True)
    _signature(document, paper, seal)
    if paper.contact:
        _paragraph(document, f"（联系电话：{paper.contact}）", indent=True)
    _properties(document, paper)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any) -> None:
    """A4, type area 156 by 225 mm; the first page has a red rule and no number at its foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    # The mark of a letter stands 30 mm below the edge; later pages keep the 37 mm by their header.
    section.top_margin, section.bottom_margin = Mm(30), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(20)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, CHARACTER
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = PITCH
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].paragraph_format.line_spacing = Mm(22)
    _rule(section.first_page_footer.paragraphs[0], "thinThickSmallGap")
    _numbered(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _numbered(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _numbered(line: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 2 — in 14 points, 7 mm below the type area and one character from its edge."""
    line.alignment = side
    # The foot ends 20 mm above the edge of the page, a number of 14 points 3 mm above that.
    line.paragraph_format.space_after = Mm(3)
    line.paragraph_format.line_spacing = Pt(14)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
    _run(line, "— ", "宋体", 14)
    _field(_run(line, "", "宋体", 14), "PAGE")
    _run(line, " —", "宋体", 14)


def _head(document: Any, paper: LetterPaper) -> None:
    mark = document.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = min(38.0, 440 / max(len(paper.mark), 1))
    mark.paragraph_format.line_spacing = Pt(size * 1.3)
    _run(mark, paper.mark, SONG, size).font.color.rgb = RED
    _rule(mark)
    number = document.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number.paragraph_format.space_before = Pt(14)
    _run(number, paper.number, FANG, 16)
    _blank(document, 2)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(32)
    _run(title, paper.title, SONG, 22)
    _blank(document, 1)
    _paragraph(document, paper.addressee, indent=False)


# What comes after the borders in a paragraph's properties; Word refuses another order.
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc",
    "w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr",
)  # fmt: skip


def _rule(paragraph: Any, kind: str = "thickThinSmallGap") -> None:
    """A double red rule below the paragraph, 170 mm wide; the thick one towards the edge."""
    paragraph.paragraph_format.left_indent = Mm(-8)
    paragraph.paragraph_format.right_indent = Mm(-6)
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="{kind}" w:sz="18" w:space="8" '
        'w:color="D7000F"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _paragraph(document: Any, words: str, *, indent: bool, font: str = FANG) -> Any:
    paragraph = document.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    _run(paragraph, words, font, 16)
    return paragraph


def _blank(document: Any, count: int) -> None:
    for _ in range(count):
        document.add_paragraph()


def _signature(document: Any, paper: LetterPaper, seal: Seal | None) -> None:
    """Name over date, the date four characters from the edge, the seal over both."""
    _blank(document, 2)
    last = document.paragraphs[-1]
    wider = max(0, len(paper.signed_by) * 16 - _width(paper.signed_on))
    inset = max(0.0, 64 - wider / 2)
    for words, width in (
        (paper.signed_by, len(paper.signed_by) * 16.0),
        (paper.signed_on, _width(paper.signed_on)),
    ):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        whole = max(len(paper.signed_by) * 16.0, _width(paper.signed_on))
        line.paragraph_format.right_indent = Pt(inset + (whole - width) / 2)
        line.paragraph_format.keep_with_next = words is paper.signed_by
        _run(line, words, FANG, 16)
    last.paragraph_format.keep_with_next = True
    if seal is not None:
        middle = inset + max(len(paper.signed_by) * 16.0, _width(paper.signed_on)) / 2
        _float(document.paragraphs[-2], seal, Pt(442 - middle))


def _width(words: str) -> float:
    """The width in points of 16-point text: half a character for an ASCII one."""
    return sum(8.0 if c.isascii() else 16.0 for c in words)


def _float(paragraph: Any, seal: Seal, middle: int) -> None:
    """The seal as a picture behind no text, its centre a little above the two lines."""
    width = Mm(seal.millimetres)
    run = paragraph.add_run()
    picture = run.add_picture(BytesIO(seal.image), width=width)
    inline = picture._inline
    height = inline.extent.cy
    left, top = Emu(middle - width // 2), Emu(int(PITCH) - height // 2 - Mm(4))
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="2" behindDoc="1" locked="1" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="margin"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        "<wp:wrapNone/></wp:anchor>"
    )
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(inline.find(qn(name)))
    inline.getparent().replace(inline, anchor)


def _is_heading(words: str) -> bool:
    return len(words) <= 26 and words[:1] in _NUMERALS and "、" in words[:3]


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    return run


def _field(run: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)


def _properties(document: Any, paper: LetterPaper) -> None:
    """No trace of the machine: title and body only."""
    document.core_properties.title = f"{paper.title} {paper.number}"
    document.core_properties.author = paper.mark
    document.core_properties.comments = paper.not_yet
