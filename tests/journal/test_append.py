"""Appending: chained, in a transaction, one act id, nothing unplain."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from gongkai.journal import chain
from gongkai.journal.actions import act, append, append_all
from gongkai.journal.errors import (
    HeadMissingError,
    NotPlainError,
    OutsideTransactionError,
    UnknownEventError,
)
from gongkai.journal.models import ZERO_HASH, Entry, Head
from gongkai.journal.values import SYSTEM, Actor, Change, Line, Subject
from gongkai.journal.verify import verify
from tests.flush import triggers_aside
from tests.journal.conftest import LEADER, Write

ID = UUID("12345678-1234-4678-8234-567812345678")


@pytest.mark.django_db
def test_first_line_and_its_chain(write: Write) -> None:
    first, second = write(2)
    assert (first.seq, first.prev_hash) == (1, ZERO_HASH)
    assert (second.seq, second.prev_hash) == (2, first.hash)
    head = Head.objects.get()
    assert (head.seq, head.hash) == (2, second.hash)
    assert first.at <= second.at


@pytest.mark.django_db
def test_what_is_read_back_is_what_was_hashed(write: Write) -> None:
    write(1, day=date(2008, 12, 24), sum=Decimal("1.50"), deep={"乙": [1, None, True], "甲": "x"})
    entry = Entry.objects.get()
    assert entry.data["day"] == "2008-12-24"
    assert entry.data["sum"] == "1.50"
    values = chain.values_of(entry)
    assert chain.hash_of(values) == chain.hash_of_checked(values) == entry.hash
    assert entry.at.tzinfo is not None


@pytest.mark.django_db
def test_nested_calls_share_the_act_and_another_act_does_not(write: Write) -> None:
    with act() as outer:
        write(1)
        with act() as inner:
            assert inner == outer
            write(1)
    with act(ID):
        write(1)
    write(2)
    acts = list(Entry.objects.values_list("act", flat=True))
    assert acts[0] == acts[1] == outer
    assert acts[2] == ID
    assert len({*acts[2:]}) == 3


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransactionError):
        append(event="sample.made", actor=SYSTEM, subject=None, change=Change())
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_undone_change_leaves_no_line_and_no_gap() -> None:
    for fails in (False, True, False):
        try:
            with transaction.atomic():
                append(event="sample.made", actor=LEADER, subject=None, change=Change())
                if fails:
                    raise KeyError
        except KeyError:
            pass
    assert list(Entry.objects.values_list("seq", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_unknown_event_is_refused() -> None:
    with pytest.raises(UnknownEventError), transaction.atomic():
        append(event="sample.unheard", actor=LEADER, subject=None, change=Change())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        {"x": 1.5},
        {"x": datetime(2026, 1, 1)},
        {"x": "a\x00b"},
        {"x": "\ud800"},
        {"x": object()},
        {"x": b"raw"},
        {1: "x"},
        {"x": "长" * 30_000},
    ],
)
def test_what_not_every_database_keeps_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(NotPlainError), transaction.atomic():
        append(event="sample.made", actor=LEADER, subject=None, change=Change(data=data))
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_text_longer_than_its_column_is_refused_not_cut() -> None:
    actor = Actor(id=1, name="长" * 201, role="x")
    with pytest.raises(NotPlainError), transaction.atomic():
        append(event="sample.made", actor=actor, subject=Subject("sample"), change=Change())


@pytest.mark.django_db
def test_without_a_key_nothing_is_written(settings: Settings) -> None:
    settings.GONGKAI_JOURNAL_KEY = ""
    with pytest.raises(ImproperlyConfigured), transaction.atomic():
        append(event="sample.made", actor=LEADER, subject=None, change=Change())


@pytest.mark.django_db
def test_without_a_head_nothing_is_written() -> None:
    from django.db import connection

    with triggers_aside(connection):
        Head.objects.all().delete()
    with pytest.raises(HeadMissingError), transaction.atomic():
        append(event="sample.made", actor=LEADER, subject=None, change=Change())


def test_canonical_bytes_are_fixed() -> None:
    """A vector written by hand: a change of the byte form would break every old journal."""
    values = {"乙": [1, "é\n"], "a": None, "t": datetime(2026, 1, 2, 3, 4, 5, 6, UTC), "u": ID}
    assert chain.canonical(values).decode() == (
        '{"a":null,"t":"2026-01-02T03:04:05.000006+00:00",'
        '"u":"12345678-1234-4678-8234-567812345678","乙":[1,"é\\n"]}'
    )


@pytest.mark.django_db
def test_many_lines_are_one_chain_and_few_statements(write: Write) -> None:
    write(1)
    lines = [Line("sample.made", LEADER, Subject("sample", n), Change()) for n in range(120)]
    with CaptureQueriesContext(connection) as seen, transaction.atomic():
        made = append_all(lines)
    assert [entry.seq for entry in made] == list(range(2, 122))
    assert Entry.objects.count() == Head.objects.get().seq == 121
    assert verify().sound
    assert len(seen) < 10
