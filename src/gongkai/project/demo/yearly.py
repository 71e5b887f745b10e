"""The demo's yearly reports: that of 2008 approved, that of this year as it stands today."""

from __future__ import annotations

from datetime import datetime

from gongkai.kit.dates import civil_day
from gongkai.law.annual_report import form_for
from gongkai.project.demo.content import table
from gongkai.project.demo.steps import Staff
from gongkai.reporting import actions, narrative
from gongkai.reporting.cells import by_hand
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.values import Entry

SOURCE = "2008年工作台账"


def load(staff: Staff, *, now: datetime) -> None:
    """Both reports, made by the office; the leader approves the old one."""
    old = _old(staff, now)
    actions.check(report=old, by=staff.office, now=now)
    actions.approve(report=old, by=staff.leader, now=now)
    actions.begin(body=staff.body, year=civil_day(now).year, by=staff.office, now=now)


def _old(staff: Staff, now: datetime) -> AnnualReport:
    """2008, with what no rows give: transfers, leaflets, staff."""
    content = table("papers")["report_2008"]
    report = actions.begin(body=staff.body, year=2008, by=staff.office, now=now)
    given = content["entries"]
    for cell in by_hand(form_for(2008)):
        entry = Entry(cell, given.get(cell, 0), SOURCE)
        actions.enter(report=report, entry=entry, by=staff.office, now=now)
    actions.redraft(report=report, by=staff.office, now=now)
    words = {**narrative.current(report), "problems": content["problems"]}
    actions.save_narrative(
        report=report, sections=words, read_number=None, by=staff.office, now=now
    )
    return report
