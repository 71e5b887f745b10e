"""The report as JSON: the tables of `schema`, the words, the approval."""

from __future__ import annotations

from typing import Any

from gongkai.reporting import cells
from gongkai.reporting.figures import Figures, packed
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.paper import Paper
from gongkai.reporting.schema import Noted, Report, Undecided, from_breaks, report_json
from gongkai.reporting.sums import Total


def of_report(report: AnnualReport, paper: Paper) -> dict[str, Any]:
    """JSON values of a report: what `gongkai report compute --json` prints, and its words."""
    return {
        "body": paper.code,
        "name": paper.body,
        "title": paper.title,
        **tables_of(report, paper),
        "beside": {k: v for k, v in report.figures.items() if k in cells.BESIDE},
        "narrative": [
            {"heading": part.heading, "paragraphs": list(part.paragraphs)} for part in paper.parts
        ],
        "approved_on": paper.approved_on.isoformat() if paper.approved_on else None,
        "digest": paper.digest,
    }


def tables_of(report: AnnualReport, paper: Paper) -> dict[str, Any]:
    """Edition, tables, what is undecided and what does not agree."""
    return report_json(
        Report(
            edition=paper.edition,
            year=paper.year,
            cells={k: v for k, v in paper.values.items() if k not in cells.BESIDE},
            undecided=tuple(_undecided(sentence) for sentence in report.undecided),
            findings=tuple(
                Noted(f["code"], f["where"], 0, 0, f["sentence"], f["soft"])
                for f in report.findings
            ),
        )
    )


def of_figures(figures: Figures, year: int) -> dict[str, Any]:
    """A computed form as `schema` writes it, with hand cells that nobody entered yet."""
    form = figures.form
    told = [_undecided(sentence) for sentence in figures.undecided]
    told += [
        Undecided(key, form.cells[key].label, "需手工填写，还没有填写") for key in figures.missing
    ]
    report = Report(
        edition=form.key,
        year=year,
        cells=figures.values,
        undecided=tuple(told),
        findings=from_breaks(figures.findings),
    )
    return {**report_json(report), "beside": packed(figures.beside)}


def of_total(found: Total) -> dict[str, Any]:
    """An authority's summed form, with the bodies in it and those missing."""
    report = Report(
        edition=found.form.key,
        year=found.year,
        cells=found.values,
        findings=from_breaks(found.findings),
    )
    return {
        **report_json(report),
        "bodies": [part.body.code for part in found.parts if part.values is not None],
        "missing": [
            {"body": part.body.code, "name": part.body.name, "state": part.word}
            for part in found.missing
        ],
    }


def _undecided(sentence: str) -> Undecided:
    place, _, reason = sentence.partition("：")
    return Undecided(cell="", place=place, reason=reason)
