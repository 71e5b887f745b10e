"""Events of a score sheet by name: a reference holds a key, people want the title or the number.

Whoever may see the sheet may see its evidence, which says no more: of what was withdrawn for a
secret, privacy or a trade secret only the index number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gongkai.assessment.measures.tables import show_entry
from gongkai.catalog.models import CatalogEntry
from gongkai.desk.templatetags.assessment import event_words
from gongkai.disclosure.models import DisclosureRequest
from gongkai.records.models import Record


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Reference → words, in at most three queries; what is gone keeps kind and key."""
    listed = list(refs)
    keys: dict[str, set[int]] = defaultdict(set)
    for ref in listed:
        kind, key = _parts(ref)
        if kind in ("record", "request", "entry"):
            keys[kind].add(key)
    found: dict[tuple[str, int], str] = {}
    if keys["record"]:
        titles = Record.objects.filter(pk__in=keys["record"]).values_list("pk", "title")
        found |= {("record", pk): title for pk, title in titles}
    if keys["request"]:
        rows = DisclosureRequest.objects.filter(pk__in=keys["request"])
        found |= {("request", pk): n for pk, n in rows.values_list("pk", "number")}
    if keys["entry"]:
        entries = CatalogEntry.objects.filter(pk__in=keys["entry"])
        found |= {("entry", entry.pk): show_entry(entry).words for entry in entries}
    return {ref: found.get(_parts(ref)) or event_words(ref) for ref in listed}


def _parts(ref: str) -> tuple[str, int]:
    kind, _, rest = ref.partition(":")
    key = rest.split(":")[0]
    return kind, int(key) if key.isdecimal() else 0
