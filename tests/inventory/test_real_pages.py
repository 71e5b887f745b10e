"""Sound pages of governments, written by nobody here: what is told of them, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gongkai.inventory import reading, sources
from gongkai.inventory.across import Beside, compared
from gongkai.inventory.validity_checks import validity_findings
from gongkai.text.foreign_names import Own

TODAY = date(2026, 11, 27)
OURS = Own("云岭区", "云岭区商务局", "11Y025/", "云商")
# Code of pages left in texts, and two numbers that stand in the text alone: rightly told. Of the
# papers of ten years two are versions of one another.
LIBRARIES = {
    "GDProvince_GDProvince_success.json": (
        "guangdong_library",
        {"html_entity": 12, "unfilled_document_number": 2, "possible_version": 1},
    ),
    "GWY_success.json": ("state_council_library", {"missing_validity": 1}),
    "TJProvince_WholeProvince_success.json": ("tianjin_library", {}),
}


@pytest.fixture
def headers(shared_dir: Path) -> Path:
    return shared_dir / "data" / "fixtures" / "headers"


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize("own", [Own(), OURS])
def test_sound_libraries_raise_no_alarm(headers: Path, name: str, own: Own) -> None:
    mapping_name, told = LIBRARIES[name]
    mapping = sources.check(sources.built_in(mapping_name))
    content = (headers / name).read_bytes()
    papers = []
    for row in reading.inputs(name, reading.extracted(name, content), mapping):
        paper = reading.row_paper(name, row.raw, mapping, own=own)
        papers.append(Beside(f"第{row.row}行", paper))
        found = validity_findings(paper.fields, paper.spans, TODAY)
        papers[-1].more += found
    found = [one for paper in compared(papers) for one in paper.findings]
    assert Counter(one.kind for one in found) == told


def test_a_sound_page_hides_no_links(headers: Path) -> None:
    name = "lishui_detail.html"
    found = reading.extracted(name, (headers / name).read_bytes())
    paper = reading.paper(found, None, own=OURS)
    told = {one.kind for one in paper.findings}
    assert told & {"hidden_link", "replaced_host", "inserted_ad", "foreign_name"} == set()
    assert told & {"damaged_date", "mojibake", "validity_in_doubt"} == set()
