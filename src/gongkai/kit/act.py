"""One id per human act, carried along whatever the act sets off (calls, tasks, journal lines)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

_current: ContextVar[UUID | None] = ContextVar("gongkai_act", default=None)


def current() -> UUID | None:
    """The id of the act under way in this context, or None outside any act."""
    return _current.get()


@contextmanager
def act(act_id: UUID | None = None, *, fresh: bool = False) -> Iterator[UUID]:
    """Open an act; a nested call shares the outer one, unless it asks for a `fresh` one.

    A web request, a shell command and a task each open one. A task passes the id of the act that
    enqueued it, so what it does is written down under the person's own act.
    """
    here = _current.get()
    if here is not None and not fresh:
        yield here
        return
    chosen = act_id or uuid4()
    token = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(token)
