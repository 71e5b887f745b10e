"""Tables of reports and statistics."""

from gongkai.reporting.models.bulletins import Bulletin, BulletinKind, BulletinState
from gongkai.reporting.models.reports import (
    AnnualReport,
    Approval,
    HandEntry,
    NarrativeVersion,
    ReportState,
)

__all__ = [
    "AnnualReport",
    "Approval",
    "Bulletin",
    "BulletinKind",
    "BulletinState",
    "HandEntry",
    "NarrativeVersion",
    "ReportState",
]
