"""Due dates as a calendar file (RFC 5545): all-day events, each with an alarm two days before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from gongkai.law.due import Due

_FOLD = 75
# RFC 5545 §3.1: no control characters but the tab in a value (line ends are escaped before).
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), 127])


@dataclass(frozen=True, slots=True)
class Entry:
    """A day to put down: `key` is its place among the entries of one question (reply, lawsuit).

    `due` explains the day where it was counted; `None` where a letter had set it.
    """

    key: str
    summary: str
    on: date
    description: str = ""
    due: Due | None = None


def _escape(text: str) -> str:
    """TEXT of §3.3.11."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text.translate(_CONTROLS)


def _fold(line: str) -> str:
    """Lines of at most 75 octets (§3.1); a character is never cut."""
    parts, size, current = [], 0, ""
    for char in line:
        octets = len(char.encode())
        if size + octets > _FOLD:
            parts.append(current)
            current, size = " ", 1
        current += char
        size += octets
    return "\r\n".join([*parts, current])


def calendar_file(
    entries: Iterable[Entry], *, case: str, stamp: datetime, host: str = "gongkai"
) -> str:
    """The file of the entries of one case; `stamp` is in UTC.

    `case` is what was asked, in words that stay the same: an entry of the same case keeps its UID
    also when its day moves (a new holiday notice), so that calendar programs replace it. Days
    that are not certain yet are `TENTATIVE`.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongkai//law//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for entry in entries:
        uid = sha256(f"{case}|{entry.key}".encode()).hexdigest()[:32]
        lines += _event(entry, f"{uid}@{host}", stamp)
    return "\r\n".join(_fold(line) for line in (*lines, "END:VCALENDAR")) + "\r\n"


def _event(entry: Entry, uid: str, stamp: datetime) -> Iterator[str]:
    tentative = entry.due is not None and entry.due.provisional
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escape(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_escape(entry.description)}"
    yield f"STATUS:{'TENTATIVE' if tentative else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield "TRIGGER:-P2D"
    yield f"DESCRIPTION:{_escape(entry.summary)}"
    yield "END:VALARM"
    yield "END:VEVENT"
