"""Django application of the public API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Holds no tables; label `api`."""

    name = "gongkai.api"
    label = "api"
    verbose_name = "开放接口"
