"""Invented years in the layouts offices use: read without a wrong cell, every error found."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
import typst as typesetter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.backends.extract.docx import DocxExtractor
from gongkai.backends.extract.html import HtmlExtractor
from gongkai.backends.extract.pdf import PdfExtractor
from gongkai.backends.extract.plain import PlainExtractor
from gongkai.backends.extract.xlsx import XlsxExtractor
from gongkai.law.annual_report.model import Number
from gongkai.ports import Extractor
from gongkai.reporting.reading.check import checked
from gongkai.reporting.reading.model import Source
from gongkai.reporting.reading.sources import source_of
from gongkai.reporting.schema import Report, addresses
from tests.reporting.years import Cells, html, text, typst, write_docx, write_xlsx, year

Set = Callable[[Path, str, Mapping[str, Number]], None]
SIZES = (3, 60, 900, 20_000)
EDITIONS = st.sampled_from(["2021", "2019"])
SEEDS = st.integers(0, 10**6)
SETTINGS = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _text(path: Path, edition: str, cells: Mapping[str, Number], between: str, after: str) -> None:
    path.write_text(text(edition, cells, between=between, after=after), encoding="utf-8")


def _html(path: Path, edition: str, cells: Mapping[str, Number]) -> None:
    path.write_text(html(edition, cells), encoding="utf-8")


def _pdf(path: Path, edition: str, cells: Mapping[str, Number]) -> None:
    source = path.with_suffix(".typ")
    source.write_text(typst(edition, cells), encoding="utf-8")
    typesetter.compile(str(source), output=str(path))


LAYOUTS: dict[str, tuple[str, Set, Extractor]] = {
    "page": (".html", _html, HtmlExtractor()),
    "workbook": (".xlsx", partial(write_xlsx, split=False), XlsxExtractor()),
    "sheets": (".xlsx", partial(write_xlsx, split=True), XlsxExtractor()),
    "tabs": (".txt", partial(_text, between="\t", after="\n"), PlainExtractor()),
    "blanks": (".txt", partial(_text, between=" ", after=" "), PlainExtractor()),
    "lines": (".txt", partial(_text, between="\n\n\n", after="\n\n\n\n"), PlainExtractor()),
}
SLOW: dict[str, tuple[str, Set, Extractor]] = {
    "word": (".docx", write_docx, DocxExtractor()),
    "print": (".pdf", _pdf, PdfExtractor()),
}
RUN = (".txt", partial(_text, between="", after=""), PlainExtractor())


def source(
    layout: tuple[str, Set, Extractor], folder: Path, edition: str, cells: Mapping[str, Number]
) -> Source:
    suffix, write, extractor = layout
    path = folder / f"report{suffix}"
    write(path, edition, cells)
    return source_of(extractor.extract(path))


def wrong(report: Report, cells: Mapping[str, Number]) -> list[str]:
    """Cells that were decided, and wrongly."""
    address = addresses(report.edition)
    doubtful = {item.cell for item in report.undecided}
    return [
        key
        for key, value in cells.items()
        if address[key] not in doubtful and (report.cells.get(key) or 0) != value
    ]


def spoilt(cells: Cells, rng: random.Random) -> tuple[str, Cells]:
    """One cell of tables three and four changed."""
    key = rng.choice([key for key in cells if not key.startswith("proactive")])
    more = rng.choice((1, 9, 10, 100, -1 if cells[key] else 2))
    return key, {**cells, key: cells[key] + more}


def read_both(layout: tuple[str, Set, Extractor], folder: Path, edition: str, seed: int) -> None:
    """A year that foots gives no finding; the same year with an error gives one that names it."""
    rng = random.Random(seed)
    cells = year(seed, edition, rng.choice(SIZES))
    report = checked(source(layout, folder, edition, cells))
    assert report.edition == edition
    assert not report.undecided
    assert wrong(report, cells) == []
    assert [finding.sentence for finding in report.findings] == []

    key, bad = spoilt(cells, rng)
    report = checked(source(layout, folder, edition, bad))
    assert wrong(report, bad) == []
    named = [finding for finding in report.findings if addresses(edition)[key] in finding.cells]
    assert named, f"{key}: {cells[key]} → {bad[key]}"
    assert all(finding.identity in ("I1", "I2", "I3", "I4") for finding in named)


@pytest.mark.parametrize("name", LAYOUTS)
@SETTINGS
@given(edition=EDITIONS, seed=SEEDS)
def test_no_wrong_cell_no_false_alarm_every_error(
    name: str, edition: str, seed: int, tmp_path: Path
) -> None:
    read_both(LAYOUTS[name], tmp_path, edition, seed)


@pytest.mark.parametrize(
    ("name", "edition"), [("word", "2021"), ("print", "2021"), ("print", "2019")]
)
def test_the_same_from_word_and_print(name: str, edition: str, tmp_path: Path) -> None:
    read_both(SLOW[name], tmp_path, edition, 20240131)


@settings(SETTINGS, max_examples=40)
@given(edition=EDITIONS, seed=SEEDS)
def test_run_together_is_solved_or_refused_never_guessed(
    edition: str, seed: int, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    cells = year(seed, edition, rng.choice(SIZES))
    report = checked(source(RUN, tmp_path, edition, cells))
    assert wrong(report, cells) == []
    assert report.findings == ()
    _, bad = spoilt(cells, rng)
    report = checked(source(RUN, tmp_path, edition, bad))
    assert wrong(report, bad) == []
    assert report.findings or report.remarks, "the error is said"


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_run_together_is_mostly_solved(edition: str, tmp_path: Path) -> None:
    """A reader that always refused would never be wrong."""
    asked = refused = 0
    for seed in range(20):
        cells = year(seed, edition, 300)
        report = checked(source(RUN, tmp_path, edition, cells))
        asked += sum(not key.startswith("proactive") for key in cells)
        refused += sum(not item.cell.startswith("t2") for item in report.undecided)
    assert refused / asked < 0.02
