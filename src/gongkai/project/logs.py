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


class WithoutPersonalData(logging.Filter):
    """Masks what looks like personal data in the finished message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record passes, masked."""
        record.msg = _PERSONAL.sub("***", record.getMessage())
        record.args = ()
        return True


def logging_config(level: str) -> dict[str, Any]:
    """The LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"mask": {"()": WithoutPersonalData}},
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"}
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["mask"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gongkai": {"level": level},
            "django": {"level": "WARNING", "handlers": []},
            # A refused page is not an incident; server errors stay.
            "django.request": {"level": "ERROR"},
            "axes": {"level": "ERROR"},
        },
    }
