"""Redacted copies of plain text and pages: the words replaced, everything unseen dropped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from lxml import html

from gongkai.backends.redact.words import BAR, Line, around, squeezed
from gongkai.ports import RedactionError
from gongkai.text.redaction import Check, Inspection, Look, Mark, Place, Redacted, Sheet

_KEPT_TAGS: Final = frozenset(
    {
        *("html", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "ul", "ol"),
        *("li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"),
        *("blockquote", "pre", "b", "strong", "i", "em", "u", "sub", "sup", "span"),
    }
)
_DROPPED: Final = (
    "//script | //style | //head | //template | //iframe | //object | //embed | //svg | //form "
    "| //noscript | //comment() | //processing-instruction() | //*[@hidden] "
    "| //*[contains(translate(@style, ' ', ''), 'display:none')] "
    "| //*[contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)


def decoded(raw: bytes, name: str) -> str:
    """UTF-8 or GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RedactionError(f"“{name}”的文字编码认不出来，请另存为UTF-8再上传。")


def replaced(chars: Sequence[str], marks: Sequence[Mark]) -> tuple[list[str], list[int]]:
    """The characters with every marked run turned into one bar, and how many places each has."""
    line, gone, starts = Line(chars), set[int](), set[int]()
    counts: list[int] = []
    for number, mark in enumerate(marks, 1):
        if mark.area is not None:
            raise RedactionError("这种文件没有页面，不能画框；请写出要遮去的文字，或先转成PDF。")
        hits = list(line.find(mark.words))
        wanted = [hits[n - 1] for n in mark.only if n <= len(hits)] if mark.only else hits
        if not wanted or (mark.only and len(wanted) != len(set(mark.only))):
            raise RedactionError(
                f"第{number}处遮盖：文件里找不到“{mark.words}”（或没有所选的那一处）。请核对文字。"
            )
        counts.append(len(wanted))
        for hit in wanted:
            starts.add(hit[0])
            gone |= set(range(hit[0], hit[-1] + 1))
    fresh = [
        BAR if place in starts and place - 1 not in gone else "" if place in gone else char
        for place, char in enumerate(chars)
    ]
    return fresh, counts


def places_of(chars: Sequence[str], words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
    """Where each of the words stands in a text without pages."""
    line = Line(chars)
    return tuple(tuple(Place(0, *around(chars, hit)) for hit in line.find(said)) for said in words)


def proved(name: str, content: bytes, text: str, marks: Sequence[Mark]) -> tuple[Check, ...]:
    """The text read again, and the bytes in every usual writing."""
    gone = [mark.words for mark in marks if not mark.only]
    line = Line(text)
    left = [f"还能找到“{words}”" for words in gone if line.holds(words)]
    raw = [
        f"还能找到“{words}”"
        for words in gone
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")
        for form in {words, squeezed(words)}
        if len(needle := form.encode(encoding)) >= 4 and needle in content
    ]
    checks = (
        Check("text", f"重新读出{len(text)}个字再查找", tuple(left)),
        Check("bytes", f"在{len(content)}字节里逐种编码查找", tuple(raw)),
    )
    if found := [sentence for check in checks for sentence in check.left]:
        raise RedactionError(
            f"“{name}”遮盖后的副本没有通过复查，没有生成：{'；'.join(found[:3])}。"
        )
    return checks


class PlainRedactor:
    """``.txt``, ``.md``"""

    suffixes: tuple[str, ...] = (".txt", ".md")

    def look(self, path: Path) -> Look:
        """One sheet without a size."""
        return Look(sheets=(Sheet(0, 0, decoded(path.read_bytes(), path.name)),))

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """In the text."""
        return places_of(decoded(path.read_bytes(), path.name), words)

    def picture(self, path: Path, page: int) -> bytes:
        """There is none."""
        raise RedactionError(f"“{path.name}”没有页面图。")

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """UTF-8, whatever it was."""
        fresh, places = replaced(decoded(path.read_bytes(), path.name), marks)
        content = "".join(fresh).encode()
        checks = proved(path.name, content, content.decode(), marks)
        return Redacted(
            content=content,
            suffix=".txt",
            media_type="text/plain",
            method="plain",
            places=tuple(places),
            checks=checks,
        )

    def inspect(self, path: Path) -> Inspection:
        """Nothing can hide in plain text."""
        return Inspection()


class PageRedactor(PlainRedactor):
    """``.html``, ``.htm``: text and tables are kept, scripts, links and pictures not."""

    suffixes: tuple[str, ...] = (".html", ".htm")

    def look(self, path: Path) -> Look:
        """The text of the page."""
        root = _page(path)
        return Look(sheets=(Sheet(0, 0, "\n".join(root.itertext())),))

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """In the text nodes, as they are replaced."""
        said = [getattr(row, side) for row, side in _reading_order(_page(path))]
        return places_of("".join(said), words)

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """The words may run through several elements."""
        root = _page(path)
        places = replace_in(root, marks)
        page = html.tostring(root, encoding="unicode")
        content = f'<!DOCTYPE html>\n<meta charset="utf-8">\n{page}\n'.encode()
        again = html.document_fromstring(content.decode())
        checks = proved(path.name, content, "".join(again.itertext()), marks)
        return Redacted(
            content=content,
            suffix=".html",
            media_type="text/html",
            method="plain",
            places=tuple(places),
            checks=checks,
        )

    def inspect(self, path: Path) -> Inspection:
        """Elements that a reader does not see."""
        root = html.document_fromstring(decoded(path.read_bytes(), path.name))
        hidden = [row for row in root.xpath(_DROPPED) if "".join(row.itertext()).strip()]
        return Inspection(warnings=("网页里有读者看不见的内容。",) if hidden else ())


def _page(path: Path) -> Any:
    """The page with nothing but text, tables and headings."""
    root = html.document_fromstring(decoded(path.read_bytes(), path.name))
    for row in root.xpath(_DROPPED):
        row.drop_tree() if hasattr(row, "drop_tree") else row.getparent().remove(row)
    for row in list(root.iter()):
        spans = {key: row.attrib[key] for key in ("colspan", "rowspan") if key in row.attrib}
        row.attrib.clear()
        row.attrib.update({key: value for key, value in spans.items() if value.isdigit()})
        if row.tag not in _KEPT_TAGS and row.getparent() is not None:
            row.drop_tag()
    return root


def replace_in(root: Any, marks: Sequence[Mark]) -> list[int]:
    """Replace in the text nodes of a tree; gives how many places each mark had."""
    return _put_back(_reading_order(root), marks)


def _reading_order(row: Any) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    if row.text:
        found.append((row, "text"))
    for child in row:
        found += _reading_order(child)
        if child.tail:
            found.append((child, "tail"))
    return found


def _put_back(spots: Sequence[tuple[Any, str]], marks: Sequence[Mark]) -> list[int]:
    said = [getattr(row, side) for row, side in spots]
    fresh, places = replaced("".join(said), marks)
    at = 0
    for (row, side), text in zip(spots, said, strict=True):
        setattr(row, side, "".join(fresh[at : at + len(text)]))
        at += len(text)
    return places
