"""Proposals of class, listed item and genre against what the demo's papers say.

Rules alone, rules with what was learned from the papers before, and a small trained model
(naive Bayes on pairs of characters of the title), which ships only if it does better on papers
it has not seen: the series of 2008 are learned from, the papers of the present are judged.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from datetime import date
from math import log
from pathlib import Path
from typing import Any

import gongkai.project.demo as demo
from gongkai.inventory.classing import HIGH, Chosen, Learned, Sample, proposals
from gongkai.law.legal_items import successor

FIELDS = ("catalog_class", "legal_item", "genre")
TODAY = date(2026, 11, 27)


def papers(name: str) -> list[tuple[Sample, dict[str, str]]]:
    """Title, text and the three truths of one file of the demo; items by their code of 2019."""
    path = Path(demo.__file__).parent / "data" / f"{name}.toml"
    rows: list[dict[str, Any]] = [
        row
        for rows in tomllib.loads(path.read_text("utf-8")).values()
        if isinstance(rows, list)
        for row in rows
        if isinstance(row, dict) and "sub" in row
    ]
    found = []
    for row in rows:
        values = row.get("values") or [""]
        for value in values if "{v}" in row["title"] else [""]:
            title = row["title"].replace("{v}", str(value)).replace("{y}", "2008")
            code = row.get("legal_item", "")
            later = successor(code) if code.startswith("2007") else None
            truth = {
                "catalog_class": row["sub"],
                "legal_item": later.code if later else code,
                "genre": row.get("genre", ""),
            }
            found.append((Sample(title, text=row.get("text", "")), truth))
    return found


class Bayes:
    """Naive Bayes on pairs of characters, with one added to every count."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self._pairs: dict[str, Counter[str]] = defaultdict(Counter)
        self._values: Counter[str] = Counter()
        for title, value in rows:
            self._values[value] += 1
            self._pairs[value].update(_pairs(title))
        self._known = len({pair for counts in self._pairs.values() for pair in counts})

    def best(self, title: str) -> str:
        """The likeliest value."""
        return max(sorted(self._values), key=lambda value: self._score(title, value))

    def _score(self, title: str, value: str) -> float:
        counts = self._pairs[value]
        total = sum(counts.values()) + self._known
        said = sum(log((counts[pair] + 1) / total) for pair in _pairs(title))
        return said + log(self._values[value])


def _pairs(title: str) -> list[str]:
    return [title[n : n + 2] for n in range(len(title) - 1)]


def main() -> None:
    """Print, for each field, how many were proposed and how many of them right."""
    seen, judged = papers("history"), papers("present")
    learned = Learned(Chosen(sample, tuple(truth.items())) for sample, truth in seen)
    for name in FIELDS:
        rows = [(sample, truth[name]) for sample, truth in judged if truth[name]]
        bayes = Bayes([(sample.title, truth[name]) for sample, truth in seen if truth[name]])
        print(f"{name}: {len(rows)} papers not seen before")
        for label, use in (("rules", None), ("rules and learned", learned)):
            made = [
                (p, want)
                for s, want in rows
                if (p := proposals(s, today=TODAY, learned=use).get(name)) is not None
            ]
            right = sum(p.value == want for p, want in made)
            sure = [p.value == want for p, want in made if p.confidence >= HIGH]
            print(f"   {label}: {right} right of {len(made)} proposed; "
                  f"from {HIGH} % on {sum(sure)} of {len(sure)}")  # fmt: skip
        right = sum(bayes.best(sample.title) == want for sample, want in rows)
        print(f"   trained model: {right} right of {len(rows)}")


if __name__ == "__main__":
    main()
