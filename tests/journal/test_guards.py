"""The database itself refuses what the program never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.journal.models import Entry, Head
from tests.journal.conftest import Write


def _sql(statement: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


COLUMNS = (
    "seq, act, at, actor_id, actor_name, role, body_id, event, subject_kind, subject_id,"
    " subject_uuid, from_state, to_state, basis, reason, data, key_id, prev_hash, hash, mac"
)
ATTEMPTS: dict[str, Callable[[], object]] = {
    "update": lambda: Entry.objects.filter(seq=2).update(reason="别的"),
    "save": lambda: Entry.objects.get(seq=2).save(),
    "delete": lambda: Entry.objects.filter(seq=2).delete(),
    "delete all": lambda: Entry.objects.all().delete(),
    "head back": lambda: Head.objects.update(seq=1),
    "head jump": lambda: Head.objects.update(seq=9),
    "head same seq": lambda: Head.objects.update(hash="0" * 64),
    "head delete": lambda: Head.objects.all().delete(),
    "head second": lambda: Head.objects.create(pk=2),
    "copy to the end": _sql(
        f"INSERT INTO journal_entry ({COLUMNS}) "
        f"SELECT 9, {COLUMNS.partition(', ')[2]} FROM journal_entry WHERE seq = 3"
    ),
    "next seq, wrong link": _sql(
        f"INSERT INTO journal_entry ({COLUMNS}) "
        f"SELECT 4, {COLUMNS.partition(', ')[2]} FROM journal_entry WHERE seq = 3"
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=list(ATTEMPTS))
def test_refused(write: Write, attempt: Callable[[], object]) -> None:
    write(3)
    before = list(Entry.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
    assert list(Entry.objects.values()) == before
    assert Head.objects.get().seq == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        (
            f"INSERT OR REPLACE INTO journal_entry ({COLUMNS}) "
            f"SELECT {COLUMNS.replace('reason', chr(39) + 'x' + chr(39))} "
            "FROM journal_entry WHERE seq = 2"
        ),
        "INSERT OR REPLACE INTO journal_head SELECT 1, 1, hash, key_id, mac FROM journal_head",
    ],
)
def test_replace_is_refused_on_sqlite(write: Write, statement: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    write(3)
    with pytest.raises(DatabaseError), transaction.atomic():
        _sql(statement)()
    assert Head.objects.get().seq == 3


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["journal_entry", "journal_head", "journal_entry, journal_head"])
def test_truncate_is_refused_on_postgresql(write: Write, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    write(1)
    with pytest.raises(DatabaseError), transaction.atomic():
        _sql(f"TRUNCATE {table}")()
    assert Entry.objects.count() == 1


def _line(seq: int, link: str) -> None:
    """A line that no key has signed: the triggers look at its number and its link only."""
    rest = COLUMNS.removeprefix("seq, ").removesuffix(", prev_hash, hash, mac")
    _sql(
        f"INSERT INTO journal_entry ({COLUMNS}) SELECT {seq}, {rest}, '{link}', "
        f"'{seq:064d}', mac FROM journal_entry WHERE seq = 3"
    )()


def _head(seq: int) -> None:
    _sql(f"UPDATE journal_head SET seq = {seq}, hash = '{seq:064d}'")()


LINK = f"{4:064d}"
# Lines as (number, link), "last" being the hash of line 3; then where the head is put, if it is.
TOGETHER: dict[str, tuple[list[tuple[int, str]], int | None]] = {
    "a gap": ([(4, "last"), (6, LINK)], None),
    "a wrong link": ([(4, "last"), (5, "last")], None),
    "a number twice": ([(4, "last"), (4, "last")], None),
    "head short of the newest": ([(4, "last"), (5, LINK)], 4),
    "head beyond the newest": ([(4, "last")], 5),
}


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", TOGETHER.values(), ids=list(TOGETHER))
def test_lines_written_together_are_each_checked(
    write: Write, attempt: tuple[list[tuple[int, str]], int | None]
) -> None:
    last = write(3)[-1].hash

    def carry_out(lines: list[tuple[int, str]], head: int | None) -> None:
        for seq, link in lines:
            _line(seq, last if link == "last" else link)
        if head is not None:
            _head(head)

    with pytest.raises(DatabaseError), transaction.atomic():
        carry_out(*attempt)
    assert Entry.objects.count() == Head.objects.get().seq == 3
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        carry_out([(4, "last"), (5, LINK)], 5)
        raise ZeroDivisionError  # it went through, but no key has signed it
