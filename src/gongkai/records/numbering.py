"""Numbers given out for good: one running count per body, kind and year, without gaps.

The series row is locked until the transaction ends: a number that is not committed was never
given, so nothing is skipped, and twenty people at once wait for each other.

A body's index-number grammar is a row of its profile:
`{"index_number": {"pattern": "11Y025/ZK-{year}-{serial:06d}", "restarts_yearly": false}}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body
from gongkai.records.models import Allotment, NumberSeries, Record

INDEX = "index"
_FIELD = re.compile(r"\{(year|serial)(?::0(\d))?d?\}")
_NEVER_CHANGES = "国办秘函〔2009〕6号：索引号一经生成不再改变"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a body writes its numbers: fixed text with {year} and {serial:06d}."""

    pattern: str
    restarts_yearly: bool

    def __post_init__(self) -> None:
        rest = _FIELD.sub("", self.pattern)
        if "{" in rest or "}" in rest or "{serial" not in self.pattern:
            raise Refusal(
                "number.bad_pattern",
                f"编号格式“{self.pattern}”不对：须含 {{serial}}，可含 {{year}}，"
                "如 11Y025/ZK-{year}-{serial:06d}。请由系统管理员改正。",
            )

    def write(self, year: int, serial: int) -> str:
        """The printed number."""
        values = {"year": year, "serial": serial}
        return _FIELD.sub(
            lambda m: str(values[m.group(1)]).zfill(int(m.group(2) or 0)), self.pattern
        )

    def read(self, number: str) -> tuple[int, int] | None:
        """(year, serial) of a number written by this grammar; year 0 where it has none."""
        parts, at = [], 0
        for field in _FIELD.finditer(self.pattern):
            parts.append(re.escape(self.pattern[at : field.start()]))
            digits = r"\d{4}" if field.group(1) == "year" else r"\d{1,9}"
            parts.append(f"(?P<{field.group(1)}>{digits})")
            at = field.end()
        parts.append(re.escape(self.pattern[at:]))
        match = re.fullmatch("".join(parts), number)
        if match is None:
            return None
        found = match.groupdict()
        year, serial = int(found.get("year") or 0), int(found["serial"])
        return (year, serial) if self.write(year, serial) == number else None


def grammar_of(body: Body) -> Grammar:
    """The body's grammar; refused with a sentence when its profile has none."""
    profile = body.profile.get("index_number") if isinstance(body.profile, dict) else None
    if not isinstance(profile, dict) or not profile.get("pattern"):
        raise Refusal(
            "number.no_grammar",
            f"{body.name}还没有设定索引号格式，不能分配索引号。请系统管理员在机关配置里填写。",
            _NEVER_CHANGES,
        )
    return Grammar(str(profile["pattern"]), bool(profile.get("restarts_yearly", False)))


def allot(
    grammar: Grammar, *, body: Body, kind: str, year: int, subject: tuple[str, int], now: datetime
) -> str:
    """The next number of the series, committed or not given at all. Inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are allotted inside the transaction that uses them")
    series = locked_series(body, kind, year if grammar.restarts_yearly else 0)
    serial = series.last + 1
    series.last = serial
    series.save(update_fields=["last"])
    return _note(series, serial, grammar.write(year, serial), subject, now)


def locked_series(body: Body, kind: str, year: int) -> NumberSeries:
    """The series, made if need be, held until the transaction ends."""
    NumberSeries.objects.get_or_create(body=body, kind=kind, year=year)
    return NumberSeries.objects.select_for_update(no_key=True).get(body=body, kind=kind, year=year)


def _note(
    series: NumberSeries, serial: int, number: str, subject: tuple[str, int], now: datetime
) -> str:
    Allotment.objects.create(
        series=series,
        serial=serial,
        number=number,
        subject_kind=subject[0],
        subject_id=subject[1],
        allotted_at=now,
    )
    return number


def give_index_number(record: Record, *, now: datetime) -> str:
    """The record's index number, allotted now if it has none. The record must be locked.

    The year in it is that of first publication.
    """
    if record.index_number:
        return record.index_number
    year = (record.first_published_on or civil_day(now)).year
    record.index_number = allot(
        grammar_of(record.body),
        body=record.body,
        kind=INDEX,
        year=year,
        subject=("record", record.pk),
        now=now,
    )
    record.save(update_fields=["index_number"])
    return record.index_number


def take_foreign(record: Record, number: str, *, now: datetime) -> str:
    """Keep the index number a record already has from elsewhere.

    Refused when the body used it before. When it is of the body's own grammar the series goes on
    behind it, so it can never be given a second time.
    """
    if Record.objects.filter(body=record.body, index_number=number).exists():
        raise used(number)
    if not is_readable(number):
        raise unreadable()
    _reserve(record, number, now)
    record.index_number = number
    record.save(update_fields=["index_number"])
    return number


def _reserve(record: Record, number: str, now: datetime) -> None:
    profile = record.body.profile if isinstance(record.body.profile, dict) else {}
    if not profile.get("index_number"):
        return
    subject = ("record", record.pk)
    kept = go_behind(
        grammar_of(record.body), number, body=record.body, kind=INDEX, subject=subject, now=now
    )
    if not kept:
        raise serial_used(number)


def is_readable(number: str) -> bool:
    """Whether it fits its column and can be printed."""
    return len(number) <= 80 and number.isprintable()


def used(number: str) -> Refusal:
    """The body has a record with this number."""
    sentence = f"索引号{number}在本机关已经用过。请核对是否重复录入；不是重复的，请先更正索引号。"
    return Refusal("number.used", sentence, _NEVER_CHANGES, fields={"index_number": sentence})


def unreadable() -> Refusal:
    """It is no number that could be kept."""
    sentence = "索引号太长或含有看不见的字符，请核对后重新填写。"
    return Refusal("number.unreadable", sentence, fields={"index_number": sentence})


def serial_used(number: str) -> Refusal:
    """The body gave its serial to something else."""
    sentence = f"索引号{number}的流水号已经分配给另一条信息。请核对索引号。"
    return Refusal(
        "number.serial_used", sentence, _NEVER_CHANGES, fields={"index_number": sentence}
    )


def go_behind(
    grammar: Grammar,
    number: str,
    *,
    body: Body,
    kind: str,
    subject: tuple[str, int],
    now: datetime,
) -> bool:
    """Let the series go on behind a number given elsewhere; False when its serial is taken.

    A number of another grammar is no number of the series: nothing to keep, True.
    """
    found = grammar.read(number)
    if found is None:
        return True
    year, serial = found
    series = locked_series(body, kind, year if grammar.restarts_yearly else 0)
    if Allotment.objects.filter(series=series, serial=serial).exists():
        return False
    if serial > series.last:
        series.last = serial
        series.save(update_fields=["last"])
    _note(series, serial, number, subject, now)
    return True
