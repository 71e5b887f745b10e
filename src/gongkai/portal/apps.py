"""Django application of the public site."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Holds no tables; label `portal`."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "公开网站"
