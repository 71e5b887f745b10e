"""Guide, the seven measures, yearly reports, the summary of 2008, last year's bulletins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.catalog import actions as catalog
from gongkai.kit.dates import civil_day
from gongkai.orgs.calendar import calendar
from gongkai.project.demo import steps
from gongkai.project.demo.content import fill, table, text
from gongkai.project.demo.history import draw
from gongkai.project.demo.steps import Staff, Verdict
from gongkai.records import actions as records
from gongkai.records.choices import Column, Validity
from gongkai.records.models import Record

OLD_SITE = "云岭区政府网站政府信息公开专栏（旧版）"


def guide(staff: Staff, *, now: datetime) -> None:
    """The guide in force, complete by Art. 12."""
    content = table("guide")
    texts = {key: value.strip() for key, value in content["content"].items()}
    draft = catalog.save_guide(
        body=staff.body, content=texts, note=content["note"], by=staff.office, now=now
    )
    catalog.publish_guide(guide=draft, by=staff.office, now=now)


def summary(staff: Staff, *, now: datetime) -> Record:
    """The summary of 2008: made on 2008-12-24, published on the old platform on 2008-12-26."""
    row = table("papers")["summary"]
    fields: dict[str, object] = {
        "title": row["title"],
        "document_number": row["document_number"],
        "abstract": row["abstract"],
        "text": text("reports/summary-2008.txt"),
        "created_on": row["created_on"],
        "first_published_on": row["published_on"],
        "carried_from": table("history")["carried_from"],
        "column": Column.ANNUAL_REPORT,
        "genre": "summary",
        "legal_item": "2007-09-02",
        "validity": Validity.IN_FORCE,
    }
    return _publish(staff, fields, now)


def measures(staff: Staff, *, now: datetime) -> None:
    """The seven measures, made last year and in force since its 1 March."""
    year = civil_day(now).year - 1
    made = calendar().next_workday(date(year, 2, 18))
    for row in table("papers")["measures"]:
        fields: dict[str, object] = {
            "title": row["title"],
            "document_number": f"云商发〔{year}〕{row['serial']}号",
            "abstract": row["abstract"],
            "text": fill(text(f"measures/{row['file']}.txt"), {"y1": year}),
            "created_on": made,
            "first_published_on": calendar().add_workdays(made, 4).on,
            "carried_from": OLD_SITE,
            "column": Column.MEASURES,
            "catalog_class": staff.classes["regulations.documents"],
            "genre": "notice",
            "legal_item": "2019-20-01",
            "validity": Validity.IN_FORCE,
            "effective_from": date(year, 3, 1),
        }
        _publish(staff, fields, now)


def reports(staff: Staff, *, now: datetime) -> None:
    """The reports of the last two years that are due (Art. 50: by 31 January)."""
    today = civil_day(now)
    latest = today.year if today >= date(today.year, 2, 1) else today.year - 1
    for row in table("papers")["reports"]:
        year = latest - row["years_ago"]
        numbers = {f"n_{name}": value for name, value in row["n"].items()}
        made = calendar().next_workday(date(year + 1, 1, 18))
        fields: dict[str, object] = {
            "title": f"云岭区商务局{year}年政府信息公开工作年度报告",
            "abstract": f"报告{year}年主动公开、依申请公开、政府信息管理、平台建设和监督保障情况。",
            "text": _report(year, numbers),
            "created_on": made,
            "first_published_on": calendar().add_workdays(made, 3).on,
            "carried_from": OLD_SITE,
            "column": Column.ANNUAL_REPORT,
            "genre": "report",
            "legal_item": "2019-20-15",
        }
        _publish(staff, fields, now)


def _report(year: int, numbers: Mapping[str, object]) -> str:
    return fill(text("reports/yearly.txt"), {"ry": year, **numbers})


def bulletins(staff: Staff, *, now: datetime) -> int:
    """Monthly bulletins from the old site, up to the month before this platform; their number."""
    count = 0
    for row in table("papers")["monthly"]:
        until = civil_day(now).replace(day=1) - timedelta(days=1)
        for _ in range(row["months"]):
            month = until = until.replace(day=1) - timedelta(days=1)
            _bulletin(staff, row, month, now)
            count += 1
    return count


def _bulletin(staff: Staff, row: Mapping[str, Any], month: date, now: datetime) -> None:
    """One bulletin about a month, made some days after its end."""
    key = f"{row['title']}:{month}"
    slots = {"y": month.year, "m": month.month}
    slots |= {name: draw(f"{key}:{name}", *span) for name, span in row["n"].items()}
    made = calendar().next_workday(month + timedelta(days=6))
    fields: dict[str, object] = {
        **{name: fill(row[name], slots) for name in ("title", "abstract", "text")},
        "created_on": made,
        "first_published_on": calendar().add_workdays(made, 3).on,
        "carried_from": OLD_SITE,
        "catalog_class": staff.classes[row["sub"]],
        "genre": row["genre"],
        "legal_item": row["legal_item"],
    }
    _publish(staff, fields, now, section=row["section"])


def _publish(
    staff: Staff, fields: Mapping[str, object], now: datetime, *, section: str = "BG"
) -> Record:
    whole = {**fields, "section": staff.sections[section]}
    by = staff.officers[section]
    record = records.draft(body=staff.body, fields=whole, by=by, now=now)
    steps.review_whole(staff, record, Verdict(), now)
    steps.publish(staff, record, now)
    return record
