"""Text of OFD files (GB/T 33190): pages in their order, then everything no page shows.

A reader of our own over every XML part. Places inside the file are relative or absolute, and real
files differ from them in case and in the slash. Text on pages, templates and annotations that
nothing refers to is in the file all the same: it is told as concealed.
"""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ooxml import local, note_file, parse, torn_text
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError

_META: Final = ("Title", "Author", "Subject", "Abstract", "Keyword", "Creator", "CreationDate")
_PLACES: Final = {"DocRoot", "Annotations", "Attachments", "FileLoc", "PublicRes", "DocumentRes",
                  "PageRes"}  # fmt: skip
_SAME_LINE: Final = 1.0
"""Millimetres between the tops of runs of one line."""


class OfdExtractor:
    """``.ofd``: text runs joined to lines by their place on the page."""

    suffixes: tuple[str, ...] = (".ofd",)

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it."""
        notes = Notes()
        with checked_archive(path) as archive:
            reading = _Reading(archive, notes)
            if "ofd.xml" not in reading.names:
                raise ExtractionError(f"“{path.name}”不是 OFD 文件，请另存一份再导入。")
            reading.document()
            reading.rest(room)
        text = "\n".join(filter(None, reading.texts))
        if not text.strip() and reading.pictures:
            notes.unread("文件里只有图像，没有文字，可能是扫描件，请人工查看。")
        return Extracted(
            text=text,
            title=reading.meta.get("Title") or first_line(text),
            hidden=notes.hidden,
            meta=reading.meta,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


class _Reading:
    """One file on its way. Names of parts are looked up without case."""

    def __init__(self, archive: ZipFile, notes: Notes) -> None:
        self._archive, self._notes = archive, notes
        self.names = {_plain(name): name for name in archive.namelist() if name[-1:] != "/"}
        self.texts: list[str] = []
        self.meta: dict[str, str] = {}
        self._read: set[str] = set()
        self.pictures = 0

    def _part(self, place: str, base: str) -> tuple[str, ET.Element] | None:
        """A part by its place, as seen from ``base``; nothing where it is not there."""
        place = place.strip().replace("\\", "/")
        inside = posixpath.join(posixpath.dirname(base), place)
        for name in (place if place.startswith("/") else inside, place):
            if held := self.names.get(_plain(name)):
                self._read.add(held)
                return held, parse(self._archive, held)
        return None

    def document(self) -> None:
        """From the entry: every document with its pages, templates and annotations."""
        found = self._part("OFD.xml", "")
        assert found is not None
        _, entry = found
        for node in entry.iter():
            if local(node) in _META and (node.text or "").strip():
                self.meta.setdefault(local(node), (node.text or "").strip())
            if local(node) == "DocRoot" and (root := self._part(node.text or "", "OFD.xml")):
                self._pages(*root)

    def _pages(self, base: str, root: ET.Element) -> None:
        templates = {n.get("ID", ""): n.get("BaseLoc", "") for n in _named(root, "TemplatePage")}
        composites = self._composites(base, root)
        for number, node in enumerate(_named(root, "Page"), 1):
            if not (page := self._part(node.get("BaseLoc", ""), base)):
                self._notes.unread(f"第{number}页的内容在文件里找不到，请打开文件查看。")
                continue
            below = []
            for used in _named(page[1], "Template"):
                template = self._part(templates.get(used.get("TemplateID", ""), ""), base)
                below += [_lines(template[1], composites)] if template else []
            shown = [*below, _lines(page[1], composites)]
            self.texts.append("\n".join(filter(None, shown)))
        for node in _named(root, "Annotations"):
            self._annotations(node.text or "", base)

    def _composites(self, base: str, root: ET.Element) -> dict[str, ET.Element]:
        """Drawings kept once and used on pages, by their number."""
        found: dict[str, ET.Element] = {}
        for name in ("PublicRes", "DocumentRes"):
            for node in _named(root, name):
                part = self._part(node.text or "", base)
                for unit in _named(part[1], "CompositeGraphicUnit") if part else ():
                    found[unit.get("ID", "")] = unit
        return found

    def _annotations(self, place: str, base: str) -> None:
        listed = self._part(place, base)
        for number, node in enumerate(_named(listed[1], "FileLoc") if listed else (), 1):
            page = self._part(node.text or "", listed[0] if listed else base)
            for held in _named(page[1], "Annot") if page else ():
                words = [n.text or "" for n in held.iter() if local(n) in ("Remark", "Parameter")]
                said = "\n".join([*filter(None, words), _lines(held, {})])
                self._notes.say("comment", f"注释{number} {held.get('Creator', '')}".strip(), said)

    def rest(self, room: Room) -> None:
        """Parts nothing referred to, attached files, pictures."""
        for name in sorted(set(self.names.values()) - self._read):
            lower = name.lower()
            if lower.endswith(".xml") and (
                "/attach" not in lower or "attachments" in Path(lower).stem
            ):
                self._loose(name)
            elif "/attach" in lower:
                note_file(self._archive, name, self._notes, room)
            elif lower.endswith((".png", ".jpg", ".jpeg", ".bmp", ".tif", ".jb2", ".gif")):
                self.pictures += 1
            elif lower.endswith(".js"):
                self._notes.add("script", name, "")

    def _loose(self, name: str) -> None:
        try:
            root = parse(self._archive, name)
        except ExtractionError:
            # Tags of other programs are often broken; their words are read all the same.
            self._notes.say("metadata", name, torn_text(self._archive.read(name)))
            return
        kind = "unreferenced" if next(_named(root, "TextCode"), None) is not None else "metadata"
        if kind == "unreferenced":
            self._notes.say(kind, name, _lines(root, {}))
        elif "/sign" not in name.lower():
            words = (node.text.strip() for node in root.iter() if node.text)
            self._notes.say(kind, name, "\n".join(filter(None, words)))


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _named(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (node for node in root.iter() if local(node) == name)


def _lines(root: ET.Element, composites: dict[str, ET.Element]) -> str:
    """Runs from the top of the page, those at one height joined from the left."""
    runs = sorted(_runs(root, composites, set()), key=lambda run: (run[0], run[1]))
    lines: list[list[tuple[float, float, str]]] = []
    for run in runs:
        if lines and abs(lines[-1][0][0] - run[0]) < _SAME_LINE:
            lines[-1].append(run)
        else:
            lines.append([run])
    joined = ("".join(t for _, _, t in sorted(line, key=lambda r: r[1])) for line in lines)
    return "\n".join(line.strip() for line in joined if line.strip())


def _runs(
    root: ET.Element, composites: dict[str, ET.Element], above: set[str]
) -> Iterator[tuple[float, float, str]]:
    """Top, left and text of each run; composites where they are used, never in themselves."""
    for node in root.iter():
        name = local(node)
        if name == "TextObject":
            left, top = _corner(node.get("Boundary", ""))
            for code in _named(node, "TextCode"):
                if code.text:
                    yield top + _number(code.get("Y")), left + _number(code.get("X")), code.text
        elif name == "CompositeObject" and (key := node.get("ResourceID", "")) not in above:
            left, top = _corner(node.get("Boundary", ""))
            if key in composites:
                inner = _runs(composites[key], composites, {*above, key})
                yield from ((y + top, x + left, text) for y, x, text in inner)


def _corner(boundary: str) -> tuple[float, float]:
    numbers = [_number(part) for part in boundary.split()[:2]]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0.0, 0.0)


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
