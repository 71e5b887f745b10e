"""One line in the journal about a run; the run held; many rows saved in one call."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models

from gongkai.inventory.models import InventoryRun
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.orgs.models import Person
from gongkai.orgs.queries import actor

_AT_ONCE = 300


def locked(run: InventoryRun) -> InventoryRun:
    """The row as it stands now, held until the transaction ends."""
    rows = InventoryRun.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    return rows.get(pk=run.pk)


def write_down(event: str, *, run: InventoryRun, by: Person | None, change: Change) -> None:
    """One line about `run`."""
    append(
        event=event,
        actor=actor(by, body=run.body, role="case_officer"),
        subject=Subject("inventory_run", run.pk, run.uuid),
        change=change,
    )


def save_many(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Save these fields of rows of one table: one prepared statement, carried out for each.

    `bulk_update` writes a CASE for every field of every row, which costs more than it saves.
    """
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    named = {field.name: field for field in meta.concrete_fields}
    fields = [named[name] for name in names]
    columns = ", ".join(f"{quote(field.column or field.name)} = %s" for field in fields)
    where = f"{quote(meta.pk.column or 'id')} = %s"
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {where}"  # noqa: S608 - our own names
    values = [
        [*(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def insert_many(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[int, ...]]
) -> None:
    """Insert rows of whole numbers, very many of them, without making an object of each."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    one = f"({', '.join(['%s'] * len(columns))})"
    for begin in range(0, len(rows), _AT_ONCE):
        part = rows[begin : begin + _AT_ONCE]
        values = ", ".join([one] * len(part))
        statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {values}"  # noqa: S608 - our own names
        with connection.cursor() as cursor:
            cursor.execute(statement, [value for row in part for value in row])
