"""Points of a round as a table: indicators down, sections across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.models import ScoreSheet
from gongkai.law.assessment.model import EventRule, Head, Indicator, Scheme
from gongkai.law.assessment.scoring import Score


@dataclass(frozen=True, slots=True)
class Cell:
    """One sheet's points for one line. `tone`: full, part, low, none (不适用), waiting."""

    sheet: ScoreSheet
    points: Decimal | None
    tone: str


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One indicator or event with a cell for each sheet."""

    item: Indicator | EventRule
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Heads with their lines, the events, the sums."""

    heads: tuple[tuple[Head, tuple[MatrixLine, ...]], ...]
    events: tuple[MatrixLine, ...]
    scores: tuple[tuple[ScoreSheet, Score], ...]


def matrix_of(scheme: Scheme, scores: Sequence[tuple[ScoreSheet, Score]]) -> Matrix:
    """The matrix of these sheets; events that happened to nobody are left out."""
    heads = []
    for head in scheme.heads:
        lines = [
            MatrixLine(i, tuple(_cell(sheet, score, place) for sheet, score in scores))
            for place, i in enumerate(scheme.indicators)
            if i.head == head.key
        ]
        heads.append((head, tuple(lines)))
    events = [
        MatrixLine(e, tuple(_event(sheet, score, place) for sheet, score in scores))
        for place, e in enumerate(scheme.events)
    ]
    happened = tuple(line for line in events if any(cell.points for cell in line.cells))
    return Matrix(tuple(heads), happened, tuple(scores))


def _cell(sheet: ScoreSheet, score: Score, place: int) -> Cell:
    line = score.lines[place]
    if line.waiting:
        return Cell(sheet, None, "waiting")
    if line.points is None:
        return Cell(sheet, None, "none")
    if line.points == line.weight:
        return Cell(sheet, line.points, "full")
    return Cell(sheet, line.points, "low" if line.points * 2 < line.weight else "part")


def _event(sheet: ScoreSheet, score: Score, place: int) -> Cell:
    line = score.events[place]
    if not line.refs:
        return Cell(sheet, None, "none")
    return Cell(sheet, line.points, "full" if line.points > 0 else "low")
