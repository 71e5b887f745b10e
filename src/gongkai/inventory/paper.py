"""One paper as it was read: fields as they stand in the source, and what a person must look at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from gongkai.text.finding import Finding


@dataclass(frozen=True, slots=True)
class Span:
    """Where a field stands in the source text: characters, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paper:
    """What could be read of one paper or one row.

    `fields` are texts as they stand in the source, never repaired, keyed by our own names
    (`title`, `document_number`, `created_on`, …, `text`). `spans` tells where in `source` those
    stand that can be found there. `findings` have their places in `source`.
    """

    source: str
    fields: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    # Where it was published before, shown beside the earlier date (a platform, a file).
    carried_from: str = ""
    # Dates of a row as its list writes them, where `fields` has them as ISO days.
    written: Mapping[str, str] = field(default_factory=dict)


def plain_paper(paper: Paper) -> dict[str, Any]:
    """The paper as plain values for JSON; `paper_of` reads them again."""
    return {
        "source": paper.source,
        "fields": dict(paper.fields),
        "spans": {name: [span.start, span.end] for name, span in paper.spans.items()},
        "findings": [finding.as_dict() for finding in paper.findings],
        "carried_from": paper.carried_from,
        "written": dict(paper.written),
    }


def paper_of(plain: Mapping[str, Any]) -> Paper:
    """The paper that `plain_paper` wrote."""
    return Paper(
        source=plain["source"],
        fields=plain["fields"],
        spans={name: Span(*place) for name, place in plain["spans"].items()},
        findings=tuple(finding_of(one) for one in plain["findings"]),
        carried_from=plain["carried_from"],
        written=plain.get("written", {}),
    )


def finding_of(plain: Mapping[str, Any]) -> Finding:
    """The finding that `Finding.as_dict` wrote."""
    names = {part.name for part in fields(Finding)}
    kept = {name: value for name, value in plain.items() if name in names}
    return Finding(**{**kept, "candidates": tuple(kept["candidates"])})


def digest_of(content: bytes) -> str:
    """SHA-256 of a whole file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def row_bytes(row: Mapping[str, object]) -> bytes:
    """One row as canonical JSON: what is kept as its original and told apart by."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, indent=1).encode()


def rebased(paper: Paper, texts: Mapping[str, str]) -> list[Finding]:
    """The findings with their places counted in the field they stand in.

    `texts` are the fields as the record keeps them. The narrowest one that holds the whole
    finding, word for word at the place reckoned, is taken; a finding in none of them keeps its
    place in the source, under the field `source`.
    """
    return [_rebased(finding, paper, texts) for finding in paper.findings]


def _rebased(finding: Finding, paper: Paper, texts: Mapping[str, str]) -> Finding:
    inside = [
        (span.end - span.start, name)
        for name, span in paper.spans.items()
        if span.start <= finding.start and finding.end <= span.end
    ]
    for _, name in sorted(inside):
        shift = paper.spans[name].start
        start, end = finding.start - shift, finding.end - shift
        if texts.get(name, "")[start:end] == finding.evidence:
            return replace(finding, start=start, end=end, field=name)
    return replace(finding, field="source")
