"""The parts of a DOCX: which are kept, what is taken out of them, words replaced in the rest.

Kept are the text and what it needs to look as it does. Properties, comments, custom data,
embedded files, macros, deleted and hidden text, field codes and outside links go, whatever
they say.
"""

import re
from collections.abc import Sequence
from typing import Any, Final
from zipfile import ZipFile

from lxml import etree

from gongkai.backends.redact.words import BAR, Line, folded, squeezed
from gongkai.ports import RedactionError
from gongkai.text.redaction import Mark

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_KEPT: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/document\.xml|word/styles\.xml|word/numbering\.xml"
    r"|word/fontTable\.xml|word/theme/theme\d*\.xml|word/(?:header|footer)\d*\.xml"
    r"|word/(?:footnotes|endnotes)\.xml|word/media/[^/]+|word/_rels/[^/]+\.xml\.rels"
)
_TEXT: Final = re.compile(r"word/(?:document|(?:header|footer)\d*|footnotes|endnotes)\.xml")
_DROPPED: Final = (
    "del", "moveFrom", "instrText", "delText", "delInstrText", "commentRangeStart",
    "commentRangeEnd", "commentReference", "annotationRef", "bookmarkStart", "bookmarkEnd",
    "proofErr", "permStart", "permEnd", "object", "altChunk", "dataBinding", "tag", "alias",
    "docVars", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "sectPrChange", "smartTagPr", "customXmlPr", "subDoc", "ffData", "placeholder",
)  # fmt: skip
_UNWRAPPED: Final = ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple")
_SAID: Final = f"{{{W}}}t"


def parsed(archive: ZipFile, name: str) -> Any:
    """One part as a tree; document type declarations are refused, entities stay closed."""
    raw = archive.read(name)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise RedactionError("文档里有不允许的外部定义，请用文字处理软件另存一份再上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise RedactionError("文档的内容已损坏，请用文字处理软件修复后再上传。") from error


def cleaned(archive: ZipFile) -> dict[str, Any]:
    """Name to tree (or bytes, for pictures) of the parts that are kept, cleaned."""
    kept: dict[str, Any] = {}
    names = [name for name in archive.namelist() if _KEPT.fullmatch(name)]
    for name in names:
        if name.startswith("word/media/"):
            kept[name] = archive.read(name)
        else:
            kept[name] = parsed(archive, name)
    for name, root in kept.items():
        if _TEXT.fullmatch(name):
            clean_text_part(root)
        elif name.endswith(".rels"):
            _clean_links(root, name, kept)
        elif name == "[Content_Types].xml":
            _clean_types(root, kept)
    return kept


def clean_text_part(root: Any) -> None:
    """Accept what was inserted, forget what was deleted, hidden, commented or computed."""
    for row in root.xpath("//mc:Fallback", namespaces={"mc": _MC}):
        row.getparent().remove(row)
    for run in list(root.iter(f"{{{W}}}r")):
        mark = run.find(f"{{{W}}}rPr/{{{W}}}vanish")
        if mark is not None and mark.get(f"{{{W}}}val") not in ("0", "false"):
            _remove(run)
    for name in _DROPPED:
        for row in list(root.iter(f"{{{W}}}{name}")):
            _remove(row)
    for name in _UNWRAPPED:
        for row in list(root.iter(f"{{{W}}}{name}")):
            _unwrap(row)
    for row in root.iter():
        for key in list(row.attrib):
            if key.rpartition("}")[2] in ("descr", "title", "tooltip") or "rsid" in key:
                del row.attrib[key]
        if row.tag is not etree.Comment and str(row.tag).endswith(("}docPr", "}cNvPr")):
            row.set("name", "")


def _remove(row: Any) -> None:
    if row.getparent() is not None:
        row.getparent().remove(row)


def _unwrap(row: Any) -> None:
    parent = row.getparent()
    place = parent.index(row)
    for child in reversed(row):
        parent.insert(place, child)
    parent.remove(row)


def _clean_links(root: Any, name: str, kept: dict[str, Any]) -> None:
    base = "word/" if name.startswith("word/") else ""
    for row in list(root):
        target = row.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else base + target
        if row.get("TargetMode") == "External" or full not in kept:
            root.remove(row)


def _clean_types(root: Any, kept: dict[str, Any]) -> None:
    for row in list(root):
        part = row.get("PartName")
        if part is not None and part.lstrip("/") not in kept:
            root.remove(row)


def stories(parts: dict[str, Any]) -> list[list[Any]]:
    """The nodes of every text that reads on, in the order in which places are counted."""
    return [
        story
        for name, root in parts.items()
        if not isinstance(root, bytes) and _TEXT.fullmatch(name)
        for story in _stories(root)
    ]


def replace_words(parts: dict[str, Any], marks: Sequence[Mark]) -> list[int]:
    """Replace the words of the marks in all parts; gives how often each stood there."""
    counts = [0] * len(marks)
    for story in stories(parts):
        counts = _replace(story, marks, counts)
    for root in parts.values():
        if not isinstance(root, bytes):
            _replace_anywhere(root, [mark.words for mark in marks if not mark.only])
    return counts


def _stories(root: Any) -> list[list[Any]]:
    """Texts that read on: the part without its text boxes, then each text box by itself."""
    boxes = list(root.iter(f"{{{W}}}txbxContent"))
    inside = {id(node): box for box in boxes for node in box.iter(_SAID)}
    groups: dict[int, list[Any]] = {}
    for node in root.iter(_SAID):
        box = inside.get(id(node))
        groups.setdefault(id(box) if box is not None else 0, []).append(node)
    return list(groups.values())


def _replace(nodes: Sequence[Any], marks: Sequence[Mark], before: Sequence[int]) -> list[int]:
    """`before` says how often each mark stood in the stories before this one."""
    texts = [node.text or "" for node in nodes]
    whole = "".join(texts)
    line, gone, starts, counts = Line(whole), set[int](), set[int](), []
    for mark, seen in zip(marks, before, strict=True):
        hits = list(line.find(mark.words))
        counts.append(seen + len(hits))
        for number, hit in enumerate(hits, seen + 1):
            if not mark.only or number in mark.only:
                starts.add(hit[0])
                gone |= set(range(hit[0], hit[-1] + 1))
    at = 0
    for node, text in zip(nodes, texts, strict=True):
        places = range(at, at + len(text))
        if gone.intersection(places):
            node.text = "".join(
                BAR if p in starts and p - 1 not in gone else "" if p in gone else whole[p]
                for p in places
            )
        at += len(text)
    return counts


def _replace_anywhere(root: Any, marks: Sequence[str]) -> None:
    """Words that stand whole in some other text or attribute (style names, chart labels)."""
    wanted = [squeezed(words) for words in marks]
    for row in root.iter():
        for key, value in list(row.attrib.items()):
            if any(words in squeezed(value) for words in wanted):
                row.attrib[key] = BAR
        if row.text and any(words in squeezed(row.text) for words in wanted):
            row.text = BAR
        if row.tail and any(words in squeezed(row.tail) for words in wanted):
            row.tail = BAR


def folded_text(root: Any) -> str:
    """All text and attributes of a part in one row, as words are compared."""
    said = "".join(root.itertext())
    values = "\n".join(str(v) for row in root.iter() for v in row.attrib.values())
    return "".join(map(folded, said)) + "\n" + squeezed(values)
