"""Documents and workbooks saved as one XML file: their paragraphs, their sheets."""

import re
from typing import Final

from gongkai.backends.extract.rows import table_of
from gongkai.ports import Json, Table

_SHEETS: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_PAPER: Final = re.compile(
    r"wordprocessingml|office/word/2003/wordml|schemas\.microsoft\.com/office/2006/xmlPackage"
    r"|opendocument:xmlns:office|docbook\.org|www\.w3\.org/2000/svg"
)
_PARAGRAPHS: Final = frozenset({"p", "h", "para", "title", "text"})
_PROPERTIES: Final = frozenset(
    {"DocumentProperties", "CustomDocumentProperties", "meta", "docProps"}
)
_BINARY: Final = frozenset({"binData", "binaryData", "binary-data"})
MOST_COLUMNS: Final = 2_000


def paper_kind(tag: str, attributes: dict[str, str]) -> str:
    """By the root of the file: ``sheets``, ``paper``, or nothing for data."""
    prefix, _, name = tag.rpartition(":")
    space = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")
    if name == "Workbook" and space == _SHEETS:
        return "sheets"
    return "paper" if _PAPER.search(space) else ""


class Paragraphs:
    """Text of a document, one paragraph on each line; pictures inside are counted, not read."""

    def __init__(self) -> None:
        self.pictures = 0
        self.properties: list[str] = []
        self._lines: list[str] = []
        self._said: list[str] = []
        self._binary = 0
        self._beside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Binary parts are passed over."""
        name = tag.rpartition(":")[2]
        if name in _PROPERTIES:
            self._beside += 1
        elif name in _BINARY:
            self._binary += 1
            self.pictures += 1
        elif name in ("tab", "s"):
            self._said.append("\t" if name == "tab" else " ")
        elif name in _PARAGRAPHS:
            self._break()

    def words(self, text: str) -> None:
        """Indents between elements are no text."""
        if self._beside:
            self.properties += [text.strip()] if text.strip() else []
        elif not self._binary and (text.strip() or self._said):
            self._said.append(text)

    def aside(self, text: str) -> None:
        """Told by whoever reads the file."""

    def end(self, tag: str) -> None:
        """A paragraph, or any other stretch outside of one, ends."""
        name = tag.rpartition(":")[2]
        if name in _PROPERTIES:
            self._beside -= 1
        elif name in _BINARY:
            self._binary -= 1
        elif name in _PARAGRAPHS:
            self._break()

    def _break(self) -> None:
        line = "".join(self._said).strip("\r\n")
        if line.strip():
            self._lines.append(re.sub(r"\s*\n\s*", " ", line))
        self._said = []

    def text(self) -> str:
        """All of it."""
        self._break()
        return "\n".join(self._lines)


class Sheets:
    """Workbooks as Excel 2003 saved them in XML, and as many old systems still export them."""

    def __init__(self) -> None:
        self.comments: list[str] = []
        self.beside: list[str] = []
        self.cut: list[str] = []
        self._sheets: list[tuple[str, list[list[Json]]]] = []
        self._said: list[str] | None = None
        self._comment = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Cells may name their place; those before it are empty."""
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        name = tag.rpartition(":")[2]
        if name == "Worksheet":
            self._sheets.append((given.get("Name", ""), []))
        elif name == "Row" and self._sheets:
            self._sheets[-1][1].append([])
        elif name == "Cell" and self._sheets and self._sheets[-1][1]:
            row, place = self._sheets[-1][1][-1], given.get("Index", "")
            wanted = int(place) - 1 if place.isdecimal() and len(place) < 6 else 0
            row += [None] * min(max(wanted - len(row), 0), MOST_COLUMNS)
            row.append(None)
        elif name == "Comment":
            self._comment = True
        elif name == "Data":
            self._said = []

    def words(self, text: str) -> None:
        """What stands in no cell are properties of the file."""
        if self._said is not None:
            self._said.append(text)
        elif text.strip():
            self.beside.append(text.strip())

    def aside(self, text: str) -> None:
        """Told by whoever reads the file."""

    def end(self, tag: str) -> None:
        """The cell has its text; a comment is none of it."""
        name = tag.rpartition(":")[2]
        if name == "Comment":
            self._comment = False
        if name != "Data" or self._said is None:
            return
        text, self._said = "".join(self._said).strip(), None
        rows = self._sheets[-1][1] if self._sheets else []
        if self._comment or not rows or not rows[-1]:
            self.comments.append(text)
        else:
            rows[-1][-1] = text or None

    def tables(self) -> list[Table]:
        """One for each sheet with rows."""
        made = [table_of(name, rows) for name, rows in self._sheets]
        self.cut = [sentence for _table, more in made for sentence in more]
        return [table for table, _more in made if table.rows]
