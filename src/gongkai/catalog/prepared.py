"""Querysets compiled to SQL once, for the few reads behind every public page.

Compiling costs Django ten times what the database needs to answer by primary key. The queryset
stays the one description of the read; its SQL and its converters are kept, and the places of the
marked values are filled in at each call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

# Values that cannot occur; `build` puts them where `rows` fills in the real ones, in this order.
A_UUID = UUID("f0e1d2c3-b4a5-4687-8796-a5b4c3d2e1f0")
A_NUMBER = -7_346_001
ANOTHER_NUMBER = -7_346_002
_MARKS: tuple[object, ...] = (A_UUID, A_NUMBER, ANOTHER_NUMBER)


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    parameters: tuple[object, ...]
    places: tuple[tuple[int, object], ...]
    marks: tuple[object, ...]
    convert: Callable[[list[tuple[Any, ...]]], Any]


class Prepared:
    """A read whose shape never changes; `build` returns a `values_list` queryset."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(
        self, *values: object, limit: int | None = None, offset: int = 0
    ) -> list[tuple[Any, ...]]:
        """The rows for these values, given in the order UUID, number, other number."""
        compiled = self._compiled.get(connection.vendor) or self._compile()
        sql = compiled.sql
        parameters: list[Any] = list(compiled.parameters)
        given = dict(zip(compiled.marks, values, strict=True))
        for place, mark in compiled.places:
            parameters[place] = _adapted(given[mark])
        if limit is not None:
            sql = f"{sql} LIMIT {int(limit)} OFFSET {int(offset)}"
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        return [tuple(row) for row in compiled.convert(found)] if found else []

    def _compile(self) -> _Compiled:
        query = self._build().query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        places = tuple(
            (place, mark)
            for place, value in enumerate(parameters)
            for mark in _MARKS
            if value == _adapted(mark)
        )

        def convert(found: list[tuple[Any, ...]]) -> Any:
            return compiler.apply_converters(found, converters) if converters else found

        marks = tuple(mark for mark in _MARKS if mark in {m for _place, m in places})
        made = _Compiled(sql, tuple(parameters), places, marks, convert)
        self._compiled[connection.vendor] = made
        return made


def _adapted(value: object) -> object:
    """The value as the driver wants it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
