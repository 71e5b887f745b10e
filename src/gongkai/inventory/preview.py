"""What an intake found, as plain values: the answer of the command line and of a trial run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.inventory import reading
from gongkai.inventory.across import Beside, compared
from gongkai.inventory.models import InventoryItem, InventoryRun, Outcome
from gongkai.inventory.paper import Paper
from gongkai.inventory.validity_checks import validity_findings
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.dates import parse_date
from gongkai.text.foreign_names import NOBODY, Own
from gongkai.text.mapping import SourceMapping

HEADER = ("index_number", "document_number", "title", "validity", "created_on", "published_on")


class Trial:
    """Files read and not kept: what records they would give, what is repeated, what refused."""

    def __init__(self, mapping: SourceMapping | None, today: date, *, own: Own = NOBODY) -> None:
        self._mapping, self._own, self._today = mapping, own, today
        self._papers: list[Beside] = []
        self._first: dict[str, str] = {}
        self._duplicates: list[dict[str, Any]] = []
        self._rejected: list[dict[str, Any]] = []

    def read(self, name: str, content: bytes) -> None:
        """One file; what is wrong with it is told, never raised."""
        try:
            found = reading.extracted(name, content)
            is_table = reading.holds_rows(name) and (found.tables or not found.text.strip())
            whole = [reading.whole(content)]
            rows = reading.inputs(name, found, self._mapping) if is_table else whole
        except (Refusal, ExtractionError) as error:
            self._rejected.append({"source": name, "reason": str(error)})
            return
        for row in rows:
            where = f"{name}第{row.row}行" if row.row else name
            earlier = self._first.setdefault(row.digest, where)
            if row.row and reading.is_header(row.raw):
                self._rejected.append({"source": where, "reason": "这一行是重复的表头。"})
            elif earlier != where:
                self._duplicates.append({"source": where, "of": earlier})
            else:
                self._keep(where, row, found, name)

    def refuse(self, where: str, reason: str) -> None:
        """A file that could not even be had."""
        self._rejected.append({"source": where, "reason": reason})

    def _keep(self, where: str, row: reading.Input, found: Extracted, name: str) -> None:
        try:
            if row.row:
                paper = reading.row_paper(name, row.raw, self._mapping, own=self._own)
            else:
                paper = reading.paper(found, self._mapping, own=self._own, name=name)
        except Refusal as error:
            self._rejected.append({"source": where, "reason": error.sentence})
            return
        if not paper.fields.get("title", "").strip():
            self._rejected.append({"source": where, "reason": "没有读出信息名称。"})
            return
        more = validity_findings(paper.fields, paper.spans, self._today)
        paper = replace(paper, findings=(*paper.findings, *more))
        self._papers.append(Beside(where, paper, is_row=bool(row.row)))

    def answer(self) -> dict[str, list[dict[str, Any]]]:
        """Records, duplicates and rejected rows: together as many as came in."""
        return {
            "records": [shown(paper) for paper in compared(self._papers)],
            "duplicates": self._duplicates,
            "rejected": self._rejected,
        }


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
    items = run.items.select_related("file", "record", "duplicate_of__file").prefetch_related(
        "record__findings"
    )
    records, rejected, repeats = [], [], []
    for item in items:
        if item.outcome == Outcome.RECORD and item.record is not None:
            records.append(_kept(item))
        elif item.outcome == Outcome.REJECTED:
            rejected.append({"source": _where(item), "reason": item.reason})
        elif item.outcome == Outcome.DUPLICATE:
            first = item.duplicate_of
            repeats.append({"source": _where(item), "of": _where(first) if first else ""})
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
