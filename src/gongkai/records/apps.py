"""The Django application `records`."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Names its events; counts deadlines anew when a holiday notice is loaded."""

    name = "gongkai.records"
    label = "records"
    verbose_name = "政府信息"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.journal import events as journal_events
        from gongkai.orgs import calendar
        from gongkai.queue import cron
        from gongkai.records import deadline, events, tasks

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        calendar.when_changed(deadline.recount)
        cron.register("records.lapse_expired", tasks.lapse_expired, "every 1h")
