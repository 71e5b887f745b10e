"""The EMAIL_* settings from one address."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gongkai.project.config import Config, ConfigError


def mail_settings(config: Config) -> dict[str, Any]:
    """EMAIL_* values; without a mail server letters are written to files, never lost."""
    found: dict[str, Any] = {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(config.data / "mail"),
        "EMAIL_HOST": "localhost",
        "EMAIL_PORT": 25,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
    }
    if not config.email_url:
        return found
    parts = urlsplit(config.email_url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigError("GONGKAI_EMAIL_URL 应写成 smtp://用户:密码@主机:587?tls=1。")
    implicit = parts.scheme == "smtps"
    return found | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": not implicit and dict(parse_qsl(parts.query)).get("tls") == "1",
        "EMAIL_USE_SSL": implicit,
    }
