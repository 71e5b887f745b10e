"""A report form as values: tables of cells, identities between them, and what is broken.

A cell's key is `table.row.column`. Values are whole numbers, or decimals where a cell says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.kit.ranges import Span

Number = int | Decimal
Values = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: key and the words printed."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to be filled in or computed.

    `decimal` cells may have a fraction (万元), `signed` ones may be negative (增/减).
    """

    key: str
    label: str
    decimal: bool = False
    signed: bool = False
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table; `cells` in reading order."""

    key: str
    title: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """An identity that does not hold: where, what stands left and right, a sentence.

    `soft` breaks are warnings; the others keep a report from being published.
    """

    code: str
    where: str
    left: Number
    right: Number
    sentence: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Sum of the `left` cells = sum of the `right` cells + sum of the `last` cells of last year.

    `total` names the left cell that may be computed from the right ones. Without last year's
    report an identity that needs it is not judged.
    """

    code: str
    words: str
    where: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    total: str = ""
    last: tuple[str, ...] = ()
    soft: bool = False

    def check(self, values: Values, last: Values | None) -> Break | None:
        """The break, or `None` when it holds or cannot be judged."""
        if self.last and last is None:
            return None
        left = add(values, self.left)
        right = add(values, self.right) + add(last or {}, self.last)
        if left == right:
            return None
        sentence = f"{self.where}：{self.words}（{left} ≠ {right}）。"
        return Break(self.code, self.where, left, right, sentence, self.soft)


@dataclass(frozen=True, slots=True)
class Form:
    """A form for the statistical years in `span`, with its tables and identities."""

    key: str
    title: str
    basis: str
    span: Span
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    carry: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[Callable[[Values], Iterable[Break]], ...] = ()
    derive: Callable[[Values], Values] | None = None

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell by its key."""
        return {cell.key: cell for table in self.tables for cell in table.cells}


def add(values: Values, keys: Iterable[str]) -> Number:
    """The sum of cells; a missing one counts as nothing."""
    total: Number = 0
    for key in keys:
        total = total + values.get(key, 0)
    return total


def check(form: Form, values: Values, last: Values | None = None) -> tuple[Break, ...]:
    """Everything wrong with a report: bad cells, broken identities, breaks with last year."""
    found = list(_bad_cells(form, values))
    for identity in form.identities:
        broken = identity.check(values, last)
        if broken is not None:
            found.append(broken)
    for rule in form.extra:
        found.extend(rule(values))
    return tuple(found)


def complete(form: Form, values: Values) -> dict[str, Number]:
    """The values with every computable total put in; given totals are computed anew."""
    done: dict[str, Number] = {key: values.get(key, 0) for key in form.cells}
    for identity in form.identities:
        if identity.total:
            rest = tuple(key for key in identity.left if key != identity.total)
            done[identity.total] = add(done, identity.right) - add(done, rest)
    if form.derive is not None:
        done.update(form.derive(done))
    return done


def prefill(form: Form, last: Values) -> dict[str, Number]:
    """What this year's report takes from last year's (上年结转 = 结转下年度)."""
    return {here: last.get(there, 0) for here, there in form.carry.items()}


def check_sum_of_bodies(form: Form, total: Values, parts: Iterable[Values]) -> tuple[Break, ...]:
    """An authority's table against the sum of its bodies' (I9, inference: a warning)."""
    bodies = list(parts)
    found = []
    for key, cell in form.cells.items():
        left = total.get(key, 0)
        right = sum((body.get(key, 0) for body in bodies), start=0)
        if left != right:
            sentence = f"{cell.label}：汇总数{left}与各机关之和{right}不一致，请核对。"
            found.append(Break("I9", cell.label, left, right, sentence, soft=True))
    return tuple(found)


def _bad_cells(form: Form, values: Values) -> Iterable[Break]:
    cells = form.cells
    for key, value in values.items():
        cell = cells.get(key)
        if cell is None:
            sentence = f"表中没有“{key}”这一格，请核对表样。"
            yield Break("I8", key, value, 0, sentence)
        elif value < 0 and not cell.signed:
            sentence = f"{cell.label}不能是负数（{value}）。"
            yield Break("I8", cell.label, value, 0, sentence)
        elif not cell.decimal and value != int(value):
            sentence = f"{cell.label}须是整数（{value}）。"
            yield Break("I8", cell.label, value, 0, sentence)
