"""Reading yearly reports: cells right, wrong and refused per layout, against a named baseline.

Baseline: the file's bare text (for PDF that of pypdfium2) and one pattern per row: the printed
label, then the next seven figures. That is what a script written in an afternoon does. Shares of
cells and time are told as ratios; nothing depends on the machine.

    python -m bench.report_reading [--years 8]
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from gongkai.law.annual_report.model import Number
from gongkai.ports import Extractor
from gongkai.reporting.reading.read import read
from gongkai.reporting.reading.sources import source_of
from gongkai.reporting.schema import addresses, layout
from gongkai.text.traditional import SIMPLIFIED
from tests.reporting.test_reading_layouts import LAYOUTS, RUN, SLOW, Set
from tests.reporting.years import LABELS, Cells, year


@dataclass
class Score:
    """Cells of table three and seconds."""

    right: int = 0
    wrong: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)

    def share(self, count: int) -> str:
        """Of all cells."""
        return f"{count / max(1, self.right + self.wrong + self.refused):7.2%}"


Answer = Mapping[str, Number | None]
"""Cells that were read; those left out were refused."""


def ours(path: Path, edition: str) -> Answer:
    """The reader, after the extractor has done its work."""
    layouts = {**LAYOUTS, **SLOW}
    extractor = next(e for suffix, _, e in layouts.values() if suffix == path.suffix)
    reading = read(source_of(extractor.extract(path)))
    doubtful = {item.cell for item in reading.undecided}
    address = addresses(edition)
    return {key: value or 0 for key, value in reading.cells.items() if address[key] not in doubtful}


def baseline(path: Path, edition: str) -> Answer:
    """The label, then the next seven figures."""
    text = bare_text(path)
    found: dict[str, Number | None] = {}
    rows = layout(edition)["t3"]
    assert isinstance(rows, dict)
    for name, keys in rows.items():
        label = r"\s*".join(map(re.escape, LABELS[name]))
        match = re.search(rf"{label}((?:\s+\d+){{7}})", text)
        if match:
            found |= dict(zip(keys, map(int, match[1].split()), strict=True))
    return found


def bare_text(path: Path) -> str:
    """What is written, without a thought for tables."""
    if path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    if path.suffix == ".html":
        return re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    extractor = next(e for s, _, e in {**LAYOUTS, **SLOW}.values() if s == path.suffix)
    found = extractor.extract(path)
    rows = [" ".join(cell or "" for cell in row) for grid in found.grids for row in grid]
    return "\n".join([found.text, *rows])


def damage(path: Path, rng: random.Random) -> None:
    """What copying and recognition do to words: of a hundred characters three are lost, three
    come out in their old form, three have a blank behind them. Figures stay."""
    old = {simple: char for char, simple in SIMPLIFIED.items()}

    def one(match: re.Match[str]) -> str:
        chance = rng.random()
        char = match[0]
        if chance < 0.03:
            return ""
        return old.get(char, char) if chance < 0.06 else f"{char} " if chance < 0.09 else char

    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"[\u4e00-\u9fff]", one, text), encoding="utf-8")


def judge(reader: Callable[[Path, str], Answer], path: Path, cells: Cells, score: Score) -> None:
    """One file."""
    start = time.perf_counter()
    answer = reader(path, "2021")
    score.seconds.append(time.perf_counter() - start)
    for key, value in cells.items():
        if not key.startswith("requests."):
            continue
        if key not in answer:
            score.refused += 1
        elif answer[key] == value:
            score.right += 1
        else:
            score.wrong += 1


def main() -> None:
    """Every layout, some years each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=8)
    args = parser.parse_args()
    print("cells of table three; baseline: label and the next seven figures of the bare text")
    head = f"{'right':>8} {'wrong':>7} {'refused':>8}"
    print(f"{'layout':22}{head} | baseline{head} | cost")
    whole: dict[str, tuple[str, Set, Extractor]] = {**LAYOUTS, **SLOW, "run together": RUN}
    for name, (suffix, write, _) in whole.items():
        for damaged in (False, True)[: 2 if suffix in (".html", ".txt") else 1]:
            mine, plain = Score(), Score()
            with tempfile.TemporaryDirectory() as folder:
                for seed in range(1 if name == "word" else args.years):
                    cells = year(seed, "2021", 900)
                    path = Path(folder) / f"report{suffix}"
                    write(path, "2021", cells)
                    if damaged:
                        damage(path, random.Random(seed))
                    judge(ours, path, cells, mine)
                    judge(baseline, path, cells, plain)
            show(f"{name}{', damaged' * damaged}", mine, plain)


def show(name: str, mine: Score, plain: Score) -> None:
    """One line."""
    cost = sum(mine.seconds) / max(sum(plain.seconds), 1e-9)
    print(
        f"{name:22} {mine.share(mine.right)} {mine.share(mine.wrong)}"
        f" {mine.share(mine.refused)} | {plain.share(plain.right):>16}"
        f" {plain.share(plain.wrong)} {plain.share(plain.refused)} | {cost:.1f}×"
    )


if __name__ == "__main__":
    main()
