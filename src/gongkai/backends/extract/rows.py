"""Rows of cells to a table with named columns."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from gongkai.ports import Json, Table

MOST_ROWS: Final = 200_000


def table_of(name: str, rows: Iterable[Sequence[Json]]) -> tuple[Table, list[str]]:
    """The table and warnings. The first row with two filled cells names the columns.

    Columns without a name get 列N, repeated names a number; empty rows are left out; cells past
    the last named column are kept under 列N.
    """
    remaining = iter(rows)
    above: list[str] = []
    names: list[str] = []
    for row in remaining:
        cells = [_text(cell) for cell in row]
        if sum(map(bool, cells)) >= 2:
            names = cells
            break
        above.extend(cell for cell in cells if cell)
    if not names:
        remaining, names = chain([above]), ["内容"]
    columns = _columns(names)
    kept: list[dict[str, Json]] = []
    warnings = []
    for row in remaining:
        if len(row) > len(columns):
            columns.extend(f"列{n + 1}" for n in range(len(columns), len(row)))
        values = dict(zip(columns, row, strict=False))
        if not any(_text(value) for value in values.values()):
            continue
        if len(kept) < MOST_ROWS:
            kept.append(values)
        else:
            warnings.append(f"“{name}”超过{MOST_ROWS}行，只读了前{MOST_ROWS}行，请拆分文件。")
            break
    return Table(name=name, columns=tuple(columns), rows=tuple(kept)), warnings


def _columns(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for number, name in enumerate(names, 1):
        plain = name.strip() or f"列{number}"
        found.append(plain if plain not in found else f"{plain}{number}")
    return found


def _text(cell: Json) -> str:
    return "" if cell is None else str(cell).strip()
