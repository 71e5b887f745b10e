"""Rows that were not taken in, as a table to mend and import again by the same mapping."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.inventory.models import InventoryItem, InventoryRun, Outcome
from gongkai.text.mapping import leaves

# Said beside each row; a mapping that does not know these columns passes over them.
TOLD = ("来源文件", "来源行", "未录入原因")
# Lists of more columns than this cannot be worked on in a spreadsheet.
MOST_COLUMNS = 500


def table(run: InventoryRun) -> Iterator[list[str]]:
    """Head and rows; columns are those of all rejected rows, nested ones by their dotted path.

    The rows are read twice and none is held.
    """
    columns: dict[str, None] = {}
    for item in _rejected(run):
        if len(columns) < MOST_COLUMNS:
            columns.update(dict.fromkeys(_cells(item)))
    yield [*columns, *TOLD]
    for item in _rejected(run):
        cells = _cells(item)
        where = str(item.row) if item.row else ""
        yield [*(cells.get(name, "") for name in columns), item.file.name, where, item.reason]


def _rejected(run: InventoryRun) -> Iterator[InventoryItem]:
    rows = run.items.filter(outcome=Outcome.REJECTED).select_related("file").order_by("id")
    return rows.iterator(chunk_size=500)


def _cells(item: InventoryItem) -> dict[str, str]:
    raw = item.raw if isinstance(item.raw, dict) else {}
    cells: dict[str, str] = {}
    for path, value in leaves(raw):
        cells[path] = f"{cells[path]}、{value}" if path in cells else value
    return cells
