"""Logging to stderr, without personal data.

The journal is the record of who did what; logs are for operators and hold no names, addresses,
form contents or query strings. A supervisor (systemd, container) collects and rotates them.
"""

import logging
import re
from typing import Any

# What a careless message could hold: identity card, mobile number, mail address, query string.
_PERSONAL = re.compile(
    r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.+-]+@[\w-]+\.[\w.-]+|(?<=\?)[^\s\"']+"
)


class WithoutPersonalData(logging.Formatter):
    """Masks what looks like personal data, in the message and in the traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished text of one record."""
        return _PERSONAL.sub("***", super().format(record))


def logging_config(level: str) -> dict[str, Any]:
    """The LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": WithoutPersonalData,
                "fmt": "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s",
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gongkai": {"level": level},
            "django": {"level": "WARNING", "handlers": []},
            # A refused page is not an incident; server errors stay.
            "django.request": {"level": "ERROR"},
            # Anyone may send any Host header as often as he likes.
            "django.security.DisallowedHost": {"level": "CRITICAL", "propagate": False},
            "axes": {"level": "ERROR"},
        },
    }
