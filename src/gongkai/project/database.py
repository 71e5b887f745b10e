"""The DATABASES setting: SQLite that keeps its word, or PostgreSQL from one address."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gongkai.project.config import Config, ConfigError

# FULL: an acknowledged change is on the disk, also when the power fails in the next moment.
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def databases(config: Config) -> dict[str, dict[str, Any]]:
    """The value of DATABASES."""
    found = _postgresql(config) if config.database_url else _sqlite(config)
    return {"default": found | {"CONN_MAX_AGE": config.database_max_age}}


def _sqlite(config: Config) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": config.data / "gongkai.sqlite3",
        "OPTIONS": {
            # Taking the write lock at the start avoids a deadlock of two readers turning writers.
            "transaction_mode": "IMMEDIATE",
            "timeout": config.database_busy_seconds,
            "init_command": PRAGMAS,
        },
    }


def _postgresql(config: Config) -> dict[str, Any]:
    parts = urlsplit(config.database_url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise ConfigError(
            "GONGKAI_DATABASE_URL 应写成 postgresql://用户:密码@主机:5432/库名; 留空则用 SQLite。"
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    try:
        port = options.pop("port", None) or (str(parts.port) if parts.port else "")
    except ValueError:
        raise ConfigError("GONGKAI_DATABASE_URL 的端口应是 1 至 65535 的数字。") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }
