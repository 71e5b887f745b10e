"""Compiled reads give exactly what the querysets they come from give."""

from __future__ import annotations

from uuid import UUID

import pytest

from gongkai.catalog import reading
from gongkai.catalog.models import CatalogEntry
from gongkai.catalog.prepared import Prepared
from gongkai.catalog.reading import Shown
from gongkai.records.models import VersionText
from tests import factories


def test_the_compiled_entry_has_each_value_in_its_place(at: factories.Office) -> None:
    factories.published(at)
    wanted = factories.published(at, keywords="主题", abstract="概述", effective_from="2026-12-01")
    found = reading.shown(wanted.uuid)
    assert found is not None
    row = CatalogEntry.objects.get(pk=wanted.pk)
    plain = [name for name in Shown._fields if hasattr(row, name)]
    assert {name: getattr(found, name) for name in plain} == {n: getattr(row, n) for n in plain}
    assert len(plain) == len(Shown._fields) - 4
    assert found.text == VersionText.objects.get(version_id=row.version_id).text
    assert (found.has_files, found.has_relations, found.has_past) == (False, False, False)


def test_values_are_filled_in_at_each_call(at: factories.Office) -> None:
    first, second = factories.published(at), factories.published(at)
    read = Prepared(lambda pk: CatalogEntry.objects.filter(pk=pk).values_list("uuid", "title"), int)
    assert read.rows(first.pk) == [(first.uuid, first.title)]
    assert read.rows(second.pk) == [(second.uuid, second.title)]
    assert read.rows(-1) == []


def test_limit_and_offset_cut_the_list(at: factories.Office) -> None:
    made = [factories.published(at).pk for _ in range(3)]
    read = Prepared(lambda: CatalogEntry.objects.order_by("id").values_list("id"))
    assert read.rows(limit=2, offset=1) == [(made[1],), (made[2],)]


def test_several_values_keep_their_order(at: factories.Office) -> None:
    made = [factories.published(at) for _ in range(3)]
    read = Prepared(
        lambda uuid, a, b: (
            CatalogEntry.objects.filter(pk__in=[a, b]).exclude(uuid=uuid).values_list("id")
        ),
        UUID,
        int,
        int,
    )
    assert read.rows(made[0].uuid, made[0].pk, made[2].pk) == [(made[2].pk,)]
    assert read.rows(made[2].uuid, made[0].pk, made[2].pk) == [(made[0].pk,)]
    with pytest.raises(TypeError, match="3 values"):
        read.rows(1)
