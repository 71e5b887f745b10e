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
from gongkai.law.annual_report.requests_table import key
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
        name
        for name, value in cells.items()
        if address[name] not in doubtful and (report.cells.get(name) or 0) != value
    ]


def spoilt(cells: Cells, rng: random.Random) -> tuple[str, Cells]:
    """One cell of tables three and four changed."""
    name = rng.choice([name for name in cells if not name.startswith("proactive")])
    more = rng.choice((1, 9, 10, 100, -1 if cells[name] else 2))
    return name, {**cells, name: cells[name] + more}


def read_both(layout: tuple[str, Set, Extractor], folder: Path, edition: str, seed: int) -> None:
    """A year that foots gives no finding; the same year with an error gives one that names it."""
    rng = random.Random(seed)
    cells = year(seed, edition, rng.choice(SIZES))
    report = checked(source(layout, folder, edition, cells))
    assert report.edition == edition
    assert not report.undecided
    assert wrong(report, cells) == []
    assert [finding.sentence for finding in report.findings] == []

    name, bad = spoilt(cells, rng)
    report = checked(source(layout, folder, edition, bad))
    assert wrong(report, bad) == []
    named = [finding for finding in report.findings if addresses(edition)[name] in finding.cells]
    assert named, f"{name}: {cells[name]} → {bad[name]}"
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
    assert report.findings, "the error is said"


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_run_together_is_mostly_solved(edition: str, tmp_path: Path) -> None:
    """A reader that always refused would never be wrong."""
    asked = refused = 0
    for seed in range(20):
        cells = year(seed, edition, 300)
        report = checked(source(RUN, tmp_path, edition, cells))
        asked += sum(not name.startswith("proactive") for name in cells)
        refused += sum(not item.cell.startswith("t2") for item in report.undecided)
    assert refused / asked < 0.02


@settings(SETTINGS, max_examples=15)
@given(seed=SEEDS, row=st.sampled_from(["new", "carried_in", "handled", "granted", "not_held"]))
def test_run_together_with_an_error_the_rows_hide(seed: int, row: str, tmp_path: Path) -> None:
    """As in life: the row foots, the column does not. What is certain in spite of it is read."""
    cells = year(seed, "2021", 300)
    bad = {**cells, key(row, "natural"): cells[key(row, "natural")] + 1}
    bad[key(row, "total")] += 1
    report = checked(source(RUN, tmp_path, "2021", bad))
    assert wrong(report, bad) == []
    assert report.findings
    refused = [item for item in report.undecided if item.cell.startswith("t3")]
    assert len(refused) < 60


def test_a_print_without_lines_is_read_or_refused(tmp_path: Path) -> None:
    """Labels then stand broken over lines, with the figures between their halves."""
    cells = year(5, "2021", 900)
    plain = typst("2021", cells).replace("#table(columns:", "#table(stroke: none, columns:")
    (tmp_path / "a.typ").write_text(plain, encoding="utf-8")
    typesetter.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    report = checked(source_of(PdfExtractor().extract(tmp_path / "a.pdf")))
    assert wrong(report, cells) == []
    assert len(report.undecided) <= 7
    assert report.findings == ()
