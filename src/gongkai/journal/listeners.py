"""Who is told when something was written down.

Lower apps announce by journal events; upper ones listen, wired in `apps.ready()`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction

from gongkai.journal.models import Entry

Listener = Callable[[Entry], None]

_within: list[tuple[str, Listener]] = []
_after: list[tuple[str, Listener]] = []
_log = logging.getLogger(__name__)


def subscribe(event_prefix: str, listener: Listener) -> None:
    """Call `listener(entry)` after the commit, for events that start with `event_prefix`.

    For what may be lost (caches, hints): a crash between commit and call loses the call, and an
    error is logged, not raised. Use `subscribe_within` for what must happen. "" hears everything.
    """
    if (event_prefix, listener) not in _after:
        _after.append((event_prefix, listener))


def subscribe_within(event_prefix: str, listener: Listener) -> None:
    """Call `listener(entry)` inside the same transaction: the place to enqueue tasks.

    An error undoes the whole action. Keep it short: the head of the journal is locked meanwhile.
    """
    if (event_prefix, listener) not in _within:
        _within.append((event_prefix, listener))


def unsubscribe(listener: Listener) -> None:
    """Forget `listener` everywhere."""
    for table in (_within, _after):
        table[:] = [(prefix, heard) for prefix, heard in table if heard is not listener]


def announce(entry: Entry) -> None:
    """Tell the listeners of `entry`: those within now, the others on commit."""
    for prefix, listener in tuple(_within):
        if entry.event.startswith(prefix):
            listener(entry)
    for prefix, listener in tuple(_after):
        if entry.event.startswith(prefix):
            transaction.on_commit(partial(_tell, listener, entry))


def _tell(listener: Listener, entry: Entry) -> None:
    try:
        listener(entry)
    except Exception:
        # The change is committed; one deaf listener must not keep the others from hearing.
        _log.exception("journal listener %r failed on line %s", listener, entry.seq)
