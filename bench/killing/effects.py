"""What the campaign's jobs do: leave marks that tell how often they took effect."""

from __future__ import annotations

import random
import time

from django.db import connection
from django_tasks import task

LONGEST = 0.004  # seconds; long enough to be killed in the middle
TABLE = "CREATE TABLE IF NOT EXISTS kill_effect (op varchar(100) PRIMARY KEY, times int NOT NULL)"


def lay() -> None:
    """Make the table of marks."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


def times() -> dict[str, int]:
    """How often each operation took effect."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT op, times FROM kill_effect")
        return {str(op): int(count) for op, count in cursor.fetchall()}


def _work() -> None:
    time.sleep(random.uniform(0, LONGEST))


@task
def mark(op: str) -> None:
    """Idempotent: however often it runs, one mark."""
    _work()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kill_effect (op, times) VALUES (%s, 1) ON CONFLICT (op) DO NOTHING", [op]
        )
    _work()


@task(atomic=True)
def count(op: str) -> None:
    """Not idempotent, but committed together with its completion: exactly once."""
    _work()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kill_effect (op, times) VALUES (%s, 1) "
            "ON CONFLICT (op) DO UPDATE SET times = kill_effect.times + 1",
            [f"atomic:{op}"],
        )
    _work()
