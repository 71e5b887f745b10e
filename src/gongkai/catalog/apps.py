"""The Django application `catalog`."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Names its events; follows validity, decisions and publications below it."""

    name = "gongkai.catalog"
    label = "catalog"
    verbose_name = "公开目录"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.catalog import events, following, showings, tasks
        from gongkai.journal import events as journal_events
        from gongkai.queue import cron

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        following.connect()
        showings.connect()
        tasks.connect()
        cron.register("catalog.follow_journal", tasks.follow_journal, "every 60s")
        cron.register("catalog.carry_out_orders", tasks.carry_out_orders, "every 20s")
