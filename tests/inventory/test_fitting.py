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


def test_feeds_and_harvests_find_their_mapping(shared_dir: Path) -> None:
    rss = "<rss><channel><item><title>关于某事的通知</title><link>u</link></item></channel></rss>"
    assert fitting("站.xml", rss.encode()) == "rss_feed"
    atom = '<feed><entry><title>关于某事的通知</title><link href="u"/></entry></feed>'
    assert fitting("站.xml", atom.encode()) == "atom_feed"
    harvest = shared_dir / "data/fixtures/conformance/oai-sickle/ListRecords.xml"
    assert fitting("馆.xml", harvest.read_bytes()) == "oai_dc", "one of its two records was deleted"


def test_a_mapping_that_reads_more_is_better_than_the_label_of_the_title(shared_dir: Path) -> None:
    lists = sorted((shared_dir / "data/fixtures/inventory").glob("*.csv"))
    assert [fitting(path.name, path.read_bytes()) for path in lists] == ["hebei_lists"] * 2
