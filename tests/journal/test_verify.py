"""An intruder who owns the database, but not the key, is always found."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import Settings

from gongkai.journal import chain
from gongkai.journal.models import ZERO_HASH, Entry, Head
from gongkai.journal.verify import Known, verify
from tests.flush import triggers_aside
from tests.journal.conftest import Write


def _kinds() -> set[tuple[int, str]]:
    return {(fault.seq, fault.kind) for fault in verify().faults}


def _rows() -> list[dict[str, Any]]:
    return [dict(row) for row in Entry.objects.order_by("seq").values()]


def _forge(row: dict[str, Any]) -> dict[str, Any]:
    """What an intruder can do to a row: recompute its hash, but not its mac."""
    return {**row, "hash": chain.hash_of(row)}


def _rechain(rows: list[dict[str, Any]]) -> None:
    """Write a whole new chain over `rows`, hashes and head all fitting, macs kept."""
    Entry.objects.all().delete()
    previous = ZERO_HASH
    for seq, row in enumerate(rows, 1):
        made = _forge({**row, "seq": seq, "prev_hash": previous})
        previous = made["hash"]
        Entry.objects.create(**made)
    Head.objects.update(seq=len(rows), hash=previous)


@pytest.mark.django_db
def test_a_sound_journal(write: Write) -> None:
    assert verify().sound
    last = write(5)[-1]
    report = verify()
    assert (report.sound, report.checked, report.head_seq) == (True, 5, 5)
    assert report.head_hash == last.hash


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "另一个理由"),
        ("actor_name", "李四"),
        ("actor_id", None),
        ("basis", ""),
        ("data", {"note": 4}),
        ("event", "sample.made"),
        ("at", "2008-12-26T00:00:00+00:00"),
        ("subject_id", 99),
        ("hash", "f" * 64),
        ("mac", "f" * 64),
        ("prev_hash", "f" * 64),
    ],
)
def test_edited(write: Write, field: str, value: object) -> None:
    write(5)
    with triggers_aside(connection):
        Entry.objects.filter(seq=3).update(**{field: value})
    faults = verify().faults
    assert (3, "edited") in {(f.seq, f.kind) for f in faults} or (field, faults[0].seq) == (
        "mac",
        3,
    )
    assert all(f.seq in {3, 4} for f in faults)


@pytest.mark.django_db
def test_edited_with_every_hash_made_again(write: Write) -> None:
    write(5)
    rows = _rows()
    rows[2]["reason"] = "改过"
    with triggers_aside(connection):
        _rechain(rows)
    kinds = _kinds()
    assert (3, "inserted") in kinds
    assert any(kind == "head" for _, kind in kinds)


@pytest.mark.django_db
def test_edited_in_the_last_line(write: Write) -> None:
    write(5)
    with triggers_aside(connection):
        Entry.objects.filter(seq=5).update(reason="改过")
    assert _kinds() == {(5, "edited")}


@pytest.mark.django_db
@pytest.mark.parametrize("seqs", [[1], [3], [2, 3, 4]])
def test_removed(write: Write, seqs: list[int]) -> None:
    write(6)
    with triggers_aside(connection):
        Entry.objects.filter(seq__in=seqs).delete()
    assert (seqs[0], "removed") in _kinds()


@pytest.mark.django_db
def test_removed_and_the_rest_moved_up(write: Write) -> None:
    write(6)
    with triggers_aside(connection):
        Entry.objects.filter(seq=3).delete()
        for seq in (4, 5, 6):
            Entry.objects.filter(seq=seq).update(seq=seq - 1)
        last = Entry.objects.get(seq=5)
        Head.objects.update(seq=5, hash=last.hash)
    assert {(3, "reordered"), (5, "head")} <= _kinds()


@pytest.mark.django_db
@pytest.mark.parametrize("with_head", [False, True, "entry mac"])
def test_tail_cut_off(write: Write, with_head: bool | str) -> None:
    write(6)
    with triggers_aside(connection):
        Entry.objects.filter(seq__gt=4).delete()
        if with_head:
            last = Entry.objects.get(seq=4)
            Head.objects.update(seq=4, hash=last.hash)
            if with_head == "entry mac":
                Head.objects.update(mac=last.mac)
    assert _kinds() == ({(4, "head")} if with_head else {(5, "truncated")})


@pytest.mark.django_db
def test_everything_removed(write: Write) -> None:
    write(3)
    with triggers_aside(connection):
        Entry.objects.all().delete()
    assert _kinds() == {(1, "truncated")}
    with triggers_aside(connection):
        Head.objects.all().delete()
    assert _kinds() == {(0, "head")}


@pytest.mark.django_db
def test_put_back_to_an_earlier_state_is_found_by_a_head_noted_elsewhere(write: Write) -> None:
    write(3)
    old_head = Head.objects.values().get()
    write(2)
    known = Known(seq=5, hash=Head.objects.get().hash)
    assert verify(known=known).sound
    with triggers_aside(connection):
        Entry.objects.filter(seq__gt=3).delete()
        Head.objects.filter(pk=1).update(**old_head)
    assert verify().sound  # the database alone cannot know
    assert [(f.seq, f.kind) for f in verify(known=known).faults] == [(5, "known")]


@pytest.mark.django_db
def test_swapped(write: Write) -> None:
    write(6)
    with triggers_aside(connection):
        Entry.objects.filter(seq=2).update(seq=100)
        Entry.objects.filter(seq=5).update(seq=2)
        Entry.objects.filter(seq=100).update(seq=5)
    assert {(2, "reordered"), (5, "reordered")} <= _kinds()


@pytest.mark.django_db
def test_inserted_behind_the_head(write: Write) -> None:
    write(3)
    row = Entry.objects.values().get(seq=3)
    with triggers_aside(connection):
        Entry.objects.create(**_forge({**row, "seq": 4, "prev_hash": row["hash"]}))
    assert (4, "inserted") in _kinds()


@pytest.mark.django_db
def test_inserted_in_the_middle_by_moving_the_rest(write: Write) -> None:
    write(4)
    rows = _rows()
    with triggers_aside(connection):
        _rechain([*rows[:2], {**rows[1], "reason": "插入"}, *rows[2:]])
    assert (3, "inserted") in _kinds()


@pytest.mark.django_db
def test_another_key(write: Write, settings: Settings) -> None:
    write(2)
    old = settings.GONGKAI_JOURNAL_KEY
    settings.GONGKAI_JOURNAL_KEY = "77" * 32
    assert {(1, "key"), (2, "key")} <= _kinds()
    settings.GONGKAI_JOURNAL_OLD_KEYS = (old,)
    assert verify().sound
    write(1)
    assert verify().sound


@pytest.mark.django_db
def test_the_list_of_faults_is_bounded(write: Write) -> None:
    write(8)
    with triggers_aside(connection):
        Entry.objects.update(reason="都改")
    report = verify(limit=3)
    assert (len(report.faults), report.more) == (3, True)


@pytest.mark.django_db
def test_memory_does_not_grow_with_the_journal(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.journal.verify.CHUNK", 20)
    write(1000)

    def peak(read: Callable[[], object]) -> int:
        gc.collect()
        tracemalloc.start()
        kept = read()
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert kept
        return used

    verify()
    assert peak(lambda: verify().sound) < peak(lambda: list(Entry.objects.all())) / 4


FIELDS = st.sampled_from(
    ["reason", "basis", "actor_name", "role", "from_state", "to_state", "subject_kind", "event"]
)


class AnyChange(TestCase):
    """Whatever one text field of whatever line becomes, it is found in that line."""

    @given(seq=st.integers(1, 5), field=FIELDS, text=st.text("甲乙ab ", max_size=8))
    @hypothesis_settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    def test_found(self, seq: int, field: str, text: str) -> None:
        from django.db import transaction

        from gongkai.journal.actions import append
        from gongkai.journal.values import Change, Subject
        from tests.journal.conftest import LEADER

        for number in range(5):
            with transaction.atomic():
                append(
                    event="sample.moved",
                    actor=LEADER,
                    subject=Subject("sample", number),
                    change=Change("draft", "proposed", "第十七条", "理由"),
                )
        changed = getattr(Entry.objects.get(seq=seq), field) != text
        with triggers_aside(connection):
            Entry.objects.filter(seq=seq).update(**{field: text})
        faults = verify().faults
        assert [f.seq for f in faults] == ([seq] if changed else [])
