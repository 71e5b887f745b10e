"""The Django application `reporting`."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Names its events; follows the publication of the records made of reports."""

    name = "gongkai.reporting"
    label = "reporting"
    verbose_name = "年度报告与统计"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.journal import events as journal_events
        from gongkai.reporting import bulletin_events, events, following

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        journal_events.register(
            bulletin_events.BULLETIN_EVENTS, kinds=bulletin_events.BULLETIN_KINDS
        )
        following.connect()
