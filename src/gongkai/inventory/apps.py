"""The Django application `inventory`."""

from __future__ import annotations

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    """Names its events, and frees an item whose draft is thrown away."""

    name = "gongkai.inventory"
    label = "inventory"
    verbose_name = "信息清理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registered here so that any process that can act can also be read."""
        from gongkai.inventory import events, tasks
        from gongkai.inventory.actions import tallying
        from gongkai.inventory.actions.items import release
        from gongkai.journal import events as journal_events
        from gongkai.journal import listeners

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        listeners.subscribe_within("record.discarded", release)
        for event in tallying.EVENTS:
            listeners.subscribe_within(event, tallying.follow)
        tasks.connect()
