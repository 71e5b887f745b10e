"""Text of a DOCX file, read from its XML parts.

What a reader sees is the body with its footnotes; headers, footers, comments, deleted and hidden
text are told apart: the scanners look there too, for a secret may stand in any of them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.docx_grids import grid_of
from gongkai.backends.extract.docx_notes import (
    hidden_styles,
    is_hidden,
    note_body,
    note_comments,
    paragraph_is_hidden,
    paragraphs,
)
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ooxml import large_pictures, note_common, parse, properties
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError, Grid
from gongkai.text.header import named_pairs, read_header

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText")}
_BREAKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN: Final = "word/document.xml"
_VISIBLE: Final = ("word/footnotes.xml", "word/endnotes.xml")
_COMMENTS: Final = "word/comments.xml"
_STYLES: Final = "word/styles.xml"


class DocxExtractor:
    """``.docx``; tables give one line for each row, cells divided by tabs."""

    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it."""
        notes = Notes()
        with checked_archive(path) as archive:
            names = set(archive.namelist())
            if _MAIN not in names:
                raise ExtractionError(f"“{path.name}”不是 Word 文档，请另存为 docx 再导入。")
            styles = _styles(archive)
            root = parse(archive, _MAIN)
            lines = [*_Reading(styles).blocks(root)]
            visible = [name for name in _VISIBLE if name in names]
            lines += [paragraphs(parse(archive, name)) for name in visible]
            text = "\n".join(lines).strip("\n")
            note_body(root, styles, notes)
            if _COMMENTS in names:
                note_comments(parse(archive, _COMMENTS), notes)
            note_common(archive, notes, room, {_MAIN, _COMMENTS, *visible})
            pictures = sum(name.startswith("word/media/") for name in names)
            large = large_pictures(archive)
            meta = properties(archive)
        if pictures and not text.strip():
            notes.unread(f"文档里只有{pictures}张图片，没有文字，程序读不出图片里写着什么。")
        header = read_header(text)
        pairs = {field.label: field.raw for field in header.fields.values()}
        return Extracted(
            text=text,
            title=named_pairs(pairs).get("title") or first_line(text[header.body_start :]),
            hidden=notes.hidden,
            header=pairs,
            meta=meta,
            grids=_grids(root, styles),
            warnings=large,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _styles(archive: ZipFile) -> frozenset[str]:
    return hidden_styles(parse(archive, _STYLES)) if _STYLES in archive.namelist() else frozenset()


def _grids(root: ET.Element, styles: frozenset[str]) -> tuple[Grid, ...]:
    reading = _Reading(styles)

    def cell_text(cell: ET.Element) -> str:
        return "\n".join(reading.blocks(cell)).strip()

    return tuple(filter(None, (grid_of(table, cell_text) for table in root.iter(f"{_W}tbl"))))


class _Reading:
    """Text as a reader sees it, by the styles of one document."""

    def __init__(self, styles: frozenset[str]) -> None:
        self._styles = styles

    def blocks(self, parent: ET.Element) -> Iterator[str]:
        """Paragraphs and table rows in reading order."""
        for child in parent:
            if child.tag == f"{_W}p":
                if not paragraph_is_hidden(child, self._styles):
                    yield "".join(self._runs(child))
            elif child.tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    cells = (" ".join(self.blocks(cell)).strip() for cell in row.findall(f"{_W}tc"))
                    yield "\t".join(cells)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child)

    def _runs(self, node: ET.Element) -> Iterator[str]:
        for child in node:
            if child.tag in _SKIPPED or child.tag == _FALLBACK or is_hidden(child, self._styles):
                continue
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            else:
                yield from self._runs(child)
