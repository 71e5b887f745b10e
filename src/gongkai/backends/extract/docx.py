"""Text of a DOCX file, read from its XML parts.

What a reader sees is the body with its footnotes; headers, footers, comments, deleted and hidden
text go to ``hidden``, where the scanners look too: a secret may stand in any of them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.docx_grids import grid_of
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.header import named_pairs, read_header

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText")}
_BREAKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OTHER_PARTS: Final = re.compile(
    r"word/(?:header\d*|footer\d*|comments|endnotes)\.xml|customXml/item\d+\.xml"
)
_PROPERTIES: Final = ("title", "subject", "creator", "keywords", "description", "created")


class DocxExtractor:
    """``.docx``; tables give one line for each row, cells divided by tabs."""

    suffixes: tuple[str, ...] = (".docx", ".docm")

    def extract(self, path: Path) -> Extracted:
        """Entities and outside parts are never resolved."""
        with checked_archive(path) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise ExtractionError(f"“{path.name}”不是 Word 文档，请另存为 docx 再导入。")
            root = _parse(archive, "word/document.xml")
            text = "\n".join(_blocks(root)).strip("\n")
            if "word/footnotes.xml" in names:
                notes = _all_text(_parse(archive, "word/footnotes.xml"))
                text = f"{text}\n{notes}".strip()
            others = [name for name in sorted(names) if _OTHER_PARTS.fullmatch(name)]
            unseen = [*_unseen(root), *(_all_text(_parse(archive, name)) for name in others)]
            meta = _properties(archive) if "docProps/core.xml" in names else {}
        header = read_header(text)
        pairs = {field.label: field.raw for field in header.fields.values()}
        title = named_pairs(pairs).get("title") or first_line(text[header.body_start :])
        hidden = "\n".join(filter(None, unseen))
        grids = tuple(filter(None, (grid_of(table, _cell_text) for table in root.iter(f"{_W}tbl"))))
        return Extracted(
            text=text, title=title, hidden=hidden, header=pairs, meta=meta, grids=grids
        )


def _parse(archive: ZipFile, name: str) -> ET.Element:
    raw = archive.read(name)
    if b"<!DOCTYPE" in raw:  # office files have none; entities are how XML bombs are built
        raise ExtractionError("文档里有不允许的外部定义，请用文字处理软件另存一份再导入。")
    try:
        return ET.fromstring(raw)  # noqa: S314 - without a DTD there are no entities
    except ET.ParseError as error:
        raise ExtractionError("文档的内容已损坏，请用文字处理软件修复后再导入。") from error


def _blocks(parent: ET.Element) -> Iterator[str]:
    """Paragraphs and table rows in reading order."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield "".join(_runs(child))
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = (" ".join(_blocks(cell)).strip() for cell in row.findall(f"{_W}tc"))
                yield "\t".join(cells)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _cell_text(cell: ET.Element) -> str:
    return "\n".join(_blocks(cell)).strip()


def _runs(node: ET.Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED or child.tag == _FALLBACK or _is_hidden(child):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _runs(child)


def _is_hidden(node: ET.Element) -> bool:
    if node.tag != f"{_W}r":
        return False
    mark = node.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false")


def _unseen(root: ET.Element) -> Iterator[str]:
    deleted = "".join(node.text or "" for node in root.iter(f"{_W}delText"))
    if deleted:
        yield deleted
    for run in root.iter(f"{_W}r"):
        if _is_hidden(run):
            yield "".join(node.text or "" for node in run.iter(f"{_W}t"))


def _all_text(root: ET.Element) -> str:
    wanted = (f"{_W}t", f"{_W}delText")
    paragraphs = [
        "".join(node.text or "" for node in paragraph.iter() if node.tag in wanted)
        for paragraph in root.iter(f"{_W}p")
    ]
    texts = paragraphs or list(root.itertext())
    return "\n".join(text for text in texts if text.strip())


def _properties(archive: ZipFile) -> dict[str, str]:
    found = {}
    for node in _parse(archive, "docProps/core.xml"):
        name = node.tag.rpartition("}")[2]
        if name in _PROPERTIES and node.text and node.text.strip():
            found[name] = node.text.strip()
    return found
