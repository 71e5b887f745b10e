"""Characters of a PDF with their places, by pdfium; pages as they are shown."""

from collections.abc import Sequence
from ctypes import c_double
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.backends.redact.words import squeezed
from gongkai.ports import RedactionError
from gongkai.text.redaction import Area

MOST_PAGES: Final = 500

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own space."""


@dataclass(frozen=True, slots=True)
class Char:
    """``x``, ``y``: where its glyph starts; ``box`` is as high as its line."""

    page: int
    text: str
    x: float
    y: float
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (left + right) / 2, (bottom + top) / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in its own space, and its turn (0, 90, 180, 270)."""

    box: Box
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        wide, high = right - left, top - bottom
        return (high, wide) if self.turn in (90, 270) else (wide, high)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, from the top left corner as it is shown."""
        left, bottom, right, top = self.box
        if self.turn == 90:
            return y - bottom, x - left
        if self.turn == 180:
            return right - x, y - bottom
        if self.turn == 270:
            return top - y, right - x
        return x - left, top - y

    def own(self, x: float, y: float) -> tuple[float, float]:
        """The way back."""
        left, bottom, right, top = self.box
        if self.turn == 90:
            return y + left, x + bottom
        if self.turn == 180:
            return right - x, y + bottom
        if self.turn == 270:
            return right - y, top - x
        return x + left, top - y

    def shown_box(self, box: Box) -> Box:
        """A box as left, top, right, bottom from the top left corner as shown."""
        (x0, y0), (x1, y1) = self.shown(*box[:2]), self.shown(*box[2:])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def own_box(self, area: Area) -> Box:
        """A marked rectangle in the page's own space."""
        (x0, y0), (x1, y1) = self.own(area.left, area.top), self.own(area.right, area.bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def frame_of(page: Any) -> Frame:
    """Of a pdfium page."""
    box: Box = page.get_cropbox()
    media: Box = page.get_mediabox()
    cut = (
        max(box[0], media[0]),
        max(box[1], media[1]),
        min(box[2], media[2]),
        min(box[3], media[3]),
    )
    return Frame(cut if cut[0] < cut[2] and cut[1] < cut[3] else media, page.get_rotation())


def opened(source: Any, name: str) -> Any:
    """The pdfium document; refused with a sentence when it is locked, broken or too long."""
    try:
        document = pdfium.PdfDocument(source)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise RedactionError(f"“{name}”设有密码，请去掉密码再上传。") from error
        raise RedactionError(f"“{name}”打不开，可能已损坏，请另存一份再上传。") from error
    if not 0 < pages <= MOST_PAGES:
        raise RedactionError(f"“{name}”有{pages}页；一次最多遮盖{MOST_PAGES}页，请拆分文件。")
    return document


def chars_of(page: Any, number: int) -> list[Char]:
    """The characters of a page in its own order; made-up line ends are left out."""
    text = page.get_textpage()
    found: list[Char] = []
    loose, x, y = raw.FS_RECTF(), c_double(), c_double()
    high = 0
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        raw.FPDFText_GetLooseCharBox(text.raw, index, loose)
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        box = (loose.left, loose.bottom, loose.right, loose.top)
        found.append(Char(number, chr(code), x.value, y.value, box))
    text.close()
    return found


def in_lines(chars: Sequence[Char]) -> list[Char]:
    """The same characters as the eye reads them: lines from the top, each from the left."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c.page, -c.y)):
        high = max(char.box[3] - char.box[1], 4.0)
        near = lines and lines[-1][0].page == char.page
        if near and abs(lines[-1][0].y - char.y) <= high * 0.35:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [char for line in lines for char in sorted(line, key=lambda c: c.x)]


def within(point: tuple[float, float], box: Box) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def is_ink(char: Char) -> bool:
    """Whether the character is to be seen at all."""
    return bool(squeezed(char.text)) and char.text != "\x00"
