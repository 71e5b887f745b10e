"""Emptying the tables after a transactional test, past the triggers that refuse it.

`django_db(transaction=True)` ends with Django's `flush`, which the append-only tables rightly
refuse. Here, and only here, the triggers are put aside meanwhile, and the rows that migrations made
are put back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.flush import Command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_flush = Command.handle


@contextmanager
def triggers_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No trigger fires inside (also how tests play an intruder who owns the database)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)


def _handle(self: Command, *args: Any, **options: Any) -> None:
    from gongkai.journal.models import Head

    with triggers_aside(connections[options["database"]]):
        _flush(self, *args, **options)
        Head.objects.using(options["database"]).get_or_create(pk=1)


def install() -> None:
    """Make every later flush go past the triggers."""
    Command.handle = _handle  # type: ignore[method-assign]
