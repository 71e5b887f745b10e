"""The scan before publication, in MB of UTF-8 a CPU-second, one core.

Ours: the scanners of personal data, people, marks and work secrets with all their checks. Against
bare Hyperscan: the same rules as one database, scanned with a handler that does nothing. Against
presidio with the same rules as pattern recognisers, where it is at hand (`make bench-tools`; it
runs in an environment of its own). The corpus is made of the demo's texts with invented items and
look-alikes put in at known places: every item must be found and no look-alike.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import hyperscan

from bench.scanning_rules import RULES, Document, corpus
from gongkai.backends.scanners.marks import MarkScanner
from gongkai.backends.scanners.people import PeopleScanner
from gongkai.backends.scanners.personal import PersonalDataScanner
from gongkai.backends.scanners.word_lists import WordListScanner
from gongkai.backends.scanners.work_secrets import WorkSecretScanner
from gongkai.ports import Known, WordList

DOCUMENTS = 12_000
FOR_PRESIDIO = 150
TOOLS = Path(".build/bench/bin/python")
SCANNERS = (PersonalDataScanner(), PeopleScanner(), MarkScanner(), WorkSecretScanner())


def ours(text: str) -> None:
    """Every scanner over one text, as a review does it."""
    for scanner in SCANNERS:
        scanner.scan({"text": text})


def bare() -> Callable[[str], None]:
    """The same rules in Hyperscan alone; places in bytes, nothing checked, nothing kept."""
    database = hyperscan.Database()
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SOM_LEFTMOST | hyperscan.HS_FLAG_CASELESS
    database.compile(
        expressions=[pattern.encode() for pattern in RULES.values()],
        ids=list(range(len(RULES))),
        flags=[flags] * len(RULES),
    )
    return lambda text: database.scan(text.encode(), match_event_handler=lambda *_hit: None)


def rate(work: Callable[[str], None], documents: list[Document]) -> float:
    """MB a CPU-second, the best of three: what disturbs can only slow down."""
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        for document in documents:
            work(document.text)
        best = max(best, size / (time.process_time() - began))
    return best


def check(documents: list[Document]) -> str:
    """Every item put in is found at its place; nothing else is taken for an item."""
    put_in = found = false = 0
    for document in documents:
        hits = {(f.start, f.end) for s in SCANNERS for f in s.scan({"text": document.text})}
        put_in += len(document.items)
        found += len(hits & document.items)
        false += len(hits - document.items)
    if found != put_in:
        raise SystemExit(f"{put_in - found} of {put_in} items were not found")
    return f"{found:,} of {put_in:,} items found, {false} false alarms in {len(documents):,} texts"


def presidio(documents: list[Document]) -> float | None:
    """Its rate on some of the texts, measured in a process of its own environment."""
    if not TOOLS.exists():
        return None
    given = json.dumps({"rules": RULES, "texts": [d.text for d in documents]})
    done = subprocess.run(
        [TOOLS, "-m", "bench.scanning_presidio"],
        input=given, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout.strip().splitlines()[-1])


def _scan_lists(scanner: WordListScanner, text: str, known: Known) -> None:
    scanner.scan({"text": text}, known=known)


def main() -> None:
    """Print rates and ratios."""
    documents = corpus(DOCUMENTS, random.Random(20081226))
    size = sum(len(d.text.encode()) for d in documents) / 1e6
    print(f"{len(documents):,} texts, {size:.0f} MB; {check(documents)}")
    ours(documents[0].text)
    mine, baseline = rate(ours, documents), rate(bare(), documents)
    print(f"scanners with all checks: {mine:.0f} MB/s")
    print(f"bare hyperscan, same rules: {baseline:.0f} MB/s; ratio {mine / baseline:.2f}x")
    theirs = presidio(documents[:FOR_PRESIDIO])
    if theirs is None:
        print("presidio: not at hand, skipped (make bench-tools)", file=sys.stderr)
    else:
        print(f"presidio, same rules: {theirs:.2f} MB/s; ratio {mine / theirs:.0f}x")
    words = tuple(f"代号{n:05d}工程" for n in range(10_000))
    known = Known(lists=(WordList(key="bench", label="代号", words=words),))
    scanner = WordListScanner()
    listed = rate(lambda text: _scan_lists(scanner, text, known), documents)
    print(f"a word list of {len(words):,}: {listed:.0f} MB/s, folding included")


if __name__ == "__main__":
    main()
