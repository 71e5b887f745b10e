"""Asked once before applying: how often what was shown made a request needless.

Counts per record and day only; nothing of who asked, so nothing for the journal either.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from gongkai.catalog.models import CatalogEntry
from gongkai.disclosure.models import Solved
from gongkai.orgs.models import Body


@transaction.atomic
def note_shown(*, entries: Iterable[int], body: Body, today: date) -> None:
    """These published records were shown to somebody about to apply."""
    for entry in sorted(set(entries)):
        row, _made = Solved.objects.get_or_create(
            entry_id=entry, day=today, defaults={"body": body}
        )
        Solved.objects.filter(pk=row.pk).update(shown=F("shown") + 1)


@transaction.atomic
def note_solved(*, entry: CatalogEntry, body: Body, today: date) -> None:
    """Somebody found in this record what he was about to ask for, and did not apply."""
    row, _made = Solved.objects.get_or_create(entry=entry, day=today, defaults={"body": body})
    Solved.objects.filter(pk=row.pk).update(solved=F("solved") + 1)
