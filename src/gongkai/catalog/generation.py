"""The number that every cached public page and figure is keyed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

from gongkai.catalog.models import Generation
from gongkai.kit.dates import CHINA

T = TypeVar("T")
_KEPT_SECONDS = 24 * 3600
_TABLE = Generation._meta.db_table
# One primary-key read without the ORM: it precedes every public page, cached ones too.
_READ = f"SELECT number, changed_at FROM {_TABLE} WHERE id = 1"  # noqa: S608 # no input in it


def current() -> int:
    """The present generation; 0 before anything was published."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def changed_at() -> datetime | None:
    """When the public side last changed, in China's time; None before the first change."""
    row = Generation.objects.filter(pk=1).values_list("changed_at", flat=True).first()
    return row.astimezone(CHINA) if row else None


def kept(name: str, generation: int, make: Callable[[], T]) -> T:
    """The value of `make()` for this generation, computed once and then taken from the cache."""
    if not generation:
        return make()
    # Hashed: the name may hold codes with characters that a cache server does not take.
    key = f"public:{generation}:{blake2b(name.encode(), digest_size=16).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, _KEPT_SECONDS)
    return found  # type: ignore[no-any-return] # the cache forgets types
