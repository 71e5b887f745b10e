"""Tables of a DOCX file as they are printed: gridSpan and vMerge laid out."""

from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from gongkai.ports import Grid

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_COLUMNS: Final = 100


def grid_of(table: ET.Element, text: Callable[[ET.Element], str]) -> Grid:
    """The table, or nothing for one that only lays out others; ``text`` reads a cell."""
    if next((inner for inner in table.iter(f"{_W}tbl") if inner is not table), None) is not None:
        return ()
    rows = [_row(row, text) for row in table.iter(f"{_W}tr")]
    width = max(map(len, rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def _row(row: ET.Element, text: Callable[[ET.Element], str]) -> list[str | None]:
    before = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    cells: list[str | None] = [""] * before
    for cell in row.iter(f"{_W}tc"):
        properties = cell.find(f"{_W}tcPr")
        span = down = None
        if properties is not None:
            span, down = properties.find(f"{_W}gridSpan"), properties.find(f"{_W}vMerge")
        goes_on = down is not None and down.get(f"{_W}val", "continue") == "continue"
        cells.append(None if goes_on else text(cell))
        cells.extend([None] * (_number(span, 1) - 1))
    return cells[:MOST_COLUMNS]


def _number(node: ET.Element | None, otherwise: int) -> int:
    value = node.get(f"{_W}val", "") if node is not None else ""
    return min(int(value), MOST_COLUMNS) if value.isdecimal() and len(value) < 5 else otherwise
