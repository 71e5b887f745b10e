"""A report as a paper: title, sections in words, tables as grids; ready to be drawn in any kind.

Made from an approval, it never changes; made from a report still worked on, it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.kit.dates import civil_day
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.model import Number
from gongkai.orgs.models import Body
from gongkai.reporting import narrative
from gongkai.reporting.figures import approval_of, missing_of, unpacked
from gongkai.reporting.layout import Grid, grids, shown
from gongkai.reporting.models import AnnualReport, Approval
from gongkai.reporting.sums import Total

NOT_YET = "草稿　未经批准"
# Which tables stand in which section of the paper.
_PLACE = {"proactive": "proactive", "requests": "requests", "remedies": "remedies"}


@dataclass(frozen=True, slots=True)
class Part:
    """A section: heading, paragraphs, the tables in it."""

    heading: str
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole report. `digest` and `approved_on` are empty while it is not approved."""

    body: str
    code: str
    year: int
    edition: str
    title: str
    parts: tuple[Part, ...]
    values: Mapping[str, Number]
    approved_on: date | None
    digest: str
    not_yet: str

    @property
    def heading(self) -> list[str]:
        """The title in the lines it is printed in: body, then the rest."""
        return [self.body, self.title.removeprefix(self.body)]

    def text_of(self, key: str) -> str:
        """A figure as printed."""
        return shown(self.values.get(key)) if key else ""


def paper_of(report: AnnualReport) -> Paper:
    """The report as approved, or as it stands."""
    approval = approval_of(report)
    values = unpacked(approval.figures if approval else report.figures)
    if approval is None:
        for key in missing_of(report):
            values.pop(key, None)
    sections = approval.sections if approval else narrative.current(report)
    return _paper(report, values, sections, approval)


def paper_of_total(body: Body, found: Total) -> Paper:
    """The summed form of an authority: its tables, whose figures are in it and whose are not."""
    missing = "、".join(f"{part.body.name}（{part.word}）" for part in found.missing)
    given = [part.body.name for part in found.parts if part.values is not None]
    words = [f"汇总{len(given)}个机关已批准的报告：{'、'.join(given)}。"] if given else []
    if missing:
        words.append(f"缺{len(found.missing)}个机关，没有计入：{missing}。")
    return Paper(
        body=body.name,
        code=body.code,
        year=found.year,
        edition=found.form.key,
        title=f"{body.name}{found.year}年政府信息公开工作年度报告汇总表",
        parts=(Part("汇总范围", tuple(words)), Part("汇总表", (), tuple(grids(found.form)))),
        values=found.values,
        approved_on=None,
        digest="",
        not_yet="",
    )


def _paper(
    report: AnnualReport,
    values: Mapping[str, Number],
    sections: Mapping[str, str],
    approval: Approval | None,
) -> Paper:
    headings = narrative.titles(report.edition)
    tables: dict[str, list[Grid]] = {}
    for grid in grids(form_for(report.year)):
        place = _PLACE.get(grid.key) or _place_2008(grid.key)
        tables.setdefault(place, []).append(grid)
    return Paper(
        body=report.body.name,
        code=report.body.code,
        year=report.year,
        edition=report.edition,
        title=f"{report.body.name}{report.year}年政府信息公开工作年度报告",
        parts=tuple(
            Part(
                headings[key],
                tuple(line for line in str(sections.get(key, "")).splitlines() if line),
                tuple(tables.get(key, ())),
            )
            for key in narrative.SECTIONS
        ),
        values=values,
        approved_on=civil_day(approval.approved_at) if approval else None,
        digest=approval.digest if approval else "",
        not_yet="" if approval else NOT_YET,
    )


def _place_2008(table: str) -> str:
    return "requests" if table in ("replies", "reasons") else "other"


def text(paper: Paper) -> str:
    """The paper as plain lines, one paragraph each: the body text of the published record.

    Every table is told row by row, so that it is read and searched without opening a file.
    """
    lines: list[str] = []
    for part in paper.parts:
        lines.append(part.heading)
        lines += part.paragraphs
        for grid in part.grids:
            lines += _told(paper, grid)
        if not part.paragraphs and not part.grids:
            lines.append("无。")
    return "\n".join(lines)


def _told(paper: Paper, grid: Grid) -> list[str]:
    cells = form_for(paper.year).cells
    keys = [box.key for _, _, box in grid.places if box.key]
    if grid.key == "requests" and paper.edition != "2008":
        keys = [key for key in keys if key.endswith(".total")]
    if not keys:
        return []
    named = "；".join(
        f"{cells[key].label.removesuffix('·总计')}"
        f"{paper.text_of(key)}{'' if cells[key].unit == '%' else cells[key].unit}"
        for key in keys
    )
    return [f"{named}。"]
