"""The Django application `assessment`."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Names its events."""

    name = "gongkai.assessment"
    label = "assessment"
    verbose_name = "考核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.assessment import activity_events, events
        from gongkai.journal import events as journal_events

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        journal_events.register(
            activity_events.ACTIVITY_EVENTS, kinds=activity_events.ACTIVITY_KINDS
        )
