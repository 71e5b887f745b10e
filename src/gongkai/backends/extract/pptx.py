"""Slides of a PPTX file in the order they are shown; notes, comments and hidden slides apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ooxml import (
    all_text,
    large_pictures,
    local,
    note_common,
    parse,
    properties,
    relations,
)
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError

_MAIN: Final = "ppt/presentation.xml"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHAPES: Final = frozenset(("sp", "pic", "graphicFrame", "grpSp", "cxnSp"))
_OFF: Final = ("0", "false")


class PptxExtractor:
    """``.pptx``; a line for each paragraph, table rows divided by tabs."""

    suffixes: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".potx")

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it."""
        notes = Notes()
        with checked_archive(path) as archive:
            names = set(archive.namelist())
            if _MAIN not in names:
                raise ExtractionError(f"“{path.name}”不是演示文稿，请另存为 pptx 再导入。")
            main = parse(archive, _MAIN)
            order = _slides(archive, main)
            shown = [_slide(archive, part, number, main, notes) for number, part in order]
            _loose(archive, {part for _, part in order}, notes)
            for name in sorted(names):
                if name.startswith("ppt/comments/") and name.endswith(".xml"):
                    notes.say("comment", "", all_text(parse(archive, name)))
            skipped = ("ppt/slides/", "ppt/notesSlides/", "ppt/comments/")
            done = {n for n in names if n.startswith(skipped) and n.endswith(".xml")}
            note_common(archive, notes, room, done)
            meta = properties(archive)
            large = large_pictures(archive)
            pictures = sum(name.startswith("ppt/media/") for name in names)
        text = "\n".join(filter(None, shown))
        if pictures and not text.strip():
            notes.unread("演示文稿里只有图片，没有文字，程序读不出图片里写着什么。")
        return Extracted(
            text=text,
            title=first_line(text),
            hidden=notes.hidden,
            meta=meta,
            warnings=large,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _slides(archive: ZipFile, main: ET.Element) -> list[tuple[int, str]]:
    """Number and part of every slide that is in the show."""
    parts = relations(archive, _MAIN)
    ids = [node.get(_R, "") for node in main.iter() if local(node) == "sldId"]
    found = [parts[key] for key in ids if key in parts and parts[key] in archive.namelist()]
    return list(enumerate(found, 1))


def _slide(archive: ZipFile, part: str, number: int, main: ET.Element, notes: Notes) -> str:
    """The text readers see of one slide; nothing of a hidden one."""
    root = parse(archive, part)
    where = f"第{number}张幻灯片"
    away = set(_away(root, _size(main)))
    lines = [line for line in _lines(root, away) if line.strip()]
    for shape in away:
        notes.say("hidden_text", f"{where}的画面以外", all_text(shape))
    for target in relations(archive, part).values():
        if target.startswith("ppt/notesSlides/") and target in archive.namelist():
            notes.say("speaker_notes", where, all_text(parse(archive, target)))
    if root.get("show") in _OFF:
        notes.add("hidden_slide", where, "\n".join(lines))
        return ""
    return "\n".join(lines)


def _loose(archive: ZipFile, shown: set[str], notes: Notes) -> None:
    """Slides that are in the file and not in the show."""
    for name in sorted(archive.namelist()):
        if name.startswith("ppt/slides/") and name.endswith(".xml") and name not in shown:
            notes.say("unreferenced", name.rpartition("/")[2], all_text(parse(archive, name)))


def _lines(root: ET.Element, away: set[ET.Element]) -> Iterator[str]:
    for child in root:
        if child in away:
            continue
        name = local(child)
        if name == "p":
            yield "".join(_said(child))
        elif name == "tr":
            yield "\t".join(" ".join(_lines(cell, away)) for cell in child if local(cell) == "tc")
        else:
            yield from _lines(child, away)


def _said(paragraph: ET.Element) -> Iterator[str]:
    for node in paragraph.iter():
        if local(node) == "t":
            yield node.text or ""
        elif local(node) == "br":
            yield "\n"


def _size(main: ET.Element) -> tuple[int, int]:
    for node in main.iter():
        if local(node) == "sldSz":
            return _number(node.get("cx")), _number(node.get("cy"))
    return 0, 0


def _away(root: ET.Element, size: tuple[int, int]) -> Iterator[ET.Element]:
    """Shapes outside the slide, or marked as hidden."""
    for shape in root.iter():
        if local(shape) not in _SHAPES:
            continue
        named = next((n for n in shape.iter() if local(n) == "cNvPr"), None)
        is_marked = named is not None and named.get("hidden") in ("1", "true")
        if is_marked or (local(shape) == "sp" and all(size) and _outside(shape, size)):
            yield shape


def _outside(shape: ET.Element, size: tuple[int, int]) -> bool:
    off = next((n for n in shape.iter() if local(n) == "off"), None)
    ext = next((n for n in shape.iter() if local(n) == "ext" and n.get("cx")), None)
    if off is None or ext is None:
        return False
    x, y = _number(off.get("x")), _number(off.get("y"))
    return (
        x >= size[0] or y >= size[1]
        or x + _number(ext.get("cx")) <= 0 or y + _number(ext.get("cy")) <= 0
    )  # fmt: skip


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 15 else 0
