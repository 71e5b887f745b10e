"""A due date as a calendar entry (RFC 5545): one all-day event with an alarm two days before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

_FOLD = 75


def _escape(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _fold(line: str) -> str:
    """Lines of at most 75 octets; a character is never cut."""
    parts, size, current = [], 0, ""
    for char in line:
        octets = len(char.encode())
        if size + octets > _FOLD:
            parts.append(current)
            current, size = " ", 1
        current += char
        size += octets
    return "\r\n".join([*parts, current])


def calendar_text(
    summary: str, on: date, *, description: str, stamp: datetime, host: str = "gongkai"
) -> str:
    """The file of one entry. `stamp` is in UTC; the same entry always gets the same UID."""
    uid = sha256(f"{summary}|{on.isoformat()}|{description}".encode()).hexdigest()[:32]
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//law//ZH",
        "BEGIN:VEVENT",
        f"UID:{uid}@{host}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(summary)}",
        f"DESCRIPTION:{_escape(description)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P2D",
        f"DESCRIPTION:{_escape(summary)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "\r\n".join(_fold(line) for line in lines) + "\r\n"
