"""A foreign file given without a mapping is read by the one that clearly fits, or by none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.inventory.fitting import fitting
from gongkai.inventory.models import SourceMapping
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LAYOUTS = {
    "GWY_success.json": "state_council_library",
    "TJProvince_WholeProvince_success.json": "tianjin_library",
    "GDProvince_GDProvince_success.json": "guangdong_library",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_real_layouts_find_their_mapping(name: str, shared_dir: Path) -> None:
    content = (shared_dir / "data/fixtures/headers" / name).read_bytes()
    assert fitting(name, content) == LAYOUTS[name]


def test_own_labels_need_no_mapping() -> None:
    rows = [{"信息名称": "关于某事的通知", "文号": "云商发〔2026〕1号"}]
    assert fitting("表.json", json.dumps(rows).encode()) == ""


def test_unknown_layouts_have_none_and_two_equal_ones_have_none() -> None:
    content = json.dumps([{"bt": "关于某事的通知", "wh": "云商发〔2026〕1号"}]).encode()
    assert fitting("表.json", content) == ""
    rules = {"source": "某系统", "fields": {"title": ["bt"], "document_number": ["wh"]}}
    SourceMapping.objects.create(name="own", label="某系统", content=rules, saved_at=NOW)
    assert fitting("表.json", content) == "own"
    SourceMapping.objects.create(name="twin", label="某系统", content=rules, saved_at=NOW)
    assert fitting("表.json", content) == ""
