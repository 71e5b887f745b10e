"""Django application of the public and the staff API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Names its event; forgets kept answers by night."""

    name = "gongkai.api"
    label = "api"
    verbose_name = "开放接口"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.api import events, tasks
        from gongkai.journal import events as journal_events
        from gongkai.queue import cron

        journal_events.register(events.EVENTS)
        cron.register("api.forget_answers", tasks.forget_answers, "50 3 * * *")
