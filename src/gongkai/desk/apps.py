"""Django application of the staff site."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Holds only what people typed and have not yet handed in; label `desk`."""

    name = "gongkai.desk"
    label = "desk"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"
