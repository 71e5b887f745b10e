"""Scanned pages of a PDF: their words as recognised, marks of words turned into boxes on them.

Nothing is recognised without the optional extra ``ocr``; pages with any text of their own are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gongkai.backends.redact import ocr, pdf_image
from gongkai.text.redaction import Mark, Place

MOST_PAGES: Final = 6
"""Recognised of one file: as many as fit the time a child process has."""

Scans = Mapping[int, Sequence[ocr.Seen]]
"""Page (from 0) to its lines, in points from the top left as shown."""


def scans_of(document: Any) -> Scans:
    """The first pages without text."""
    found: dict[int, list[ocr.Seen]] = {}
    for number in range(len(document)):
        if not ocr.is_there() or len(found) >= MOST_PAGES:
            break
        page = document[number]
        if page.get_textpage().get_text_bounded().strip():
            continue
        scale = pdf_image.scale_of(page)
        found[number] = [_in_points(line, scale) for line in ocr.seen(pdf_image.drawn(page))]
    return found


def _in_points(line: ocr.Seen, scale: float) -> ocr.Seen:
    left, top, right, bottom = (edge / scale for edge in line.box)
    return ocr.Seen(line.text, (left, top, right, bottom))


def with_scans(printed: Sequence[Place], words: str, scans: Scans) -> list[Place]:
    """All places of the words by page: those in the text, then those on scanned pages."""
    seen = [place for n, lines in scans.items() for place in ocr.places(lines, words, n + 1)]
    return sorted([*printed, *seen], key=lambda place: place.page)


def parts_of(mark: Mark, printed: Sequence[Place], scans: Scans) -> list[Mark]:
    """The mark for what is printed, then a box for each place on a scanned page."""
    every = with_scans(printed, mark.words, scans)
    if (
        mark.area is not None
        or len(every) == len(printed)
        or max(mark.only, default=0) > len(every)
    ):
        return [mark]
    wanted = [every[n - 1] for n in mark.only] if mark.only else every
    text = tuple(printed.index(place) + 1 for place in wanted if place in printed)
    boxes = [Mark(area=area) for place in wanted if place not in printed for area in place.areas]
    if not text:
        return boxes
    return [mark if len(text) == len(printed) else replace(mark, only=text), *boxes]
