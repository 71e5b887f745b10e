"""What DOCX, PPTX and XLSX have in common: parts, relations, properties, macros, files inside."""

import posixpath
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from gongkai.backends.extract.decoding import decode
from gongkai.backends.extract.inside import Room
from gongkai.backends.extract.notes import Notes
from gongkai.ports import ExtractionError

_PROPERTIES: Final = (
    "title", "subject", "creator", "keywords", "description", "created", "lastModifiedBy",
    "category", "Company", "Manager",
)  # fmt: skip
_SILENT: Final = re.compile(
    r"(?:^|/)(?:styles|theme\d*|settings|webSettings|fontTable|numbering|stylesWithEffects"
    r"|presProps|viewProps|tableStyles|calcChain|sharedStrings)\.xml$|^\[Content_Types\]|^docProps/"
)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_LARGE: Final = 50_000
"""Bytes of a picture from which on it is more than a logo."""
_INSIDE: Final = re.compile(r"(?:^|/)embeddings/|(?:^|/)attachments/")


def parse(archive: ZipFile, name: str) -> ET.Element:
    """One XML part; entities and outside parts are never resolved."""
    try:
        raw = archive.read(name)
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, KeyError) as error:
        raise ExtractionError(
            "文档的内容已损坏或加密，请用原来的软件修复、去掉密码后再导入。"
        ) from error
    return parse_bytes(raw)


def parse_bytes(raw: bytes) -> ET.Element:
    """XML without a DTD: entities are how XML bombs and outside reads are built."""
    # In UTF-16 the word stands with a zero beside each letter.
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or b"<!DOCTYPE" in raw.replace(b"\0", b""):
        raise ExtractionError("文档里有不允许的外部定义，请用文字处理软件另存一份再导入。")
    try:
        return ET.fromstring(raw)  # noqa: S314 - without a DTD there are no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        raise ExtractionError("文档的内容已损坏，请用文字处理软件修复后再导入。") from error


def local(node: ET.Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def relations(archive: ZipFile, part: str) -> dict[str, str]:
    """Id of each relation of a part to the name of the part it leads to."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if rels not in archive.namelist():
        return {}
    found = {}
    for node in parse(archive, rels):
        target = node.get("Target", "")
        if node.get("TargetMode") != "External":
            joined = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[node.get("Id", "")] = joined
    return found


def properties(archive: ZipFile) -> dict[str, str]:
    """Title, author, company and the other properties a person may have filled in."""
    found = {}
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if part not in archive.namelist():
            continue
        for node in parse(archive, part):
            name = node.get("name") or local(node)
            text = "".join(node.itertext()).strip()
            if text and (name in _PROPERTIES or part.endswith("custom.xml")):
                found[name[:60]] = text
    return found


def note_common(archive: ZipFile, notes: Notes, room: Room, done: set[str]) -> None:
    """Macros, files inside, outside addresses, and the text of parts nobody has read yet."""
    for name in sorted(set(archive.namelist()) - done):
        if name.lower().endswith("vbaproject.bin"):
            notes.add("script", "宏", "")
        elif _INSIDE.search(name) and not name.endswith("/"):
            note_file(archive, name, notes, room)
        elif name.endswith(".rels"):
            notes.say("source", "链接", "\n".join(_outside(parse(archive, name))))
        elif name.endswith((".xml", ".vml")) and not _SILENT.search(name):
            _note_part(archive, name, notes)


def _note_part(archive: ZipFile, name: str, notes: Notes) -> None:
    if name.endswith(".vml"):
        return  # drawings around comments, often not well formed
    kind = "hidden_cells" if "/pivotCache/" in name or "/externalLinks/" in name else "margin"
    notes.say(kind, name.rpartition("/")[2], all_text(parse(archive, name)))


def note_file(archive: ZipFile, name: str, notes: Notes, room: Room) -> None:
    """One file inside; where it cannot be read a person is told."""
    short = name.rpartition("/")[2]
    try:
        notes.take(short, room.read(short, archive.read(name)), conceal=True)
    except ExtractionError as error:
        notes.add("embedded_file", short, "")
        notes.unread(str(error))


def _outside(root: ET.Element) -> Iterator[str]:
    for node in root:
        if node.get("TargetMode") == "External" and node.get("Target"):
            yield node.get("Target", "")


def all_text(root: ET.Element) -> str:
    """Every paragraph's text; where there are no paragraphs every text, and kept values."""
    paragraphs = [node for node in root.iter() if local(node) == "p"]
    if paragraphs:
        lines = ("".join(_said(paragraph)) for paragraph in paragraphs)
    else:
        lines = (text for node in root.iter() for text in (node.text or "", _value(node)))
    return "\n".join(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _said(paragraph: ET.Element) -> Iterator[str]:
    for node in paragraph.iter():
        if local(node) in ("t", "delText", "instrText"):
            yield node.text or ""


def _value(node: ET.Element) -> str:
    """Values of pivot caches and of links to other workbooks stand in attributes."""
    return node.get("v", "") if local(node) in ("s", "d") else ""


def large_pictures(archive: ZipFile) -> tuple[str, ...]:
    """A warning where pictures are large enough to hold a page of text nobody has read."""
    parts = [i for i in archive.infolist() if "/media/" in i.filename and i.file_size > _LARGE]
    if not parts:
        return ()
    return (f"里面有{len(parts)}张大图片，程序没有看图片里的文字，请人工看一遍。",)


def torn_text(raw: bytes) -> str:
    """Words of a part that is no XML, between whatever looks like a tag."""
    text, _ = decode(raw)
    return "\n".join(word.strip() for word in _TAG.split(text) if word.strip())
