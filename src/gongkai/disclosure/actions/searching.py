"""检索记录: every search for what was asked, the proof behind 不存在 (Art. 36(4))."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.casework import OPEN_STATES, locked, refuse_future, write_down
from gongkai.disclosure.models import DisclosureRequest, SearchEntry
from gongkai.disclosure.values import SearchNote
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

BASIS = "《条例》第三十六条第（四）项"


@transaction.atomic
def log_search(
    *, request: DisclosureRequest, entry: SearchNote, by: Person | None, now: datetime
) -> SearchEntry:
    """Write down where, how and with what result a search was made, by whom and when."""
    kept, today = locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(BASIS)
    if kept.state not in OPEN_STATES:
        raise Refusal("search.too_late", "申请已经办结，不能再补登检索记录。", BASIS)
    refuse_future(entry.on, today)
    row = SearchEntry(
        request=kept,
        place=entry.place.strip(),
        terms=entry.terms.strip(),
        found=entry.found.strip(),
        by=by,
        on=entry.on,
    )
    save_checked(row, code="search.not_valid")
    write_down(
        "request.searched", request=kept, by=by, change=Change(basis=BASIS, data={"on": entry.on})
    )
    return row
