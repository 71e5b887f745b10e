"""Querysets compiled to SQL once, for the few reads behind every public page.

Compiling costs Django ten times what the database needs to answer by primary key. The queryset
stays the one description of the read; its SQL and its converters are kept, and the places of the
values are filled in at each call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

# Stand-ins that cannot occur: they mark in the compiled SQL where a value goes.
_FIRST_NUMBER = -7_346_001
_FIRST_UUID = 0xF0E1D2C3_B4A54687_8796A5B4_C3D20000


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    parameters: tuple[object, ...]
    # Place among the parameters, and which of the given values goes there.
    places: tuple[tuple[int, int], ...]
    convert: Callable[[list[tuple[Any, ...]]], Any]


class Prepared:
    """A read whose shape never changes: `build` takes values of `kinds`, gives a `values_list`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type[UUID | int]) -> None:
        self._build = build
        self._marks = tuple(
            UUID(int=_FIRST_UUID + n) if kind is UUID else _FIRST_NUMBER - n
            for n, kind in enumerate(kinds)
        )
        self._compiled: dict[str, _Compiled] = {}

    def rows(
        self, *values: UUID | int, limit: int | None = None, offset: int = 0
    ) -> list[tuple[Any, ...]]:
        """The rows for these values, one for each kind, in their order."""
        if len(values) != len(self._marks):
            raise TypeError(f"{len(self._marks)} values wanted, {len(values)} given")
        compiled = self._compiled.get(connection.vendor) or self._compile()
        sql = compiled.sql
        parameters: list[Any] = list(compiled.parameters)
        for place, number in compiled.places:
            parameters[place] = _adapted(values[number])
        if limit is not None:
            sql = f"{sql} LIMIT {int(limit)} OFFSET {int(offset)}"
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        return [tuple(row) for row in compiled.convert(found)] if found else []

    def _compile(self) -> _Compiled:
        compiler = self._build(*self._marks).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        numbers = {_adapted(mark): number for number, mark in enumerate(self._marks)}
        places = tuple(
            (place, numbers[value])
            for place, value in enumerate(parameters)
            if isinstance(value, int | str | UUID) and value in numbers
        )

        def convert(found: list[tuple[Any, ...]]) -> Any:
            return compiler.apply_converters(found, converters) if converters else found

        made = _Compiled(sql, tuple(parameters), places, convert)
        self._compiled[connection.vendor] = made
        return made


def _adapted(value: UUID | int) -> object:
    """The value as the driver wants it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
