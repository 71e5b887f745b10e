"""The Django application `review`."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Names its events in the journal."""

    name = "gongkai.review"
    label = "review"
    verbose_name = "审查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.journal import events as journal_events
        from gongkai.review import events, tasks

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        tasks.connect()
