"""Redacted copies of PDF files: glyphs cut from the page, or the page made a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
from pypdfium2 import raw

from gongkai.backends.redact import ocr, pdf_clean, pdf_image, pdf_proof
from gongkai.backends.redact.pdf_covered import inspect
from gongkai.backends.redact.pdf_cut import Cutter, bars
from gongkai.backends.redact.pdf_marks import Marked, find, marked
from gongkai.backends.redact.pdf_scan import parts_of, scans_of, with_scans
from gongkai.backends.redact.pdf_text import Box, Char, Frame, chars_of, frame_of, opened
from gongkai.ports import RedactionError
from gongkai.text.redaction import Inspection, Look, Mark, Place, Redacted, Sheet

MEDIA_TYPE: Final = "application/pdf"
_DRAWING: Final = 9
"""Segments past which a path under a bar may be writing, not a rule or a frame."""


@dataclass(frozen=True, slots=True)
class _Job:
    """The prepared file, what is marked on each page and how its pages are shown."""

    content: bytes
    document: Any
    frames: tuple[Frame, ...]
    pages: dict[int, Marked]

    def shown(self) -> pdf_proof.Boxes:
        """The bars as a reader sees them."""
        return {
            number: [self.frames[number].shown_box(box) for box in page.bars]
            for number, page in self.pages.items()
        }


class PdfRedactor:
    """``.pdf``"""

    suffixes: tuple[str, ...] = (".pdf",)

    def look(self, path: Path) -> Look:
        """Pages with their text; says which are scans."""
        document = opened(pdf_clean.prepared(path), path.name)
        sheets, bare, scans = [], [], scans_of(document)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            if not text.strip() and number not in scans:
                bare.append(str(number + 1))
            text = "\n".join(line.text for line in scans[number]) if number in scans else text
            sheets.append(Sheet(*frame_of(page).size, text))
        told = [ocr.TOLD] if scans else []
        if bare:
            told.append(f"第{'、'.join(bare[:20])}页没有文字（扫描或图片），只能画框遮盖。")
        return Look(sheets=tuple(sheets), warnings=tuple(told))

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """On the pages, in the order of the file and as the eye reads."""
        return found_in(pdf_clean.prepared(path), path.name, words)

    def picture(self, path: Path, page: int) -> bytes:
        """A page in colour."""
        document = opened(pdf_clean.prepared(path), path.name)
        if not 1 <= page <= len(document):
            raise RedactionError(f"“{path.name}”没有第{page}页。")
        return pdf_image.png(pdf_image.drawn(document[page - 1], dots=110, grey=False))

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """Cut where every marked glyph is found in the operators; pages where not are pictures."""
        return redact_bytes(pdf_clean.prepared(path), path.name, marks, as_image=as_image)

    def inspect(self, path: Path) -> Inspection:
        """Text under bars."""
        return inspect(path)


def found_in(content: Any, name: str, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
    """Where words stand in a prepared file."""
    document = opened(content, name)
    numbers = range(len(document))
    chars = [char for number in numbers for char in chars_of(document[number], number)]
    found = find(chars, [frame_of(document[number]) for number in numbers], words)
    scans = scans_of(document)
    return tuple(
        tuple(with_scans(places, said, scans)) for places, said in zip(found, words, strict=True)
    )


def redact_bytes(
    content: bytes,
    name: str,
    marks: Sequence[Mark],
    *,
    gone: Sequence[str] = (),
    as_image: bool = False,
) -> Redacted:
    """The copy of a prepared file; `gone` are words taken out before, to be searched for too."""
    if not marks and not gone:
        raise RedactionError("还没有标出要遮盖的内容。")
    document = opened(content, name)
    numbers = range(len(document))
    chars = [char for number in numbers for char in chars_of(document[number], number)]
    frames = tuple(frame_of(document[number]) for number in numbers)
    parts = _parts(document, chars, frames, marks)
    pages, counts = marked(chars, frames, [part for row in parts for part in row], name)
    job = _Job(content, document, frames, pages)
    gone = [*gone, *(mark.words for mark in marks if mark.words and not mark.only)]
    pictures = set(numbers) if as_image else _pictures_first(job)
    made, pictures = _made(job, pictures)
    checks = pdf_proof.prove(made, gone, job.shown())
    if _left(checks) and len(pictures) < len(frames):
        # The page as text would not pass: nothing but what is seen goes into the copy.
        pictures = set(numbers)
        made, pictures = _made(job, pictures)
        checks = pdf_proof.prove(made, gone, job.shown())
    if left := _left(checks):
        raise RedactionError(f"遮盖后的副本没有通过复查，没有生成：{'；'.join(left[:3])}。")
    return Redacted(
        content=made,
        suffix=".pdf",
        media_type=MEDIA_TYPE,
        method=_method(pictures, len(frames)),
        places=tuple(_places_of(parts, counts)),
        checks=checks,
        images=tuple(sorted(number + 1 for number in pictures)),
    )


def _parts(
    document: Any, chars: Sequence[Char], frames: Sequence[Frame], marks: Sequence[Mark]
) -> list[list[Mark]]:
    """Each mark with the boxes it means on scanned pages."""
    words = [mark.words for mark in marks if mark.area is None]
    scans = scans_of(document) if words else {}
    if not scans:
        return [[mark] for mark in marks]
    printed = dict(zip(words, find(chars, frames, words), strict=True))
    return [parts_of(mark, printed.get(mark.words, ()), scans) for mark in marks]


def _places_of(parts: Sequence[Sequence[Mark]], counts: Sequence[int]) -> Iterator[int]:
    """How many places each mark had, of how many its parts have."""
    rest = iter(counts)
    for row in parts:
        yield sum(next(rest) for _ in row)


def _method(pictures: set[int], pages: int) -> str:
    return "text" if not pictures else "image" if len(pictures) == pages else "mixed"


def _left(checks: Sequence[Any]) -> list[str]:
    return [sentence for check in checks for sentence in check.left]


def _pictures_first(job: _Job) -> set[int]:
    """Pages that have to be pictures whatever the operators say."""
    with pikepdf.open(BytesIO(job.content)) as pdf:
        if pdf_clean.hides_layers(pdf):
            return set(range(len(job.frames)))
    return {
        number for number, page in job.pages.items() if _drawn_under(job.document[number], page)
    }


def _drawn_under(page: Any, found: Marked) -> bool:
    """Whether a picture or a drawing lies under a bar: it would stay in the file."""
    wanted = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING]
    for item in page.get_objects(filter=wanted, max_depth=8):
        if item.type == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(item.raw) < _DRAWING:
            continue
        bounds: Box = item.get_bounds()
        # Inside a form the bounds are the form's own: not to be trusted, so taken as meeting.
        if item.level > 0 or any(_meets(bounds, box) for box in found.bars):
            return True
    return False


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _made(job: _Job, pictures: set[int]) -> tuple[bytes, set[int]]:
    """The new file, and which of its pages are pictures in the end."""
    pictures = set(pictures)
    with pikepdf.open(BytesIO(job.content)) as pdf:
        for number, page in enumerate(pdf.pages):
            if number in pictures:
                continue
            pdf_clean.inherit(page.obj)
            found = job.pages.get(number, Marked())
            cut = _cut(page, found)
            if cut is None:
                pictures.add(number)
                continue
            drawn = b"q\n" + cut + b"\nQ\n" + (bars(found.bars) if found.bars else b"")
            page.obj.Contents = pdf.make_stream(drawn)
        for number in sorted(pictures):
            _picture(pdf, job, number)
        return pdf_clean.rewritten(pdf), pictures


def _cut(page: Any, found: Marked) -> bytes | None:
    """The page's operators without what is marked; None where not all of it was found there."""
    resources = page.obj.get("/Resources")
    cutter = Cutter(resources.get("/Font") if resources is not None else None, found)
    try:
        cut = cutter.cut(page)
    except (pikepdf.PdfError, TypeError, ValueError, IndexError):
        return None
    return None if cutter.missed or (cutter.unsure and found.areas) else cut


def _picture(pdf: Any, job: _Job, number: int) -> None:
    page, frame = job.document[number], job.frames[number]
    picture = pdf_image.drawn(page)
    found = job.pages.get(number, Marked())
    boxes = [frame.shown_box(box) for box in found.bars]
    pdf_image.paint(picture, boxes, pdf_image.scale_of(page))
    pdf_image.replace_page(pdf, number, picture, frame.size)
