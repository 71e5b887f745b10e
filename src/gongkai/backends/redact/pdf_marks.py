"""What is marked of the characters of a PDF: words wherever they stand, rectangles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.backends.redact.pdf_text import Box, Char, Frame, in_lines
from gongkai.backends.redact.words import WINDOW, Line, around
from gongkai.ports import RedactionError
from gongkai.text.redaction import Area, Mark, Place

_Row = tuple[list[Char], Line]


@dataclass(slots=True)
class Marked:
    """What is to go of one page: characters, rectangles, and the bars to be drawn."""

    chars: list[Char] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    bars: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Hit:
    """The characters of one occurrence, the row in which it was seen and its places there."""

    chars: tuple[Char, ...]
    row: _Row
    places: tuple[int, ...]


def marked(
    chars: Sequence[Char], frames: Sequence[Frame], marks: Sequence[Mark], name: str
) -> tuple[dict[int, Marked], list[int]]:
    """What is to go of each page (from 0), and how many places each mark has."""
    pages: dict[int, Marked] = {}
    counts = []
    rows = _rows(chars)
    for number, mark in enumerate(marks, 1):
        if mark.area is not None:
            _put_area(pages, mark.area, frames, name)
            counts.append(1)
            continue
        hits = _hits(rows, mark.words)
        wanted = [hits[n - 1] for n in mark.only if n <= len(hits)] if mark.only else hits
        if not wanted or (mark.only and len(wanted) != len(set(mark.only))):
            raise RedactionError(_not_found(mark, number, len(hits)))
        for hit in wanted:
            _put_words(pages, hit.chars)
        counts.append(len(wanted))
    return pages, counts


def find(
    chars: Sequence[Char], frames: Sequence[Frame], words: Sequence[str]
) -> tuple[tuple[Place, ...], ...]:
    """Where each of the words stands, in the order in which ``Mark.only`` counts."""
    rows = _rows(chars)
    return tuple(tuple(_place(hit, frames) for hit in _hits(rows, said)) for said in words)


def _place(hit: _Hit, frames: Sequence[Frame]) -> Place:
    page, first = hit.chars[0].page, max(0, hit.places[0] - WINDOW)
    window = hit.row[0][first : hit.places[-1] + 1 + WINDOW]
    texts = [
        (" " if char.y != before.y else "") + char.text if char.page == page else ""
        for before, char in zip([window[0], *window], window, strict=False)
    ]
    told = around(texts, [place - first for place in hit.places])
    areas = []
    for run in _runs(hit.chars):
        frame = frames[run[0].page]
        areas.append(Area(run[0].page + 1, *frame.shown_box(_box_of(run))))
    return Place(page + 1, *told, tuple(areas))


def _rows(chars: Sequence[Char]) -> list[_Row]:
    """The characters in the order of the file, and as the eye reads them."""
    rows = (list(chars), in_lines(chars))
    return [(row, Line([char.text for char in row])) for row in rows]


def _hits(rows: Sequence[_Row], words: str) -> list[_Hit]:
    """Each occurrence once, whichever order of reading shows it, from the first page on."""
    found: dict[frozenset[Char], _Hit] = {}
    for row in rows:
        for places in row[1].find(words):
            hit = _Hit(tuple(row[0][place] for place in places), row, places)
            found.setdefault(frozenset(hit.chars), hit)
    return sorted(
        found.values(), key=lambda hit: (hit.chars[0].page, -hit.chars[0].y, hit.chars[0].x)
    )


def _not_found(mark: Mark, number: int, there: int) -> str:
    if mark.only and there:
        return f"第{number}处遮盖：“{mark.words}”只有{there}处，请重新选择是哪几处。"
    return (
        f"第{number}处遮盖：文件里找不到“{mark.words}”。"
        "请核对文字；扫描件、图片里的字请用画框的办法遮盖。"
    )


def _put_area(pages: dict[int, Marked], area: Area, frames: Sequence[Frame], name: str) -> None:
    if not 1 <= area.page <= len(frames):
        raise RedactionError(f"“{name}”只有{len(frames)}页，没有第{area.page}页。")
    frame = frames[area.page - 1]
    wide, high = frame.size
    cut = Area(
        area.page,
        max(0.0, min(area.left, area.right)),
        max(0.0, min(area.top, area.bottom)),
        min(wide, max(area.left, area.right)),
        min(high, max(area.top, area.bottom)),
    )
    if cut.right - cut.left < 1 or cut.bottom - cut.top < 1:
        raise RedactionError(f"第{area.page}页上的框太小或者在页面以外，请重新画框。")
    box = frame.own_box(cut)
    page = pages.setdefault(area.page - 1, Marked())
    page.areas.append(box)
    page.bars.append(box)


def _put_words(pages: dict[int, Marked], hit: Sequence[Char]) -> None:
    for char in hit:
        page = pages.setdefault(char.page, Marked())
        if char not in page.chars:
            page.chars.append(char)
    for run in _runs(hit):
        pages[run[0].page].bars.append(_box_of(run))


def _box_of(run: Sequence[Char]) -> Box:
    """The one box around characters of a line."""
    left, bottom, right, top = zip(*(char.box for char in run), strict=True)
    return min(left), min(bottom), max(right), max(top)


def _runs(hit: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters side by side on one line."""
    run: list[Char] = []
    for char in sorted(hit, key=lambda c: (c.page, -round(c.y, 1), c.x)):
        high = max(char.box[3] - char.box[1], 4.0)
        last = run[-1] if run else char
        near = abs(last.y - char.y) <= 1.0 and char.box[0] - last.box[2] <= high * 2
        if run and (last.page != char.page or not near):
            yield run
            run = []
        run.append(char)
    if run:
        yield run
