"""Two rounds of assessment of the demo's sections: one closed, one in which a section appeals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from gongkai.assessment import actions
from gongkai.assessment.models import AssessmentRound
from gongkai.assessment.values import Marking, RoundPlan
from gongkai.kit.dates import civil_day
from gongkai.law.periods import add_months
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Person
from gongkai.project.demo.days import moment, workday
from gongkai.project.demo.steps import Staff

SCHEME = "sections_model"
CLARIFIED = {
    "SC": ("3", "发现网上流传的旧版通知，两日内登记并提出澄清。"),
    "FZ": ("2", "复核一件。"),
}
NONE = ("1.5", "本期没有发现需要澄清的信息，按一半计分。")
APPEALED = ("SM", "in_time", "其中一件涉及两个科室，交接在期限之后，请核对。")


def load(staff: Staff, *, now: datetime) -> None:
    """A quarter assessed and closed, and the year so far drafted, with one appeal open."""
    today = civil_day(now)
    _quarter(staff, today)
    _year(staff, today, now)


def _quarter(staff: Staff, today: date) -> None:
    start = add_months(today.replace(day=1), -5)
    until = add_months(start, 3)
    last = until - timedelta(days=1)
    title = f"{start.year}年{start.month}月至{last.month}月科室考核"
    days = calendar()
    begun = moment(workday(days, today, 24), 10)
    round_ = _drafted(staff, RoundPlan(title, start, until, "sections", SCHEME), begun)
    closed = moment(workday(days, today, 10), 15)
    actions.close_round(round_=round_, by=staff.leader, now=closed)


def _year(staff: Staff, today: date, now: datetime) -> None:
    # The day before, so that a year that has just begun is not empty.
    year = (today - timedelta(days=31)).year
    plan = RoundPlan(
        f"{year}年度科室考核", date(year, 1, 1), date(year + 1, 1, 1), "sections", SCHEME
    )
    begun = moment(workday(calendar(), today, 2), 10)
    round_ = _drafted(staff, plan, begun)
    code, key, reason = APPEALED
    sheet = round_.sheets.select_related("round").get(section=staff.sections[code])
    if "published_in_time" in sheet.figures["measures"]:
        actions.file_appeal(sheet=sheet, key=key, reason=reason, by=staff.officers[code], now=now)


def _drafted(staff: Staff, plan: RoundPlan, now: datetime) -> AssessmentRound:
    by = staff.office
    round_ = actions.plan_round(body=staff.body, plan=plan, by=by, now=now)
    actions.measure(round_=round_, by=by, now=now)
    for sheet in round_.sheets.select_related("section", "round"):
        code = sheet.section.code if sheet.section else ""
        points, reason = CLARIFIED.get(code, NONE)
        marking = Marking("clarified", reason, Decimal(points))
        # Nobody marks his own section: the office's own sheet is marked from outside.
        marker: Person | None = None if sheet.section_id == by.section_id else by
        actions.give_points(sheet=sheet, marking=marking, by=marker, now=now)
    return actions.draft_scores(round_=round_, by=by, now=now)
