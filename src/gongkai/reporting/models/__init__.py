"""Tables of reports and statistics."""

from gongkai.reporting.models.reports import (
    AnnualReport,
    Approval,
    HandEntry,
    NarrativeVersion,
    ReportState,
)

__all__ = ["AnnualReport", "Approval", "HandEntry", "NarrativeVersion", "ReportState"]
