"""Tables as printed, out of every kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from gongkai.backends.extract.html import HtmlExtractor
from gongkai.backends.extract.pdf import PdfExtractor
from gongkai.backends.extract.pdf_grid import Char, Ruling, grid, joined, ruled_tables
from gongkai.backends.extract.sandbox import Sandboxed
from gongkai.ports import ExtractionError


def test_spans_of_a_page_are_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>1</td><td></td></tr></table>",
        encoding="utf-8",
    )
    assert HtmlExtractor().extract(path).grids == ((("甲", "乙", None), (None, "1", "")),)


@pytest.mark.parametrize("span", ["999999999", "0", "-3", "x", "1e9"])
def test_absurd_spans_cost_nothing(span: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<table><tr><td rowspan={span} colspan={span}>甲</td><td>1</td></tr></table>",
        encoding="utf-8",
    )
    (found,) = HtmlExtractor().extract(path).grids
    assert found[0][0] == "甲"
    assert len(found[0]) <= 100


def test_pieces_of_a_line_are_one_line_and_others_stay_apart() -> None:
    pieces = [Ruling(True, 10, 0, 50), Ruling(True, 10.5, 51, 90), Ruling(True, 12, 300, 400)]
    assert [(r.start, r.end) for r in joined(pieces)] == [(0, 90), (300, 400)]


def test_cells_without_a_line_between_them_are_one() -> None:
    level = [Ruling(False, y, 0, 100) for y in (0, 20, 40)]
    upright = [Ruling(True, 0, 0, 40), Ruling(True, 100, 0, 40), Ruling(True, 50, 0, 20)]
    (table,) = ruled_tables(level + upright)
    chars = [
        Char(c, x, y, x + 8, y + 10) for c, x, y in (("上", 30, 25), ("左", 5, 5), ("右", 60, 5))
    ]
    assert grid(table, chars) == (("上", None), ("左", "右"))


def _printed(path: Path, source: str) -> Path:
    typ = path.with_suffix(".typ")
    typ.write_text('#set text(font: "Noto Serif CJK SC", lang: "zh")\n' + source, encoding="utf-8")
    typst.compile(str(typ), output=str(path))
    return path


def test_a_ruled_table_of_a_print_stands_in_its_place_in_the_text(tmp_path: Path) -> None:
    path = _printed(
        tmp_path / "a.pdf",
        "前文一行\n#table(columns: 3, table.cell(colspan: 2)[并], [三], [1], [2.5], [])\n后文一行",
    )
    found = Sandboxed(extractor="gongkai.backends.extract.pdf.PdfExtractor").extract(path)
    assert found.grids == ((("并", None, "三"), ("1", "2.5", "")),)
    lines = found.text.split("\n")
    assert lines.index("前文一行") < lines.index("1\t2.5\t") < lines.index("后文一行")


def test_a_watermark_across_a_table_is_no_cells_text(tmp_path: Path) -> None:
    source = (
        '#set text(font: "Noto Sans CJK SC", lang: "zh")\n'
        "#set page(foreground: rotate(-40deg, text(40pt)[草稿未经批准]))\n"
        "#v(9cm)\n#table(columns: 4, [甲], [乙], [丙], [丁], "
        + ", ".join(f"[{n}]" for n in range(40)) + ")"
    )  # fmt: skip
    place = tmp_path / "a.pdf"
    place.write_bytes(typst.compile(source.encode()))
    found = PdfExtractor().extract(place)
    cells = [cell for row in found.grids[0] for cell in row]
    assert cells == ["甲", "乙", "丙", "丁", *(str(n) for n in range(40))]
    assert "草稿未经批准" in found.text  # what is printed is still scanned
    assert "草稿" not in found.text.split("39")[0]


def test_prints_that_cannot_be_read_get_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(ExtractionError, match="打不开"):
        PdfExtractor().extract(broken)
    empty = _printed(tmp_path / "c.pdf", "#rect(width: 10pt, height: 10pt)")
    (unread,) = PdfExtractor(ocr=False).extract(empty).unread
    assert "可能是扫描件" in unread
