"""The Django application `assessment`."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Names its events; samples the site, carries out inspections."""

    name = "gongkai.assessment"
    label = "assessment"
    verbose_name = "考核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.assessment import activity_events, events, tasks
        from gongkai.journal import events as journal_events
        from gongkai.queue import cron

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        journal_events.register(
            activity_events.ACTIVITY_EVENTS, kinds=activity_events.ACTIVITY_KINDS
        )
        tasks.connect()
        # Twice an hour: more than the 20 samples a day that the rules ask for.
        cron.register("assessment.probe", tasks.probe, "every 1800s")
