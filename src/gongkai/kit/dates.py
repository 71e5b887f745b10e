"""The civil day in China: legal dates are days in Asia/Shanghai, moments are UTC-aware."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def civil_day(moment: datetime) -> date:
    """The calendar day in China at an aware `moment`; a naive one is refused (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError("moment must be timezone-aware")
    return moment.astimezone(CHINA).date()
