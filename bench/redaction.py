"""Redaction of 20 papers by each of 5 producers: leaks, text lost around, time per page.

`python -m bench.redaction [papers]`. Leaks are looked for by `tests.leaks`, which shares nothing
with the product's own proof. Times are processor time per page as a ratio to opening and saving
the same file with pikepdf, and include the proof. The last row is the common mistake.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

from gongkai.backends.redact.pdf import PdfRedactor
from gongkai.ports import RedactionError
from gongkai.text.redaction import Mark
from tests import redaction_samples as samples
from tests.leaks import flat, leaks


@dataclass(slots=True)
class Tally:
    """Sums over the papers of one producer and method."""

    papers: int = 0
    leaking: int = 0
    refused: int = 0
    pages: int = 0
    kept: int = 0
    lost: int = 0
    seconds: float = 0.0
    plain: float = 0.0
    methods: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """0 when nothing leaked and nothing was refused."""
    logging.disable()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    clean = True
    print(
        f"{'producer':14} {'method':6} {'leaks':>7} {'refused':>7} {'lost':>8} {'ms/page':>8} ×save"
    )
    for producer in samples.PRODUCERS:
        if why := samples.missing(producer):
            print(f"{producer:14} left out: {why}")
            continue
        made = samples.made(producer, count)
        for as_image in (False, True):
            tally = _measured(made, as_image=as_image)
            _print(producer, "image" if as_image else "text", tally)
            clean = clean and not (tally.leaking or tally.refused)
        barred = sum(bool(leaks(samples.barred(c, paper), paper.targets)) for paper, c in made)
        print(f"{producer:14} bars   {barred:3}/{len(made):<3}  (drawn over, nothing removed)")
    return 0 if clean else 1


def _measured(made: list[tuple[samples.Paper, bytes]], *, as_image: bool) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        for paper, content in made:
            path.write_bytes(content)
            tally.papers += 1
            tally.pages += len(pypdfium2.PdfDocument(content))
            tally.plain += _saving(path)
            started = time.process_time()
            try:
                marks = [Mark(words=words) for words in paper.targets]
                copy = PdfRedactor().redact(path, marks, as_image=as_image)
            except RedactionError as error:
                tally.refused += 1
                print(error)
                continue
            tally.seconds += time.process_time() - started
            tally.methods[copy.method] += 1
            tally.leaking += bool(leaks(copy.content, paper.targets))
            if copy.method == "text":
                _count_lost(tally, content, copy.content, paper)
    return tally


def _saving(path: Path) -> float:
    started = time.process_time()
    with pikepdf.open(path) as pdf:
        pdf.save(BytesIO())
    return time.process_time() - started


def _count_lost(tally: Tally, before: bytes, after: bytes, paper: samples.Paper) -> None:
    """Characters that were not marked, and how many of them are not there any more."""
    whole = _text(before)
    for target in paper.targets:
        whole = whole.replace(flat(target), "")
    was, still = Counter(whole), Counter(_text(after))
    tally.kept += sum(was.values())
    tally.lost += sum((was - still).values())


def _text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return flat("".join(page.get_textpage().get_text_range() for page in pages))


def _print(producer: str, method: str, tally: Tally) -> None:
    share = f"{tally.lost / tally.kept:.5f}" if tally.kept else "all"
    each = tally.seconds / max(tally.pages, 1) * 1000
    ratio = tally.seconds / max(tally.plain, 1e-9)
    how = ", ".join(f"{name} {n}" for name, n in sorted(tally.methods.items()))
    print(
        f"{producer:14} {method:6} {tally.leaking:3}/{tally.papers:<3} {tally.refused:7} "
        f"{share:>8} {each:8.1f} {ratio:5.1f}  ({how})"
    )


if __name__ == "__main__":
    sys.exit(main())
