"""A redacted PDF searched again: by pdfium, by pdfminer, in every object, by eye.

Independent of how it was made: knows only the words that must not be there any more and the
boxes in which nothing may be left.
"""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import pikepdf
import pypdfium2 as pdfium
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from gongkai.backends.redact.pdf_image import drawn, scale_of
from gongkai.backends.redact.pdf_text import (
    Box,
    Frame,
    chars_of,
    frame_of,
    in_lines,
    is_ink,
    within,
)
from gongkai.backends.redact.words import BLANKS, Line, squeezed
from gongkai.text.redaction import Check

_DARK: Final = 60
_ENCODINGS: Final = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
_FEWEST: Final = 4
"""Bytes; fewer would be met by chance in fonts and pictures."""
_GONE: Final = (
    "/Metadata", "/Outlines", "/Names", "/AcroForm", "/StructTreeRoot", "/OCProperties",
    "/OpenAction", "/AA", "/PieceInfo", "/Dests", "/PageLabels", "/AF", "/Collection",
)  # fmt: skip

Boxes = dict[int, list[Box]]
"""Page (from 0) to boxes: left, top, right, bottom in points from the top left as shown."""


def prove(content: bytes, words: Sequence[str], boxes: Boxes) -> tuple[Check, ...]:
    """All checks; the copy is proved when none of them has anything left."""
    return (
        _pdfium(content, words, boxes),
        _pdfminer(content, words, boxes),
        _objects(content, words),
        _pictures(content, boxes),
        _structure(content),
    )


def _said(words: str) -> str:
    return f"还能找到“{words}”"


def _pdfium(content: bytes, words: Sequence[str], boxes: Boxes) -> Check:
    document, left, rows = pdfium.PdfDocument(content), [], []
    for number in range(len(document)):
        page = document[number]
        chars = chars_of(page, number)
        rows += chars
        frame, places = frame_of(page), boxes.get(number, ())
        left += [
            _inked(number, char.text)
            for char in filter(is_ink, chars)
            if any(_inside(frame.shown(*char.middle), box) for box in places)
        ]
    for order in (rows, in_lines(rows)):
        line = Line([char.text for char in order])
        left += [_said(wanted) for wanted in words if line.holds(wanted)]
    return Check("pdfium", f"用pdfium重新提取{len(rows)}个字", _few(left))


def _inked(number: int, char: str) -> str:
    return f"第{number + 1}页遮盖处还有“{char}”"


def _inside(point: tuple[float, float], box: Box) -> bool:
    """Clearly inside: a neighbour that touches the edge is none of it."""
    left, top, right, bottom = box
    return within(point, (left + 0.5, top + 0.5, right - 0.5, bottom - 0.5))


def _few(left: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(left))[:20]


def _pdfminer(content: bytes, words: Sequence[str], boxes: Boxes) -> Check:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    texts: list[str] = []
    left: list[str] = []
    for number, page in enumerate(PDFPage.get_pages(BytesIO(content))):
        interpreter.process_page(page)
        layout, places = device.get_result(), boxes.get(number, ())
        shown = _as_shown(page, layout.bbox[3])
        for char in _chars(layout):
            said = char.get_text()
            texts.append(said)
            middle = shown((char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2)
            if said.strip() and any(_inside(middle, box) for box in places):
                left.append(_inked(number, said))
    line = Line(texts)
    left += [_said(wanted) for wanted in words if line.holds(wanted)]
    return Check("pdfminer", f"用pdfminer.six重新提取{len(texts)}个字", _few(left))


def _as_shown(page: Any, high: float) -> Callable[[float, float], tuple[float, float]]:
    """From pdfminer's places (the whole sheet, turned) to those a reader sees."""
    media, crop, turn = page.mediabox, page.cropbox or page.mediabox, page.rotate % 360
    low = (max(media[0], crop[0]), max(media[1], crop[1]))
    sheet = Frame(tuple(media), turn)
    seen = Frame((*low, min(media[2], crop[2]), min(media[3], crop[3])), turn)
    return lambda x, y: seen.shown(*sheet.own(x, high - y))


def _chars(row: Any) -> Iterator[LTChar]:
    if isinstance(row, LTChar):
        yield row
    elif hasattr(row, "__iter__"):
        for child in row:
            yield from _chars(child)


def _needles(words: Sequence[str]) -> list[tuple[bytes, str]]:
    found: dict[bytes, str] = {}
    for wanted in words:
        plain = "".join(c for c in wanted if not c.isspace() and c not in BLANKS)
        for form in {plain, squeezed(wanted)}:
            for encoding in _ENCODINGS:
                raw = form.encode(encoding, "ignore")
                if len(raw) >= _FEWEST:
                    found[raw] = wanted
                    found[raw.hex().encode()] = wanted
                    found[raw.hex().upper().encode()] = wanted
    return list(found.items())


def _objects(content: bytes, words: Sequence[str]) -> Check:
    needles, left, size = _needles(words), [], 0
    with pikepdf.open(BytesIO(content)) as pdf:
        for row in pdf.objects:
            for hay in _bytes_of(row):
                size += len(hay)
                left += [_said(wanted) for needle, wanted in needles if needle in hay]
        for page in pdf.pages:
            drawn = _strings_drawn(page.obj)
            left += [_said(wanted) for needle, wanted in needles if needle in drawn]
    left += [_said(wanted) for needle, wanted in needles if needle in content]
    return Check("objects", f"逐个对象解压后查找，共{size}字节，{len(needles)}种写法", _few(left))


def _bytes_of(row: Any) -> Iterator[bytes]:
    if isinstance(row, pikepdf.Stream):
        try:
            yield row.read_bytes()
        except pikepdf.PdfError:
            yield row.read_raw_bytes()
        if row.get("/Subtype") == pikepdf.Name.Form:
            yield _strings_drawn(row)
    yield from _strings(row, 0)


def _strings(row: Any, depth: int) -> Iterator[bytes]:
    if depth > 20:
        return
    if isinstance(row, pikepdf.String):
        yield bytes(row)
    elif isinstance(row, pikepdf.Array):
        for each in row:
            yield from _strings(each, depth + 1)
    elif isinstance(row, (pikepdf.Dictionary, pikepdf.Stream)):
        for value in row.values():
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)


def _strings_drawn(row: Any) -> bytes:
    """All strings of a content stream in one row: a word split into pieces is whole again."""
    try:
        instructions = pikepdf.parse_content_stream(row)
    except (pikepdf.PdfError, TypeError, ValueError):
        return b""
    found = bytearray()
    for instruction in instructions:
        for operand in getattr(instruction, "operands", ()):
            if isinstance(operand, (pikepdf.String, pikepdf.Array)):
                for piece in _strings(operand, 0):
                    found += piece
    return bytes(found)


def _pictures(content: bytes, boxes: Boxes) -> Check:
    document, left, count = pdfium.PdfDocument(content), [], 0
    for number, places in sorted(boxes.items()):
        page = document[number]
        scale, picture = scale_of(page, 100), drawn(page, dots=100)
        for box in places:
            inner = tuple(round(edge * scale) for edge in box)
            inner = (inner[0] + 2, inner[1] + 2, inner[2] - 2, inner[3] - 2)
            if inner[0] >= inner[2] or inner[1] >= inner[3]:
                continue
            count += 1
            _, lightest = picture.crop(inner).getextrema()
            if int(lightest) > _DARK:  # type: ignore[arg-type]
                left.append(f"第{number + 1}页有一处没有盖严")
    return Check("picture", f"重新显示页面，逐处看{count}个遮盖框", _few(left))


def _structure(content: bytes) -> Check:
    left = []
    with pikepdf.open(BytesIO(content)) as pdf:
        left += [f"文件里还有{key}" for key in _GONE if key in pdf.Root]
        if any(str(value).strip() for value in pdf.docinfo.values()):
            left.append("文件属性没有清空")
        if any("/Annots" in page.obj for page in pdf.pages):
            left.append("页面上还有批注或表单")
    if content.count(b"startxref") != 1:
        left.append("文件里还有修改前的版本")
    return Check("structure", "检查元数据、附件、脚本、书签、表单、批注和旧版本", _few(left))
