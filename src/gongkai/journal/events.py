"""Registry of event names and the Chinese sentence each is read as.

Every domain app registers its own in `apps.ready()`:
`register({"record.published": "{actor}（{role}）发布了{subject}。"})`. A template may name
`actor role subject from_state to_state basis reason` and any key of the line's data; what a line
does not have is shown as “—”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from gongkai.journal.errors import UnknownEventError
from gongkai.journal.models import Entry

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z")
_FIELD = re.compile(r"[a-z][a-z0-9_]*\Z")
_sentences: dict[str, str] = {}
_kinds: dict[str, str] = {}


class _Values(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


def register(sentences: Mapping[str, str], *, kinds: Mapping[str, str] | None = None) -> None:
    """Add event names with their sentences, and Chinese labels of subject kinds.

    Registering the same again is harmless; a different sentence for a known name raises
    `ValueError`, as does a malformed name or template.
    """
    for name, template in sentences.items():
        _check(name, template)
        if _sentences.get(name, template) != template:
            raise ValueError(f"event {name} is already registered with another sentence")
    _sentences.update(sentences)
    _kinds.update(kinds or {})


def _check(name: str, template: str) -> None:
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is not an event name like record.published")
    for _, field, spec, conversion in Formatter().parse(template):
        if field is None:
            continue
        if not _FIELD.match(field) or spec or conversion:
            raise ValueError(f"{name}: {{{field}}} must be a plain name")


def known() -> tuple[str, ...]:
    """Every registered event name, sorted."""
    return tuple(sorted(_sentences))


def sentences() -> dict[str, str]:
    """Every registered event name with the sentence it is read as, sorted by name."""
    return dict(sorted(_sentences.items()))


def require(name: str) -> None:
    """Raise `UnknownEventError` for a name nobody registered."""
    if name not in _sentences:
        raise UnknownEventError(f"event {name!r} is not registered (journal.events.register)")


def sentence(entry: Entry) -> str:
    """The line as one Chinese sentence; an event no longer registered shows its bare name."""
    template = _sentences.get(entry.event, "{actor}：{event}")
    values = _Values(entry.data if isinstance(entry.data, dict) else {})
    label = _kinds.get(entry.subject_kind, entry.subject_kind)
    values.update(
        event=entry.event,
        actor=entry.actor_name or "—",
        role=entry.role or "—",
        subject=f"{label}{entry.subject_id if entry.subject_id is not None else ''}" or "—",
        from_state=entry.from_state or "—",
        to_state=entry.to_state or "—",
        basis=entry.basis or "—",
        reason=entry.reason or "—",
    )
    return template.format_map(values)
