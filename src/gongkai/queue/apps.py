"""The Django application `queue`."""

from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Registers the app and its own periodic job."""

    name = "gongkai.queue"
    label = "queue"
    verbose_name = "后台任务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Old results go at night."""
        from gongkai.queue import cron, tasks

        cron.register("queue.purge", tasks.purge, "10 3 * * *")
