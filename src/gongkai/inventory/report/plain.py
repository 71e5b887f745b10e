"""The report as JSON: `{"report": {…}, "records": […], …}` in UTF-8, a row at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gongkai.inventory.report import lists
from gongkai.inventory.report.content import Report

MADE_OF = {
    "records": lists.records,
    "duplicates": lists.repeats,
    "rejected": lists.rejects,
    "findings": lists.findings,
}


def drawn(report: Report) -> Iterator[bytes]:
    """The pieces of the file; each list is rows of cells behind their headings."""
    yield b'{"report": ' + _bytes(_head(report))
    for name, make in MADE_OF.items():
        listing = make(report.run)
        yield f',\n"{name}": {{"heads": '.encode() + _bytes(listing.heads) + b', "rows": ['
        before = b"\n"
        for row in listing.rows():
            yield before + _bytes(row)
            before = b",\n"
        yield b"\n]}"
    yield b"\n}\n"


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _head(report: Report) -> dict[str, object]:
    return {
        "title": report.title,
        "run": str(report.run.uuid),
        "body": report.run.body.code,
        "made_at": report.made_at.isoformat(),
        "state": report.run.state,
        "input": sum(report.outcomes.values()),
        **report.outcomes,
        "sentence": report.sentence,
        "proof": report.proof,
        "facts": {fact.label: fact.text for fact in report.facts},
        "tables": {t.name: {"heads": t.heads, "rows": t.rows} for t in report.tables},
        "steps": [{"at": step.label, "what": step.text} for step in report.steps],
    }
