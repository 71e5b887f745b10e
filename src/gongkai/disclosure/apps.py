"""The Django application `disclosure`."""

from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Names its events; counts due dates anew when a holiday notice is loaded; purges by night."""

    name = "gongkai.disclosure"
    label = "disclosure"
    verbose_name = "依申请公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.disclosure import events, letter_events, mail_events, tasks
        from gongkai.disclosure.actions import recounting
        from gongkai.journal import events as journal_events
        from gongkai.orgs import calendar
        from gongkai.queue import cron

        journal_events.register(events.EVENTS, kinds=events.KINDS)
        journal_events.register(letter_events.LETTER_EVENTS)
        journal_events.register(mail_events.MAIL_EVENTS, kinds=mail_events.KINDS)
        calendar.when_changed(recounting.recount)
        cron.register("disclosure.purge_due", tasks.purge_due, "20 3 * * *")
        cron.register("disclosure.sweep", tasks.sweep, "50 3 * * *")
        cron.register("disclosure.fetch_mail", tasks.fetch_mail, "every 5m")
        cron.register("disclosure.warn_due", tasks.warn_due, "30 7 * * *")
