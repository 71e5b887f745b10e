"""OpenDocument files (ODT, ODP, and what an ODS holds beside its cells)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ooxml import local, note_file, parse
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.header import named_pairs, read_header

_APART: Final = {"annotation": "comment", "tracked-changes": "tracked_change",
                 "notes": "speaker_notes",
                 "hidden-text": "hidden_text", "hidden-paragraph": "hidden_text"}  # fmt: skip
_LINES: Final = ("p", "h")
_META: Final = ("title", "subject", "creator", "initial-creator", "keyword", "description")
_MANIFEST: Final = "META-INF/manifest.xml"


class OdfExtractor:
    """``.odt``, ``.odp``: paragraphs and table rows; comments and changes told apart."""

    suffixes: tuple[str, ...] = (".odt", ".ott", ".odp")

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it."""
        notes = Notes()
        text, meta = read_odf(path, notes, room)
        header = read_header(text)
        pairs = {field.label: field.raw for field in header.fields.values()}
        return Extracted(
            text=text,
            title=named_pairs(pairs).get("title") or first_line(text[header.body_start :]),
            hidden=notes.hidden,
            header=pairs,
            meta=meta,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def read_odf(path: Path, notes: Notes, room: Room) -> tuple[str, dict[str, str]]:
    """The text and the properties; the rest goes to the notes."""
    with checked_archive(path) as archive:
        names = set(archive.namelist())
        if "content.xml" not in names:
            raise ExtractionError(f"“{path.name}”不是完整的文档，请另存一份再导入。")
        if _MANIFEST in names and _is_locked(archive):
            raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。")
        root = parse(archive, "content.xml")
        unseen = _hidden_styles(root)
        text = "\n".join(line for line in _lines(root, unseen, notes) if line.strip())
        if "styles.xml" in names:
            notes.say("margin", "页眉页脚", "\n".join(_all(parse(archive, "styles.xml"))))
        meta = _meta(parse(archive, "meta.xml")) if "meta.xml" in names else {}
        for name in sorted(names):
            if name.startswith(("Basic/", "Scripts/")) and name.endswith((".xml", ".py")):
                notes.add("script", name, "")
            elif name.startswith("Object") and name.endswith("/content.xml"):
                notes.say("embedded_file", name, "\n".join(_all(parse(archive, name))))
            elif name.startswith("Object") and "/" not in name.rstrip("/") and name[-1] != "/":
                note_file(archive, name, notes, room)
    return text, meta


def _is_locked(archive: ZipFile) -> bool:
    return any(local(node) == "encryption-data" for node in parse(archive, _MANIFEST).iter())


def _hidden_styles(root: ET.Element) -> frozenset[str]:
    found = set()
    for style in root.iter():
        if local(style) == "style":
            for node in style:
                marks = {key.rpartition("}")[2]: value for key, value in node.attrib.items()}
                if marks.get("display") in ("none", "false") or marks.get("visibility") == "hidden":
                    found.add(_mark(style, "name"))
    return frozenset(found)


def _mark(node: ET.Element, name: str) -> str:
    return next((v for k, v in node.attrib.items() if k.rpartition("}")[2] == name), "")


def _lines(node: ET.Element, unseen: frozenset[str], notes: Notes) -> Iterator[str]:
    for child in node:
        name = local(child)
        if name in _APART:
            notes.say(_APART[name], _mark(child, "name"), "\n".join(_all(child)))
        elif name in _LINES:
            said = "".join(_said(child, unseen, notes))
            if _mark(child, "style-name") in unseen:
                notes.say("hidden_text", "", said)
            else:
                yield said
        elif name == "table-row":
            cells = (" ".join(_lines(cell, unseen, notes)).strip() for cell in child)
            yield "\t".join(cells)
        elif name == "page" and _mark(child, "style-name") in unseen:
            notes.add("hidden_slide", _mark(child, "name"), "\n".join(_lines(child, unseen, notes)))
        else:
            yield from _lines(child, unseen, notes)


def _said(node: ET.Element, unseen: frozenset[str], notes: Notes) -> Iterator[str]:
    """Text of a paragraph; spaces and line breaks are elements."""
    yield node.text or ""
    for child in node:
        name = local(child)
        if name in _APART:
            notes.say(_APART[name], "", "\n".join(_all(child)))
        elif _mark(child, "style-name") in unseen:
            notes.say("hidden_text", "", "".join(child.itertext()))
        elif name == "s":
            yield (
                " " * min(int(_mark(child, "c") or 1), 100)
                if _mark(child, "c").isdecimal()
                else " "
            )
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        else:
            yield from _said(child, unseen, notes)
        yield child.tail or ""


def _all(node: ET.Element) -> Iterator[str]:
    for child in node.iter():
        if local(child) in _LINES and (said := "".join(child.itertext()).strip()):
            yield said


def _meta(root: ET.Element) -> dict[str, str]:
    found = {}
    for node in root.iter():
        if local(node) in _META and node.text and node.text.strip():
            found[local(node)] = node.text.strip()
    return found
