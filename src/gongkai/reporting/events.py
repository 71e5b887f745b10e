"""Event names of reports and statistics, with the sentence each is read as."""

from __future__ import annotations

EVENTS: dict[str, str] = {}
KINDS = {"annual_report": "年度报告"}
