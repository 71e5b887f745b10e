"""Reads what was typed on the calculator page: everything kept as typed, everything bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from gongkai.kit.refusal import Refusal
from gongkai.law.clock import Kind
from gongkai.law.questions import Told
from gongkai.law.questions.model import read_day
from gongkai.law.questions.progress import KINDS
from gongkai.orgs.queries import calendar
from gongkai.portal.calculator.modes import DETAILS, MODES, Mode

MOST_ROWS, FEWEST_ROWS = 12, 3
# A longer text is nothing anybody typed for one of these fields.
MOST_KEPT = 250
MOST_DIGITS = 4
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it was typed: what, on which day, and a number of days or another day."""

    number: int
    kind: str = ""
    day: str = ""
    detail: str = ""

    @property
    def empty(self) -> bool:
        return not (self.kind or self.day or self.detail)


@dataclass(frozen=True, slots=True)
class Event:
    """A row that was understood, in the words of the question of the law."""

    number: int
    on: date
    kind: Kind
    text: str


@dataclass(slots=True)
class Asked:
    """One visit: the way of asking, what was typed, and the answer or what was wrong with it.

    `errors` maps the names of the page's fields to sentences; those under `""` belong to none.
    `given` is true when anything was asked at all.
    """

    mode: Mode
    typed: dict[str, str]
    rows: tuple[Row, ...]
    given: bool
    errors: dict[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    told: Told | None = None

    @property
    def values(self) -> dict[str, str]:
        """What the question of the law is asked with."""
        found = {key: text for key, text in self.typed.items() if text} | dict(self.mode.fixed)
        if self.events:
            found["events"] = ",".join(event.text for event in self.events)
        return found

    def as_text(self, name: str, value: str) -> bool:
        """Whether a day must stand in a text field: a date field shows nothing but 2026-02-06."""
        return name in self.errors or bool(value and not _ISO.fullmatch(value))

    def day(self, key: str) -> date | None:
        """The day typed in a field that was found right; `None` where nothing was typed."""
        text = self.typed.get(key, "")
        return read_day(text, key) if text else None


def read(query: Mapping[str, str], today: date) -> Asked:
    """What the address asks, answered; an unknown way of asking is the first one."""
    mode = MODES.get(query.get("mode", ""), next(iter(MODES.values())))
    typed = {shown.field.key: _kept(query, shown.field.key) for shown in mode.shown}
    rows = _rows(query) if mode.events else ()
    names = [*typed, *(f"event{row.number}" for row in rows)]
    asked = Asked(mode, typed, rows, any(name in query for name in names))
    if asked.given:
        _check(asked)
        if not asked.errors:
            _ask(asked, today)
    return asked


def _kept(query: Mapping[str, str], name: str) -> str:
    return query.get(name, "").replace("\x00", "").strip()[:MOST_KEPT]


def _rows(query: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows typed and one more to fill, at least three in all."""
    found = [
        Row(n, *(_kept(query, f"{part}{n}") for part in ("event", "day", "detail")))
        for n in range(1, MOST_ROWS + 1)
    ]
    last = max((row.number for row in found if not row.empty), default=0)
    return tuple(found[: max(FEWEST_ROWS, last + 1)])


def _check(asked: Asked) -> None:
    """Everything that is missing or no date is said at once."""
    for shown in asked.mode.shown:
        key = shown.field.key
        if shown.required and not asked.typed[key]:
            asked.errors[key] = _("请填写“%(label)s”。") % {"label": shown.label}
        elif shown.field.kind == "date" and asked.typed[key]:
            _day(asked, key, asked.typed[key])
    found = [event for row in asked.rows if not row.empty and (event := _event(asked, row))]
    # People tell things in any order; the clock takes them by day.
    asked.events = tuple(sorted(found, key=lambda event: event.on))


def _day(asked: Asked, name: str, text: str) -> date | None:
    try:
        return read_day(text, name)
    except Refusal as refusal:
        asked.errors[name] = refusal.sentence
        return None


def _event(asked: Asked, row: Row) -> Event | None:
    n = row.number
    if row.kind not in dict(KINDS):
        asked.errors[f"event{n}"] = _("请选择发生了什么。")
        return None
    if not row.day:
        asked.errors[f"day{n}"] = _("请填写发生的日期。")
        return None
    kind, on = Kind(row.kind), _day(asked, f"day{n}", row.day)
    detail = _detail(asked, row, kind)
    if on is None or detail is None:
        return None
    return Event(n, on, kind, f"{kind.value}@{on.isoformat()}{':' + detail if detail else ''}")


def _detail(asked: Asked, row: Row, kind: Kind) -> str | None:
    """The detail in the words of the law's question; `None` when it is wrong."""
    name = f"detail{row.number}"
    words, needed = DETAILS.get(kind, ("", False))
    wrong = ""
    if not row.detail:
        wrong = str(words) if needed else ""
    elif not words:
        wrong = _("“%(label)s”不用填这一项，请删去。") % {"label": kind.label}
    elif kind is Kind.EXTENDED:
        plain = row.detail.isascii() and row.detail.isdigit() and len(row.detail) <= MOST_DIGITS
        wrong = "" if plain else str(words)
    elif (day := _day(asked, name, row.detail)) is not None:
        return day.isoformat()
    else:
        return None
    if wrong:
        asked.errors[name] = wrong
        return None
    return row.detail


def _ask(asked: Asked, today: date) -> None:
    try:
        asked.told = asked.mode.question.ask(asked.values, today=today, calendar=calendar)
    except Refusal as refusal:
        basis = refusal.basis if refusal.basis not in refusal.sentence else ""
        sentence = f"{refusal.sentence}（{basis}）" if basis else refusal.sentence
        for key in refusal.fields or {"": ""}:
            asked.errors[_place(asked, key)] = sentence


def _place(asked: Asked, key: str) -> str:
    """The field of the page that a field of the question stands for."""
    if key in asked.typed:
        return key
    name, _dot, number = key.partition(".")
    if name == "events" and number.isdigit() and int(number) <= len(asked.events):
        return f"event{asked.events[int(number) - 1].number}"
    return ""
