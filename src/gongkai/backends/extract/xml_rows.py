"""Rows of an XML file: every list of like elements is a table; documents are read as text.

A table is named by the dotted path of its element from the root (``rss.channel.item``). Lists
inside rows stay inside their rows. What stands outside every row is kept as a property of the
file. Office documents saved as one XML file are read as what they are.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.plain import first_line
from gongkai.backends.extract.rows import MOST_ROWS
from gongkai.backends.extract.xml_events import Handler, read_events
from gongkai.backends.extract.xml_papers import Paragraphs, Sheets, paper_kind
from gongkai.backends.extract.xml_values import Values, texts_of
from gongkai.ports import Extracted, ExtractionError, Table

_ROW_NAMES: Final = frozenset(
    {
        "row", "record", "item", "entry", "doc", "document", "article", "info", "news", "paper",
        "记录", "行", "信息", "文件", "公文",
    }
)  # fmt: skip
"""One of these alone is a row as well: an answer with a single hit."""

_HANDLERS: Final[dict[str, type[Handler]]] = {"sheets": Sheets, "paper": Paragraphs, "": Values}


class XmlExtractor:
    """``.xml``: exports, feeds, OAI-PMH answers; Word, Excel and OpenDocument as one XML file."""

    suffixes: tuple[str, ...] = (".xml", ".rss", ".atom")

    def extract(self, path: Path) -> Extracted:
        """Tables, largest first; or a text where it is a document."""
        handler, warnings = read_events(path.name, path.read_bytes(), _Choice)
        assert isinstance(handler, _Choice)
        notes = Notes()
        notes.say("source", "XML 注释", "\n".join(dict.fromkeys(handler.asides)))
        inner = handler.inner
        if isinstance(inner, Sheets):
            notes.say("comment", "批注", "\n".join(inner.comments))
            notes.say("metadata", "工作簿属性", "\n".join(inner.beside))
            tables = tuple(inner.tables())
            for sentence in inner.cut:
                notes.unread(sentence)
            return _told(notes, [*warnings, *inner.cut], tables=tables)
        if isinstance(inner, Paragraphs):
            notes.say("metadata", "文档属性", "\n".join(inner.properties))
            if inner.pictures:
                notes.unread(
                    f"文档里有{inner.pictures}处内嵌的图片或文件，程序没有看，请人工查看。"
                )
            text = inner.text()
            return _told(notes, warnings, text=text, title=first_line(text))
        assert isinstance(inner, Values)
        notes.say("source", "XML 属性", "\n".join(dict.fromkeys(inner.asides)))
        if inner.root is not None and isinstance(inner.root.value, str):
            text = inner.root.value
            return _told(notes, warnings, text=text, title=first_line(text))
        found = _tables(path.name, inner, notes, warnings)
        return _told(notes, warnings, tables=found)


def _told(notes: Notes, warnings: list[str], **read: Any) -> Extracted:
    return Extracted(
        **read,
        hidden=notes.hidden,
        warnings=tuple(warnings),
        concealed=notes.concealed,
        unread=notes.sentences,
    )


class _Choice:
    """Looks at the root and hands everything on to the handler for that kind of file."""

    def __init__(self) -> None:
        self.inner: Handler | None = None
        self.asides: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """The first element decides."""
        if self.inner is None:
            self.inner = _HANDLERS[paper_kind(tag, attributes)]()
        self.inner.start(tag, attributes)

    def words(self, text: str) -> None:
        """Handed on."""
        if self.inner is not None:
            self.inner.words(text)

    def end(self, tag: str) -> None:
        """Handed on."""
        if self.inner is not None:
            self.inner.end(tag)

    def aside(self, text: str) -> None:
        """Of the kind no reader sees, whatever the file is."""
        self.asides.append(text)


def _tables(name: str, read: Values, notes: Notes, warnings: list[str]) -> tuple[Table, ...]:
    root = read.root
    assert root is not None
    beside: list[str] = [*root.attributes.values()]
    found = list(_lists(root.value, root.name, beside))
    if not found and (texts := _texts(root.value, root.name)):
        found, beside = [texts], []
    if not found and isinstance(root.value, dict):
        found, beside = [(root.name, [root.value])], []
    notes.say("metadata", "数据行以外", "\n".join(dict.fromkeys(beside)))
    if not found:
        raise ExtractionError(f"“{name}”里没有成行的数据，请核对文件。")
    for path, rows in found:
        if len(rows) > MOST_ROWS:
            said = f"“{path}”超过{MOST_ROWS}行，只读了前{MOST_ROWS}行，请拆分文件。"
            warnings.append(said)
            notes.unread(said)
    return tuple(_table(p, rows) for p, rows in sorted(found, key=lambda one: -len(one[1])))


def _lists(value: Any, path: str, beside: list[str]) -> Iterator[tuple[str, list[Any]]]:
    """Name and rows of each outermost list; texts in none of them go to ``beside``."""
    if not isinstance(value, dict):
        beside += texts_of(value)
        return
    for key, item in value.items():
        inner = f"{path}.{key}"
        if isinstance(item, list) and any(isinstance(row, dict) for row in item):
            yield inner, [row if isinstance(row, dict) else {key: row} for row in item]
        elif isinstance(item, dict) and key.lower() in _ROW_NAMES:
            yield inner, [item]
        else:
            yield from _lists(item, inner, beside)


def _texts(value: Any, path: str) -> tuple[str, list[Any]] | None:
    """Rows of texts with attributes: ``<item url="…" date="…">标题</item>``, all with the same."""
    for key, item in value.items() if isinstance(value, dict) else ():
        inner = f"{path}.{key}"
        if isinstance(item, dict) and (found := _texts(item, inner)):
            return found
        beside = {k.removeprefix(f"{key}."): v for k, v in value.items() if k.startswith(f"{key}.")}
        if isinstance(item, list) and beside:
            columns = {"text": item, **beside}
            if all(isinstance(one, list) and len(one) == len(item) for one in columns.values()):
                rows = zip(*columns.values(), strict=True)
                return inner, [dict(zip(columns, row, strict=True)) for row in rows]
    return None


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    kept = rows[:MOST_ROWS]
    columns = dict.fromkeys(key for row in kept for key in row)
    return Table(name=name, columns=tuple(columns), rows=tuple(kept))
