"""Django application of the staff site."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Holds what people typed and have not yet handed in, and calendar keys; label `desk`."""

    name = "gongkai.desk"
    label = "desk"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.desk import events
        from gongkai.journal import events as journal_events

        journal_events.register(events.EVENTS)
