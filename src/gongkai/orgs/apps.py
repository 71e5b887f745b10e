"""The Django application `orgs`."""

from __future__ import annotations

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Names its events in the journal and listens to signing in."""

    name = "gongkai.orgs"
    label = "orgs"
    verbose_name = "机构与人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registered here so that any process that can act can also be read."""
        from gongkai.journal import events as journal_events
        from gongkai.orgs import events, signing_in

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        signing_in.connect()
