"""Index numbers: written and read by the body's grammar, given once, without gaps."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.records.models import Allotment, NumberSeries, Record
from gongkai.records.numbering import Grammar, allot, give_index_number
from tests import factories as make

BEIJING = Grammar("11Y025/ZK-{year}-{serial:06d}", restarts_yearly=False)


@given(st.integers(2000, 2100), st.integers(1, 999_999_999))
def test_what_is_written_is_read_back(year: int, serial: int) -> None:
    assert BEIJING.read(BEIJING.write(year, serial)) == (year, serial)


@given(st.text(max_size=40))
def test_only_what_it_writes_is_its_own(text: str) -> None:
    found = BEIJING.read(text)
    assert found is None or BEIJING.write(*found) == text


@pytest.mark.parametrize("pattern", ["11Y/ZK-{year}", "{serial}{x}", "{serial.real}", "{serial"])
def test_a_pattern_with_other_fields_is_refused(pattern: str) -> None:
    with pytest.raises(Refusal):
        Grammar(pattern, restarts_yearly=False)


@pytest.mark.django_db
def test_a_number_not_committed_was_never_given() -> None:
    at = make.office()
    grammar = Grammar("甲{serial}", restarts_yearly=False)

    def one() -> str:
        with transaction.atomic():
            return allot(
                grammar, body=at.body, kind="x", year=2026, subject=("record", 1), now=make.NOW
            )

    assert one() == "甲1"
    with pytest.raises(RuntimeError, match="meant"), transaction.atomic():
        allot(grammar, body=at.body, kind="x", year=2026, subject=("record", 2), now=make.NOW)
        raise RuntimeError("meant")
    assert [one(), one()] == ["甲2", "甲3"]


@pytest.mark.django_db
def test_a_yearly_series_starts_again_and_the_other_goes_on() -> None:
    at = make.office()
    yearly, running = Grammar("{year}-{serial}", True), Grammar("{year}-{serial}", False)
    with transaction.atomic():
        subject = ("record", 1)
        got = [
            allot(g, body=at.body, kind=kind, year=year, subject=subject, now=make.NOW)
            for kind, g in (("y", yearly), ("r", running))
            for year in (2025, 2025, 2026)
        ]
    assert got == ["2025-1", "2025-2", "2026-1", "2025-1", "2025-2", "2026-3"]


@pytest.mark.django_db
def test_the_series_goes_on_behind_a_number_brought_along() -> None:
    at = make.office(code="11Y900")
    prefix = at.body.profile["index_number"]["pattern"].split("{")[0]
    make.draft(at, index_number=f"{prefix}2008-000368")
    assert make.published(at).index_number == f"{prefix}2026-000369"
    with pytest.raises(Refusal) as caught:
        make.draft(at, index_number=f"{prefix}2008-000368")
    assert caught.value.code == "number.used"
    with pytest.raises(Refusal) as caught:
        make.draft(at, index_number=f"{prefix}2009-000368")
    assert caught.value.code == "number.serial_used"


@pytest.mark.django_db
def test_foreign_numbers_are_kept_as_they_are() -> None:
    at = make.office()
    record = make.draft(at, index_number="000014349/2017-00110")
    assert give_index_number(record, now=make.NOW) == "000014349/2017-00110"


@pytest.mark.django_db
def test_the_database_keeps_numbers_too() -> None:
    at = make.office()
    record = make.published(at).record
    for attempt in (
        lambda: Record.objects.filter(pk=record.pk).update(index_number="别的"),
        lambda: Record.objects.filter(pk=record.pk).update(index_number=""),
        lambda: NumberSeries.objects.update(last=0),
        lambda: Allotment.objects.all().delete(),
        lambda: Allotment.objects.update(number="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
