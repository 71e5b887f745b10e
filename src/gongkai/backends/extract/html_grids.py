"""Tables of a web page as they are printed: rowspan and colspan laid out."""

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.backends.extract.html_text import is_hidden, visible_text
from gongkai.ports import Grid

MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 100
MOST_GRIDS: Final = 200


def grids_of(tree: LexborHTMLParser) -> tuple[Grid, ...]:
    """Every innermost table, in reading order; tables that only lay out others are left out."""
    found = []
    for node in tree.css("table"):
        if len(node.css("table")) > 1:
            continue
        grid = _grid(node)
        if grid:
            found.append(grid)
        if len(found) >= MOST_GRIDS:
            break
    return tuple(found)


def _grid(table: LexborNode) -> Grid:
    """Cells at their places; what a span covers is ``None``."""
    placed: dict[tuple[int, int], str | None] = {}
    rows = [row for row in table.css("tr") if not is_hidden(row)][:MOST_ROWS]
    width = 0
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iter():
            if cell.tag not in ("td", "th") or is_hidden(cell):
                continue
            while (y, x) in placed:
                x += 1
            across, down = _span(cell, "colspan", MOST_COLUMNS), _span(cell, "rowspan", len(rows))
            if x + across > MOST_COLUMNS:
                break
            for below in range(y, min(y + down, len(rows))):
                placed |= {(below, beside): None for beside in range(x, x + across)}
            placed[y, x] = visible_text(cell)
            x += across
            width = max(width, x)
    return tuple(tuple(placed.get((y, x), "") for x in range(width)) for y in range(len(rows)))


def _span(cell: LexborNode, name: str, most: int) -> int:
    """The span an attribute gives: `0` reaches to the end, nonsense is 1."""
    value = (cell.attributes.get(name) or "1").strip()
    if not value.isdecimal() or len(value) > 6:
        return 1
    return min(int(value) or most, most)
