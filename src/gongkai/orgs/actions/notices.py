"""Holiday notices: what the State Council announced for a year, and what it changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import calendar, policies
from gongkai.orgs.actions.writing import write_down
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import HolidayNotice, Person
from gongkai.orgs.values import DayOff, NoticeText

BASIS = "全国年节及纪念日放假办法"


@transaction.atomic
def load_notice(*, notice: NoticeText, by: Person | None, now: datetime) -> HolidayNotice:
    """Keep a notice and count every open deadline anew; a later notice amends an earlier one.

    Raises `Refusal` for an empty notice, days of another year, or a day both off and worked.
    """
    policies.may_administer_body(by, None, civil_day(now)).require(BASIS)
    if not notice.off:
        raise Refusal("notice.empty", f"{notice.year}年的安排里没有放假日，请核对文件。", BASIS)
    row = HolidayNotice(
        year=notice.year,
        document_number=notice.document_number.strip(),
        issued_on=notice.issued_on,
        off_days=_days(notice.off),
        makeup_days=_days(notice.makeup),
        source=notice.source,
        loaded_at=now,
    )
    # Refuses contradictions and days of other years before anything is kept.
    calendar.calendar().adding(calendar.notice_of(row))
    save_checked(row, code="notice.not_valid")
    years = frozenset(day.day.year for day in (*notice.off, *notice.makeup)) | {notice.year}
    moved = calendar.recompute(years, by, now)
    data = {"year": row.year, "number": row.document_number, "moved": moved}
    change = Change(basis=BASIS, data=data)
    write_down("notice.loaded", row=row, by=by, body=None, change=change)
    return row


def _days(days: tuple[DayOff, ...]) -> list[dict[str, str]]:
    named = {day.day: day.name for day in days}
    return [{"date": day.isoformat(), "name": named[day]} for day in sorted(named)]
