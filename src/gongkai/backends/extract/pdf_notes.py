"""What a PDF holds and its reader does not see: annotations, forms, scripts, files, hidden text."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pypdfium2 import PdfiumError, raw

from gongkai.backends.extract.inside import Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.pdf_grid import Char, cell_text
from gongkai.ports import ExtractionError

MOST_ANNOTATIONS: Final = 2_000
MOST_FILES: Final = 200
MOST_OBJECTS: Final = 20_000
_LONGEST: Final = 2**20
_WIDGET, _LINK, _FILE = raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_FILEATTACHMENT
_INVISIBLE: Final = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_XMP: Final = re.compile(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", re.DOTALL)
_PART: Final = re.compile(rb">([^<>]*[^<>\s][^<>]*)<")
_DARK, _LIGHT = 90, 720
"""Sums of red, green and blue: below is a black box, above is white paper."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle on the page, and at which step it is painted."""

    left: float
    bottom: float
    right: float
    top: float
    step: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def note_document(document: Any, path: Path, notes: Notes, room: Room) -> None:
    """Scripts, attached files and the long form of the properties."""
    for number in range(min(max(raw.FPDFDoc_GetJavaScriptActionCount(document.raw), 0), 50)):
        action = raw.FPDFDoc_GetJavaScriptAction(document.raw, number)
        if action:
            notes.add("script", "", _said(raw.FPDFJavaScriptAction_GetScript, action))
            raw.FPDFDoc_CloseJavaScriptAction(action)
    count = document.count_attachments()
    for number in range(min(count, MOST_FILES)):
        _note_file(document, number, notes, room)
    if count > MOST_FILES:
        notes.unread(f"附带的文件有{count}个，只读了前{MOST_FILES}个。")
    content = path.read_bytes()
    for packet in _XMP.findall(content)[:20]:
        words = b"\n".join(dict.fromkeys(_PART.findall(packet)))
        notes.say("metadata", "XMP", words.decode("utf-8", "replace"))
    if b"/JavaScript" in content or b"/Launch" in content:
        notes.add("script", "", "")


def _note_file(document: Any, number: int, notes: Notes, room: Room) -> None:
    name = f"附件{number + 1}"
    try:
        held = document.get_attachment(number)
        name = held.get_name() or name
        notes.take(name, room.read(name, bytes(held.get_data())), conceal=True)
    except PdfiumError:
        notes.add("embedded_file", name, "")
        notes.unread(f"附带的文件“{name}”取不出来，请打开文件查看。")
    except ExtractionError as error:
        notes.add("embedded_file", name, "")
        notes.unread(str(error))


def note_annotations(page: Any, number: int, notes: Notes) -> None:
    """Comments with their authors, what stands in forms, addresses of links."""
    where = f"第{number}页"
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if count > MOST_ANNOTATIONS:
        notes.unread(f"{where}的批注有{count}个，只读了前{MOST_ANNOTATIONS}个。")
    for index in range(min(count, MOST_ANNOTATIONS)):
        held = raw.FPDFPage_GetAnnot(page.raw, index)
        if not held:
            continue
        kind = raw.FPDFAnnot_GetSubtype(held)
        if kind == _WIDGET:
            field = _value(held, b"T")
            said = "\n".join(filter(None, (_value(held, b"V"), _value(held, b"TU"))))
            notes.say("form_field", f"{where} {field}".strip(), said)
        elif kind == _FILE:
            notes.add("embedded_file", where, _value(held, b"Contents"))
            notes.unread(f"{where}的批注里附有文件，程序没有读，请打开文件查看。")
        elif kind != _LINK:
            author = _value(held, b"T")
            notes.say("comment", f"{where} {author}".strip(), _value(held, b"Contents"))
        raw.FPDFPage_CloseAnnot(held)


def _value(held: Any, key: bytes) -> str:
    return _said(lambda a, buffer, size: raw.FPDFAnnot_GetStringValue(a, key, buffer, size), held)


def _said(ask: Any, held: Any) -> str:
    """A string of PDFium: asked for its length first, in bytes of UTF-16."""
    length = ask(held, None, 0)
    if not 2 < length < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(held, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").replace("\0", "")


def note_hidden(page: Any, number: int, chars: Sequence[Char], notes: Notes) -> bool:
    """Text nobody sees on this page; whether the page is a picture with a layer of read text."""
    found = _Objects()
    for step, item in enumerate(page.get_objects(max_depth=8)):
        if step >= MOST_OBJECTS:
            notes.unread(f"第{number}页的图形太多，没有核查其中的隐藏文字。")
            break
        found.take(item, step)
    size = page.get_size()
    if found.unseen and len(found.unseen) >= found.texts and found.covers(size):
        return True
    _note_boxes(found, size, number, chars, notes)
    return False


class _Objects:
    """What is painted on one page, in order."""

    def __init__(self) -> None:
        self.texts = 0
        self.unseen: list[_Box] = []
        self.white: list[_Box] = []
        self.seen: list[_Box] = []
        self.dark: list[_Box] = []
        self.images: list[_Box] = []
        self.painted = False

    def take(self, item: Any, step: int) -> None:
        """One object."""
        try:
            left, bottom, right, top = item.get_bounds()
        except PdfiumError:
            return
        box = _Box(left, bottom, right, top, step)
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            self.images.append(box)
        elif item.type == raw.FPDF_PAGEOBJ_TEXT:
            self.texts += 1
            shade, alpha = _fill(item)
            if raw.FPDFTextObj_GetTextRenderMode(item.raw) in _INVISIBLE or alpha == 0:
                self.unseen.append(box)
            elif shade >= _LIGHT:
                self.white.append(box)
            else:
                self.seen.append(box)
        elif item.type == raw.FPDF_PAGEOBJ_PATH and _is_filled(item):
            shade, alpha = _fill(item)
            if shade <= _DARK and alpha > 200 and box.right - box.left > 5 < box.top - box.bottom:
                self.dark.append(box)
            self.painted |= shade < _LIGHT

    def covers(self, size: tuple[float, float]) -> bool:
        """Whether pictures take most of the page."""
        areas = ((b.right - b.left) * (b.top - b.bottom) for b in self.images)
        return sum(areas) > 0.5 * size[0] * size[1]


def _note_boxes(
    found: _Objects, size: tuple[float, float], number: int, chars: Sequence[Char], notes: Notes
) -> None:
    where = f"第{number}页"
    notes.say("hidden_text", f"{where}不显示的文字", _within(chars, found.unseen))
    if not found.painted and not found.images:
        notes.say("hidden_text", f"{where}白色的文字", _within(chars, found.white))
    covered = [
        box
        for box in found.dark
        if any(
            (text.step < box.step and box.holds((text.left + text.right) / 2, _middle(text)))
            or _crosses(text, box)
            for text in found.seen
        )
    ]  # fmt: skip
    notes.say("hidden_text", f"{where}黑框盖住的文字", _within(chars, covered))
    outside = [char for char in chars if _is_outside(char, size)]
    notes.say("hidden_text", f"{where}页面以外的文字", cell_text(outside))


def _crosses(text: _Box, box: _Box) -> bool:
    """A line of text under a box that covers a part of it."""
    return (
        text.step < box.step
        and box.bottom <= _middle(text) <= box.top
        and text.left < box.right
        and text.right > box.left
    )


def _middle(box: _Box) -> float:
    return (box.bottom + box.top) / 2


def _within(chars: Sequence[Char], boxes: Sequence[_Box]) -> str:
    if not boxes:
        return ""
    held = [c for c in chars if any(b.holds((c.left + c.right) / 2, c.y) for b in boxes[:2000])]
    return cell_text(held)


def _is_outside(char: Char, size: tuple[float, float]) -> bool:
    x = (char.left + char.right) / 2
    return not (-1 <= x <= size[0] + 1 and -1 <= char.y <= size[1] + 1)


def _fill(item: Any) -> tuple[int, int]:
    """Sum of red, green and blue, and how opaque."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item.raw, *parts):
        return 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red + green + blue, alpha


def _is_filled(item: Any) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, mode, stroked)
    return bool(mode.value)


def has_picture(page: Any) -> bool:
    """Whether the page shows a picture."""
    return next(_pictures(page), None) is not None


def _pictures(page: Any) -> Iterator[Any]:
    yield from page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
