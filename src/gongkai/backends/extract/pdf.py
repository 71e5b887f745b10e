"""Text and ruled tables of a PDF file with a text layer."""

import ctypes
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.backends.extract import ocr
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.pdf_grid import (
    Char,
    Ruled,
    Ruling,
    cell_text,
    grid,
    ruled_tables,
)
from gongkai.backends.extract.pdf_notes import (
    has_picture,
    note_annotations,
    note_document,
    note_hidden,
)
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError, Grid

MOST_PAGES: Final = 500
MOST_CHARS: Final = 2_000_000
MOST_LINES: Final = 4_000
"""Lines drawn on one page past which it is a drawing, not a table."""
_SLANTED: Final = 0.2
"""Sine of twice the angle: less than six degrees off is a crooked line, not a watermark."""
_THIN: Final = 2.0
_LONG: Final = 4.0
_META: Final = ("Title", "Author", "Subject", "Keywords", "CreationDate")


class PdfExtractor:
    """``.pdf``; a page's ruled tables become grids, and lines with tabs in the text."""

    suffixes: tuple[str, ...] = (".pdf",)

    def __init__(self, *, ocr: bool = True) -> None:
        self._ocr = ocr

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it. Scripts are never run; scanned pages are told."""
        document = _open(path)
        reading = _Reading()
        for number in range(1, min(len(document), MOST_PAGES) + 1):
            if not reading.take(document[number - 1], number):
                break
        if len(document) > MOST_PAGES:
            reading.notes.unread(f"超过{MOST_PAGES}页，只读了前{MOST_PAGES}页，请拆分文件。")
        note_document(document, path, reading.notes, room)
        texts = reading.texts
        if reading.scanned:
            texts = self._recognised(document, reading)
        whole = "\n".join(texts).strip("\n")
        meta = {name: value for name in _META if (value := document.get_metadata_value(name))}
        return Extracted(
            text=whole,
            title=first_line(whole.lstrip()),
            hidden=reading.notes.hidden,
            meta=meta,
            grids=tuple(reading.grids),
            warnings=tuple(reading.warnings),
            concealed=reading.notes.concealed,
            unread=reading.notes.sentences,
        )

    def _recognised(self, document: Any, reading: "_Reading") -> list[str]:
        """Texts with those of scanned pages, as far as they can be read from their pictures."""
        pages = reading.scanned
        if not self._ocr or not ocr.is_there():
            reading.notes.unread(f"{_pages(pages)}没有文字，可能是扫描件。{ocr.ABSENT}")
            return reading.texts
        texts = list(reading.texts)
        for number in pages[: ocr.MOST_PAGES]:
            texts[number - 1] = ocr.read_page(document[number - 1])
        reading.warnings.append(f"{_pages(pages)}的文字由程序从图像识别，可能有错，请对照原件。")
        if len(pages) > ocr.MOST_PAGES:
            reading.notes.unread(f"{_pages(pages[ocr.MOST_PAGES :])}是图像，没有识别，请人工查看。")
        return texts


class _Reading:
    """Pages read so far."""

    def __init__(self) -> None:
        self.notes = Notes()
        self.texts: list[str] = []
        self.grids: list[Grid] = []
        self.scanned: list[int] = []
        self.warnings: list[str] = []
        self._left = MOST_CHARS

    def take(self, page: Any, number: int) -> bool:
        """One page; False when no more can be read."""
        chars = _chars(page, self._left)
        text, tables = _page(page, chars)
        self.texts.append(text)
        self.grids += tables
        self._left -= len(chars)
        note_annotations(page, number, self.notes)
        if not text.strip():
            self._blank(page, number)
        elif note_hidden(page, number, chars, self.notes):
            self.warnings.append(f"第{number}页是图像，文字来自识别层，请对照图像核对。")
        if self._left <= 0:
            self.notes.unread(f"文字太多，只读到第{number}页，请拆分文件。")
        return self._left > 0

    def _blank(self, page: Any, number: int) -> None:
        if has_picture(page) or next(page.get_objects(max_depth=4), None) is not None:
            self.scanned.append(number)


def _pages(numbers: Sequence[int]) -> str:
    """第1、3、5页; the first ones where there are many."""
    shown = "、".join(map(str, numbers[:8]))
    return f"第{shown}页" if len(numbers) <= 8 else f"第{shown}等{len(numbers)}页"


def _open(path: Path) -> Any:
    try:
        document = pdfium.PdfDocument(path)
        if len(document) == 0:
            raise pdfium.PdfiumError("no pages")
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == raw.FPDF_ERR_PASSWORD:
            raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。") from error
        raise ExtractionError(f"“{path.name}”打不开，可能已损坏，请另存一份再试。") from error
    return document


def _page(page: Any, chars: Sequence[Char]) -> tuple[str, list[Grid]]:
    """Text with tables in their places, and the tables; what lies slanted across comes last."""
    tables = ruled_tables(_rulings(page))
    within: dict[int, list[Char]] = {}
    around: list[Char] = []
    slanted = "".join(char.text for char in chars if char.slanted)
    for char in chars:
        if char.slanted:
            continue
        place = next((n for n, table in enumerate(tables) if table.holds(char)), None)
        if place is None:
            around.append(char)
        else:
            within.setdefault(place, []).append(char)
    grids = [(tables[n], grid(tables[n], inside)) for n, inside in sorted(within.items())]
    text = _text(around, grids)
    return "\n".join(filter(None, (text, slanted))), [found for _, found in grids]


def _text(around: Sequence[Char], grids: Sequence[tuple[Ruled, Grid]]) -> str:
    """Lines from the top of the page, each table where it stands."""
    pieces: list[tuple[float, str]] = [
        (-table.ys[0], "\n".join("\t".join(_flat(cell) for cell in row) for row in found))
        for table, found in grids
    ]
    lines = cell_text(around)
    tops = _tops(around)
    pieces += zip(tops, lines.split("\n") if lines else [], strict=False)
    return "\n".join(text for _, text in sorted(pieces, key=lambda piece: piece[0]))


def _tops(chars: Sequence[Char]) -> list[float]:
    """Where each line of ``cell_text`` stands, in the same order."""
    tops: list[float] = []
    first: Char | None = None
    for char in sorted(chars, key=lambda c: -c.y):
        if char.text.isspace():
            continue
        height = max(char.top - char.bottom, 4.0)
        if first is None or abs(first.y - char.y) > height * 0.6:
            first = char
            tops.append(-char.y)
    return tops


def _flat(cell: str | None) -> str:
    return "" if cell is None else cell.replace("\n", "").replace("\t", " ")


def _chars(page: Any, most: int) -> list[Char]:
    text = page.get_textpage()
    found = []
    box = raw.FS_RECTF()
    for index in range(min(text.count_chars(), most)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code < 32 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
            continue
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        angle = raw.FPDFText_GetCharAngle(text.raw, index)
        slanted = abs(math.sin(2 * angle)) > _SLANTED
        found.append(Char(chr(code), box.left, box.bottom, box.right, box.top, slanted))
    text.close()
    return found


def _rulings(page: Any) -> list[Ruling]:
    """Level and upright lines: strokes, the sides of rectangles, and thin filled boxes."""
    found: list[Ruling] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        for ruling in _path(item):
            found.append(ruling)
            if len(found) > MOST_LINES:
                return []
    return found


def _path(item: Any) -> Iterator[Ruling]:
    left, bottom, right, top = item.get_bounds()
    if min(right - left, top - bottom) <= _THIN:
        yield from _line(left, bottom, right, top)
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, mode, stroked)
    if not stroked.value:
        return
    points: list[tuple[float, float]] = []
    for x, y, moves in _points(item):
        if points and not moves:
            (x0, y0) = points[-1]
            yield from _line(min(x, x0), min(y, y0), max(x, x0), max(y, y0))
        points.append((x, y))


def _points(item: Any) -> Iterator[tuple[float, float, bool]]:
    """Corners of a path on the page; where a part is closed, its first corner again."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), MOST_LINES)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = matrix.on_point(x.value, y.value)
        moves = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO
        start = at if moves else start
        yield (*at, moves)
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield (*start, False)


def _line(left: float, bottom: float, right: float, top: float) -> Iterator[Ruling]:
    width, height = right - left, top - bottom
    if height <= _THIN and width >= _LONG:
        yield Ruling(False, (top + bottom) / 2, left, right)
    elif width <= _THIN and height >= _LONG:
        yield Ruling(True, (left + right) / 2, bottom, top)
