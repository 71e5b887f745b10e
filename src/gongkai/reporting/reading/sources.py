"""What an extractor read out of a file, as something to be read as a report."""

from __future__ import annotations

from gongkai.ports import Extracted, ExtractionError
from gongkai.reporting.reading.model import Source


def source_of(extracted: Extracted) -> Source:
    """Its text with the title above; a workbook has only tables, and its cells are the text.

    A scan without text is refused with the sentence that says so.
    """
    text = extracted.text
    if not text.strip():
        text = "\n".join(
            "\t".join(cell for cell in row if cell) for grid in extracted.grids for row in grid
        )
    if extracted.unread and not text.strip():
        raise ExtractionError(extracted.unread[0])
    if extracted.title and extracted.title not in text[:500]:
        text = f"{extracted.title}\n{text}"
    return Source(text, extracted.grids, extracted.warnings)
