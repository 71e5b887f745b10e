"""The bulletins of 2008: read out at the meetings of the first quarter, the half year, the year."""

from __future__ import annotations

from datetime import datetime

from gongkai.project.demo.steps import Staff
from gongkai.reporting.actions.bulletins import draft_bulletin, edit_bulletin, issue_bulletin
from gongkai.reporting.bulletins import Term
from gongkai.reporting.models import BulletinKind

OCCASIONS = (
    (Term(BulletinKind.QUARTER, 2008, 1), "一季度工作汇报会"),
    (Term(BulletinKind.HALF, 2008, 1), "上半年全局工作总结会"),
    (Term(BulletinKind.YEAR, 2008), "年度工作总结会"),
)


def load(staff: Staff, *, now: datetime) -> int:
    """Draft and issue them from what was taken in; how many."""
    for term, occasion in OCCASIONS:
        bulletin = draft_bulletin(body=staff.body, term=term, by=staff.office, now=now)
        words = {"occasion": occasion}
        edit_bulletin(bulletin=bulletin, words=words, by=staff.office, now=now)
        issue_bulletin(bulletin=bulletin, by=staff.office, now=now)
    return len(OCCASIONS)
