"""What a file gives to be read, and what reading makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.law.annual_report.model import Number
from gongkai.reporting.schema import Noted, Undecided

Grid = Sequence[Sequence[str | None]]
"""A table as printed: `None` where a merged cell covers, `""` where a cell is empty."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text and its tables as printed."""

    text: str
    grids: tuple[Grid, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row of a table, before it is known which figure belongs in which cell.

    `tokens` are texts in printed order. When `exact`, each is the text of its own cell; else
    cells may be run together, left out or pulled apart. `other` is a second way to read the row:
    a figure at its end may be the number of the next row.
    """

    row: str
    cells: tuple[str, ...]
    tokens: tuple[str, ...] = ()
    exact: bool = False
    other: tuple[str, ...] | None = None
    doubt: str = ""
    """Why the row as a whole is not to be trusted; empty when it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells of a report as far as they are certain."""

    edition: str
    cells: Mapping[str, Number | None]
    undecided: tuple[Undecided, ...] = ()
    blanks: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
    """Tables that were not found."""
    unsolved: tuple[Noted, ...] = field(default=())
    """Run-together figures that agree in no way they can be parted."""
