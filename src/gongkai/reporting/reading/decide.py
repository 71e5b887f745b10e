"""From rows as they stand on paper to cells: decided, blank, or undecided with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gongkai.law.annual_report.model import Number
from gongkai.reporting.reading.figures import is_blank, number
from gongkai.reporting.reading.labels import Label
from gongkai.reporting.reading.model import Row
from gongkai.reporting.reading.solver import Solved, solve, solve_but_one
from gongkai.reporting.reading.splits import TooManyError, Ways, ways
from gongkai.reporting.schema import Noted, Undecided, addresses, form_of
from gongkai.text.ad_words import BETTING, BRAND, STRONG, alternation

_LOST: Final = "没有找到这一行，请核对原件。"
_UNREADABLE: Final = "不是能认出的数字，或者数字与格的个数对不上。"
_SEVERAL: Final = "数字连在一起或有空格，有多种断法都符合表内关系，不能确定是哪一种。"
_NEVER: Final = "数字连在一起，无论怎样断开，总计都不等于各项之和：原文数字有误或缺漏。"
_CONTRARY: Final = "数字连在一起，没有一种断法能使各列都符合表内关系：原文至少一处数字有误。"
_ADS: Final = re.compile(f"{BRAND}|{alternation(STRONG | BETTING)}", re.IGNORECASE)
_TABLES: Final = {"proactive": "表二", "requests": "表三", "remedies": "表四"}
MONEY: Final = ("proactive.fees.amount", "proactive.purchases.amount")


@dataclass
class Decisions:
    """What is known so far of one report, filled table by table."""

    edition: str
    cells: dict[str, Number | None] = field(default_factory=dict)
    undecided: list[Undecided] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    unsolved: list[Noted] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._address = addresses(self.edition)
        self._label = {key: cell.label for key, cell in form_of(self.edition).cells.items()}

    def place(self, key: str) -> str:
        """A cell in words."""
        table, _, _ = key.partition(".")
        return f"{_TABLES[table]}·{self._label[key]}"

    def doubt(self, key: str, reason: str, raw: str = "", could: Sequence[str] = ()) -> None:
        """A cell that stays undecided."""
        self.cells[key] = None
        self.undecided.append(
            Undecided(self._address[key], self.place(key), reason, _plain(raw), tuple(could[:9]))
        )

    def never(self, identity: str, place: str, rows: Sequence[Row], reason: str) -> None:
        """Figures that agree in no way they can be parted."""
        raw = _plain(" ".join(token for row in rows for token in row.tokens))
        shown = f"“{raw}”" if raw and len(rows) == 1 else ""
        cells = tuple(self._address[key] for row in rows for key in row.cells)
        sentence = f"{place}：{shown}{reason}"
        self.unsolved.append(Noted(identity, place, None, None, sentence, cells=cells))

    def exact(self, row: Row) -> None:
        """Each token is a cell of its own."""
        for key, token in zip(row.cells, row.tokens, strict=True):
            money = key == MONEY[0]
            value = number(token, money=money)
            if is_blank(token):
                self.cells[key] = None
                self.blanks.append(self._address[key])
            elif value is None:
                self.doubt(key, _UNREADABLE, token.strip())
            else:
                self.cells[key] = value

    def chosen(self, row: Row, found: Sequence[Ways], reason: str) -> None:
        """What all ways have in common is decided; with no way nothing is."""
        raw = " ".join(row.tokens)
        for index, key in enumerate(row.cells):
            values = list(dict.fromkeys(way[index] for way in found))
            if len(values) == 1:
                self.cells[key] = values[0]
                if values[0] is None:
                    self.blanks.append(self._address[key])
            else:
                could = ["空" if value is None else str(value) for value in values]
                self.doubt(key, reason, raw, could if len(could) < 10 else ())


def decide_plain(into: Decisions, rows: Mapping[str, Row], labels: Sequence[Label]) -> None:
    """Table two, whose rows have no sums."""
    for label in labels:
        if not label.cells:
            continue
        row = rows.get(label.row)
        if row is None:
            _lost(into, label)
        elif row.doubt:
            into.chosen(row, (), row.doubt)
        elif row.exact:
            into.exact(row)
        else:
            into.chosen(row, _ways(row, 0) or (), _SEVERAL)


def decide_remedies(into: Decisions, row: Row) -> None:
    """Table four: three groups of five, each with its total."""
    if row.exact:
        into.exact(row)
        return
    found = _ways(row, 5)
    run = _run_together(row)
    if found is not None and not found and run:
        into.never("I4", "表四", [row], _NEVER)
    reason = _UNREADABLE if not run else _SEVERAL if found is None or found else _NEVER
    into.chosen(row, found or (), reason)


def decide_requests(into: Decisions, rows: Mapping[str, Row], labels: Sequence[Label]) -> None:
    """Table three: rows that can be read in several ways are decided by the sums of columns."""
    known: dict[str, Ways] = {}
    several: dict[str, list[Ways]] = {}
    for label in labels:
        if not label.cells:
            continue
        row = rows.get(label.row)
        if row is None:
            _lost(into, label)
        elif row.doubt:
            into.chosen(row, (), row.doubt)
        elif row.exact:
            into.exact(row)
            if all(is_blank(token) or number(token) is not None for token in row.tokens):
                known[label.row] = tuple(into.cells[key] for key in row.cells)
        else:
            _note_ways(into, row, label, several)
    if several:
        sums = _sums(labels)
        solved = solve(known, several, sums)
        _settle(into, rows, solve_but_one(known, several, sums) if solved.unsolvable else solved)


def _note_ways(into: Decisions, row: Row, label: Label, several: dict[str, list[Ways]]) -> None:
    found = _ways(row, len(row.cells))
    if found:
        several[label.row] = found
        return
    run = _run_together(row)
    reason = _UNREADABLE if not run else _SEVERAL if found is None else _NEVER
    if found is not None and run:
        into.never("I3", into.place(row.cells[0]).rpartition("·")[0], [row], _NEVER)
    into.chosen(row, (), reason)


def _settle(into: Decisions, rows: Mapping[str, Row], solved: Solved) -> None:
    if solved.unsolvable:
        into.never("I2", "表三", [rows[name] for name in solved.rows], _CONTRARY)
    for name, found in solved.rows.items():
        into.chosen(rows[name], found, _CONTRARY if solved.unsolvable else _SEVERAL)


def _sums(labels: Sequence[Label]) -> tuple[dict[str, int], dict[str, int]]:
    """I2 and I1, for every column."""
    names = [label.row for label in labels if label.cells]
    outcomes = [name for name in names if name not in ("new", "carry_in", "total", "carry_out")]
    return (
        {**dict.fromkeys(outcomes, 1), "total": -1},
        {"new": 1, "carry_in": 1, "total": -1, "carry_out": -1},
    )


def _ways(row: Row, group: int) -> list[Ways] | None:
    try:
        return ways(row, group)
    except TooManyError:
        return None


def _lost(into: Decisions, label: Label) -> None:
    for key in label.cells:
        into.doubt(key, _LOST)


def _run_together(row: Row) -> bool:
    """Whole figures, fewer than cells: that they never add up says something of the paper."""
    return len(row.tokens) < len(row.cells) and all(token.isdecimal() for token in row.tokens)


def _plain(raw: str) -> str:
    """What stood there, as long as it is no advertisement put into a copy."""
    return "" if _ADS.search(raw) else raw[:80]
