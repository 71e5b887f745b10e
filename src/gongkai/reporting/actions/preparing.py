"""A report is begun, computed, its cells entered by hand, its words written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.model import Cell
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.reporting import cells, narrative, policies
from gongkai.reporting.claims import refuse_contradictions
from gongkai.reporting.figures import Figures, compute, unpacked, whole
from gongkai.reporting.flow import ARTICLE, REPORT_FLOW
from gongkai.reporting.models import AnnualReport, HandEntry, NarrativeVersion
from gongkai.reporting.values import Entry
from gongkai.reporting.writing import locked, put, recompute, write_down

MOST = Decimal("999999999999")


@transaction.atomic
def begin(*, body: Body, year: int, by: Person | None, now: datetime) -> AnnualReport:
    """Open the report of a year: computed and drafted in words at once. Refuses a second one."""
    today = civil_day(now)
    policies.may_prepare(by, body, today).require(ARTICLE)
    form = form_for(year)
    if year > today.year:
        sentence = f"{year}年还没有到，不能编制它的年度报告。"
        raise Refusal("report.future_year", sentence, ARTICLE, {"year": sentence})
    if AnnualReport.objects.filter(body=body, year=year).exists():
        sentence = f"{year}年的年度报告已经开始编制，请打开它继续。"
        raise Refusal("report.begun_already", sentence, ARTICLE, {"year": sentence})
    report = AnnualReport(body=body, year=year, edition=form.key, computed_at=now)
    figures = compute(body, year, entered={})
    put(report, figures, now)
    save_checked(report, code="report.not_valid")
    write_down("report.begun", report=report, by=by, states=("", report.state))
    _version(report, narrative.draft(report, figures), drafted=True, by=None, now=now)
    return report


@transaction.atomic
def compute_anew(*, report: AnnualReport, by: Person | None, now: datetime) -> Figures:
    """Count everything again from the rows as they stand."""
    kept = locked(report)
    policies.may_prepare(by, kept.body, civil_day(now)).require(ARTICLE)
    REPORT_FLOW.step(kept.state, "edit")
    figures, changed = recompute(kept, now)
    if changed:
        write_down("report.computed", report=kept, by=by, changed=changed)
    return figures


@transaction.atomic
def enter(*, report: AnnualReport, entry: Entry, by: Person | None, now: datetime) -> HandEntry:
    """Enter a cell that no rows give. The form is computed and checked with it at once."""
    kept = locked(report)
    policies.may_prepare(by, kept.body, civil_day(now)).require(ARTICLE)
    REPORT_FLOW.step(kept.state, "edit")
    cell = cells.by_hand(form_for(kept.year)).get(entry.cell)
    if cell is None:
        raise Refusal("report.not_by_hand", "这一格由系统根据数据计算，不能手工填写。", ARTICLE)
    source = entry.source.strip()
    if not source:
        sentence = "请写明数据来源，如“法制科执法台账”。"
        raise Refusal("report.no_source", sentence, ARTICLE, {"source": sentence})
    row = HandEntry(
        report=kept, cell=entry.cell, value=_checked(cell, entry.value), source=source[:300],
        by=by, at=now,
    )  # fmt: skip
    save_checked(row, code="report.not_valid")
    recompute(kept, now)
    cleared = row.value is None
    write_down(
        "report.cell_cleared" if cleared else "report.cell_entered",
        report=kept,
        by=by,
        cell=entry.cell,
        label=cell.label,
        value="" if row.value is None else str(whole(row.value)),
        source=source[:300],
    )
    return row


def _checked(cell: Cell, value: Decimal | int | None) -> Decimal | None:
    """The value, fit for the cell (I8); refused in words when it is not."""
    if value is None:
        return None
    number = Decimal(value)
    sentence = ""
    if not number.is_finite() or abs(number) > MOST:
        sentence = f"“{cell.label}”的数值过大，请核对。"
    elif number < 0 and not cell.signed:
        sentence = f"“{cell.label}”不能是负数，请核对。"
    elif not cell.decimal and number != number.to_integral_value():
        sentence = f"“{cell.label}”要填整数（单位：{cell.unit}），请核对。"
    elif number != number.quantize(Decimal("0.000001")):
        sentence = f"“{cell.label}”最多六位小数（单位：{cell.unit}），请核对。"
    if sentence:
        raise Refusal("report.bad_cell", sentence, "勾稽关系", {"value": sentence})
    return number


@transaction.atomic
def save_narrative(
    *,
    report: AnnualReport,
    sections: Mapping[str, str],
    read_number: int | None,
    by: Person | None,
    now: datetime,
) -> NarrativeVersion:
    """Keep the words as a new version, unless they contradict the tables.

    `read_number` is the version the writer saw: refused when somebody saved in between.
    """
    kept = locked(report)
    policies.may_prepare(by, kept.body, civil_day(now)).require(ARTICLE)
    REPORT_FLOW.step(kept.state, "edit")
    last = kept.narratives.aggregate(last=Max("number"))["last"] or 0
    if read_number is not None and read_number != last:
        raise Refusal(
            "report.narrative_newer",
            "在您编辑的时候，另一位同志保存了新的一版。请对照后再保存；您写的内容还在下面。",
        )
    texts = narrative.cleaned(sections)
    recompute(kept, now)
    refuse_contradictions(texts, unpacked(kept.figures), kept.year)
    return _version(kept, texts, drafted=False, by=by, now=now)


@transaction.atomic
def redraft(*, report: AnnualReport, by: Person | None, now: datetime) -> NarrativeVersion:
    """Draft the words anew from the figures as they stand; what was written stays as a version."""
    kept = locked(report)
    policies.may_prepare(by, kept.body, civil_day(now)).require(ARTICLE)
    REPORT_FLOW.step(kept.state, "edit")
    figures, _ = recompute(kept, now)
    return _version(kept, narrative.draft(kept, figures), drafted=True, by=by, now=now)


def _version(
    report: AnnualReport,
    sections: Mapping[str, str],
    *,
    drafted: bool,
    by: Person | None,
    now: datetime,
) -> NarrativeVersion:
    last = report.narratives.aggregate(last=Max("number"))["last"] or 0
    row = NarrativeVersion.objects.create(
        report=report, number=last + 1, sections=dict(sections), drafted=drafted, by=by, at=now
    )
    write_down("report.narrative_saved", report=report, by=by, number=row.number)
    return row
