"""What an intake found, as plain values: the answer of the command line and of a trial run."""

from __future__ import annotations

from typing import Any

from gongkai.inventory import reading
from gongkai.inventory.models import InventoryItem, InventoryRun, Outcome
from gongkai.inventory.paper import Paper
from gongkai.kit.refusal import Refusal
from gongkai.ports import ExtractionError
from gongkai.text.dates import parse_date
from gongkai.text.foreign_names import NOBODY, Own
from gongkai.text.mapping import SourceMapping

HEADER = ("index_number", "document_number", "title", "validity", "created_on", "published_on")


def of_file(
    name: str, content: bytes, mapping: SourceMapping | None, *, own: Own = NOBODY
) -> dict[str, list[dict[str, Any]]]:
    """Records and rejected rows of one file, read and not kept."""
    records: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    try:
        found = reading.extracted(name, content)
        is_table = reading.holds_rows(name) and (found.tables or not found.text.strip())
        rows = reading.inputs(name, found, mapping) if is_table else [reading.whole(content)]
    except (Refusal, ExtractionError) as error:
        return {"records": [], "rejected": [{"source": name, "reason": str(error)}]}
    for row in rows:
        if row.row and reading.is_header(row.raw):
            rejected.append({"source": f"{name}第{row.row}行", "reason": "这一行是重复的表头。"})
            continue
        where = f"{name}第{row.row}行" if row.row else name
        try:
            if row.row:
                paper = reading.row_paper(name, row.raw, mapping, own=own)
            else:
                paper = reading.paper(found, mapping, own=own, name=name)
        except Refusal as error:
            rejected.append({"source": where, "reason": error.sentence})
            continue
        if paper.fields.get("title", "").strip():
            records.append(shown(paper))
        else:
            rejected.append({"source": where, "reason": "没有读出信息名称。"})
    return {"records": records, "rejected": rejected}


def shown(paper: Paper) -> dict[str, Any]:
    """One paper: the header as read (dates as ISO days when they are days), and the findings."""
    data: dict[str, Any] = {name: paper.fields.get(name, "").strip() for name in HEADER}
    for name in ("created_on", "published_on"):
        day = parse_date(data[name]) if data[name] else None
        data[name] = day.isoformat() if day else None
    data["findings"] = [
        {
            "kind": finding.kind,
            "start": finding.start,
            "end": finding.end,
            "evidence": finding.evidence,
            "proposal": finding.proposal,
        }
        for finding in sorted(paper.findings, key=lambda f: (f.start, f.end))
    ]
    return data


def of_run(run: InventoryRun) -> dict[str, Any]:
    """The same of a run that was carried out; findings as they were kept, in their fields."""
    items = run.items.select_related("file", "record").prefetch_related("record__findings")
    records, rejected, repeats = [], [], 0
    for item in items:
        if item.outcome == Outcome.RECORD and item.record is not None:
            records.append(_kept(item))
        elif item.outcome == Outcome.REJECTED:
            rejected.append({"source": _where(item), "reason": item.reason})
        elif item.outcome == Outcome.DUPLICATE:
            repeats += 1
    return {"records": records, "rejected": rejected, "duplicates": repeats}


def _kept(item: InventoryItem) -> dict[str, Any]:
    record = item.record
    assert record is not None
    read = record.source.get("read", {}) if isinstance(record.source, dict) else {}
    return {
        "index_number": record.index_number,
        "document_number": record.document_number,
        "title": record.title,
        "validity": read.get("validity", ""),
        "created_on": record.created_on,
        "published_on": record.first_published_on,
        "findings": [
            {
                "kind": finding.kind,
                "field": finding.field,
                "start": finding.start,
                "end": finding.end,
                "evidence": finding.evidence,
                "proposal": finding.proposal,
            }
            for finding in record.findings.all()
        ],
    }


def _where(item: InventoryItem) -> str:
    return f"{item.file.name}第{item.row}行" if item.row else item.file.name
