"""A report as plain JSON: the same whether we computed it or read somebody's.

`t2` maps the printed name of a row to its cells in the order printed, `t3` the keys below to the
seven columns (six kinds of applicants and 总计), `t4` is the one row of fifteen. The classic
report of 2008–2018 has no such tables: its figures are `indicators`, by the keys of its form. A
cell left blank or not decided is `null`; `undecided` says which and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import FORMS, Form
from gongkai.law.annual_report.model import Break, Number
from gongkai.law.annual_report.requests_table import COLUMNS, GROUPS, RESULTS
from gongkai.law.annual_report.requests_table import key as requests_key

Cells = Mapping[str, Number | None]
"""Form key (`requests.new.natural`) to value; `None` for a blank or undecided cell."""

T3_ROWS: Final[Mapping[str, str]] = {
    "new": "new",
    "carry_in": "carried_in",
    "granted": "granted",
    "partial": "partly_granted",
    "deny_secret": "refused_state_secret",
    "deny_law": "refused_prohibited_by_law",
    "deny_safety": "refused_endangers_security",
    "deny_third": "refused_third_party",
    "deny_internal": "refused_internal_affairs",
    "deny_process": "refused_deliberative",
    "deny_enforce": "refused_enforcement_file",
    "deny_query": "special_procedure",
    "na_nothold": "not_held",
    "na_create": "not_ready_made",
    "na_unclear": "still_unclear",
    "np_petition": "petition",
    "np_repeat": "repeated",
    "np_publication": "public_publication",
    "np_mass": "excessive",
    "np_confirm": "confirm_or_reissue",
    "ot_nocorrect": "abandoned_no_supplement",
    "ot_nofee": "abandoned_no_fee",
    "ot_other": "other",
    "ot_all": "other_handling",
    "total": "handled",
    "carry_out": "carried_over",
}
"""Rows of table three: the key in JSON, the row of the form; `ot_all` is of 2019 only."""

_T2: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "2019": {
        "规章": ("rules.made", "rules.newly_public", "rules.public_total"),
        "规范性文件": tuple(
            f"normative_documents.{column}" for column in ("made", "newly_public", "public_total")
        ),
        "行政许可": ("licences.last_year", "licences.change", "licences.decisions"),
        "其他对外管理服务事项": ("services.last_year", "services.change", "services.decisions"),
        "行政处罚": ("penalties.last_year", "penalties.change", "penalties.decisions"),
        "行政强制": ("coercion.last_year", "coercion.change", "coercion.decisions"),
        "行政事业性收费": ("fees.last_year", "fees.change"),
        "政府集中采购": ("purchases.count", "purchases.amount"),
    },
    "2021": {
        "规章": ("rules.made", "rules.abolished", "rules.in_force"),
        "行政规范性文件": tuple(
            f"normative_documents.{column}" for column in ("made", "abolished", "in_force")
        ),
        "行政许可": ("licences.decisions",),
        "行政处罚": ("penalties.decisions",),
        "行政强制": ("coercion.decisions",),
        "行政事业性收费": ("fees.amount",),
    },
}
_T4: Final = tuple(f"remedies.{group.key}.{result.key}" for group in GROUPS for result in RESULTS)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A cell that could not be read with certainty: where, why, what stood there."""

    cell: str
    place: str
    reason: str
    raw: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that does not agree: which identity, where, what was expected and found.

    Both are `None` where figures run together cannot be told apart, but never agree.
    """

    identity: str
    place: str
    expected: Number | None
    found: Number | None
    sentence: str
    soft: bool = False
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What `report_json` prints: an edition, its cells, and what is to be said about them.

    `blanks` are cells left empty on the paper, not zeros. `empty` is true for a form without a
    single figure. `remarks` are sentences for reading only.
    """

    edition: str
    cells: Cells
    year: int | None = None
    undecided: tuple[Undecided, ...] = ()
    findings: tuple[Noted, ...] = ()
    blanks: tuple[str, ...] = ()
    empty: bool = False
    remarks: tuple[str, ...] = field(default=())


def form_of(edition: str) -> Form:
    """The form by its key; refuse an edition there is none of."""
    for form in FORMS:
        if form.key == edition:
            return form
    known = "、".join(form.key for form in FORMS)
    raise Refusal("report.edition", f"没有“{edition}”版的年度报告格式，可用的有{known}。")


def layout(edition: str) -> dict[str, dict[str, tuple[str, ...]] | tuple[str, ...]]:
    """Table → row → form keys in printed order (`t4`: the keys themselves)."""
    if edition not in _T2:
        form_of(edition)
        return {}
    rows = {row.key for table in form_of(edition).tables for row in table.rows}
    return {
        "t2": {name: tuple(f"proactive.{c}" for c in row) for name, row in _T2[edition].items()},
        "t3": {
            name: tuple(requests_key(row, column.key) for column in COLUMNS)
            for name, row in T3_ROWS.items()
            if row in rows
        },
        "t4": _T4,
    }


def addresses(edition: str) -> dict[str, str]:
    """Form key → its address in the JSON, as `t3.new[6]` or `t2.规章[0]`."""
    found: dict[str, str] = {}
    for table, rows in layout(edition).items():
        if isinstance(rows, tuple):
            found |= {key: f"{table}[{index}]" for index, key in enumerate(rows)}
            continue
        for name, keys in rows.items():
            found |= {key: f"{table}.{name}[{index}]" for index, key in enumerate(keys)}
    return found or {key: f"indicators.{key}" for key in form_of(edition).cells}


def to_schema(edition: str, cells: Cells) -> dict[str, Any]:
    """`t2`, `t3`, `t4` of a form's values, or `indicators` of the classic report."""
    tables = layout(edition)
    if not tables:
        known = form_of(edition).cells
        return {"indicators": {key: plain(cells[key]) for key in known if key in cells}}
    return {
        table: _row(rows, cells)
        if isinstance(rows, tuple)
        else {name: _row(keys, cells) for name, keys in rows.items()}
        for table, rows in tables.items()
    }


def from_schema(data: Mapping[str, Any], edition: str = "") -> dict[str, Number | None]:
    """Form values of the JSON; tables that are left out are left out of the answer.

    The edition is taken from `data`, else from the argument, else 2021. A cell alone may stand
    for a row of one.
    """
    tables = layout(str(data.get("edition") or edition or "2021"))
    if not tables:
        return {key: _number(key, value) for key, value in data.get("indicators", {}).items()}
    found: dict[str, Number | None] = {}
    for table, rows in tables.items():
        given = data.get(table)
        if given is None:
            continue
        named = {"": rows} if isinstance(rows, tuple) else rows
        for name, keys in named.items():
            values = given if name == "" else given.get(name)
            if values is not None:
                found |= _cells(f"{table}.{name}".rstrip("."), keys, values)
    return found


def report_json(report: Report) -> dict[str, Any]:
    """The whole report as JSON values."""
    return {
        "edition": report.edition,
        "year": report.year,
        **to_schema(report.edition, report.cells),
        "empty": report.empty,
        "blank": list(report.blanks),
        "undecided": [
            {
                "cell": item.cell,
                "place": item.place,
                "reason": item.reason,
                "raw": item.raw,
                "candidates": list(item.candidates),
            }
            for item in report.undecided
        ],
        "findings": [finding_json(item) for item in report.findings],
        "remarks": list(report.remarks),
    }


def finding_json(item: Noted) -> dict[str, Any]:
    """One finding; `soft` ones are to be looked at, the others are wrong."""
    return {
        "identity": item.identity,
        "place": item.place,
        "expected": plain(item.expected),
        "found": plain(item.found),
        "soft": item.soft,
        "cells": list(item.cells),
        "sentence": item.sentence,
    }


def from_breaks(breaks: Iterable[Break]) -> tuple[Noted, ...]:
    """Breaks of a form as findings: what stands left is found, what stands right expected."""
    return tuple(Noted(b.code, b.where, b.right, b.left, b.sentence, b.soft) for b in breaks)


def plain(value: Number | None) -> int | float | None:
    """A number as JSON writes it: 万元 keep their decimals, whole numbers have none."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)


def _row(keys: Sequence[str], cells: Cells) -> list[int | float | None]:
    return [plain(cells.get(key)) for key in keys]


def _cells(name: str, keys: Sequence[str], values: Any) -> dict[str, Number | None]:
    given = values if isinstance(values, list | tuple) else [values]
    if len(given) != len(keys):
        raise Refusal(
            "report.shape", f"{name}应有{len(keys)}格，给出的是{len(given)}格，请核对后再试。"
        )
    return {key: _number(name, value) for key, value in zip(keys, given, strict=True)}


def _number(name: str, value: Any) -> Number | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refusal("report.number", f"{name}里的“{value}”不是数字，请核对后再试。")
    return int(number) if number == int(number) else number
