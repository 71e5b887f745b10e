"""The cells of the form of 2008 that come from rows: what was published, asked, replied, paid.

Published: what came into the catalog's statutory column in the year, by its five classes; what
has no class of the five is told, not hidden (C1 then breaks). Requests by the day of receipt,
replies by the day of the reply, remedies by the day they were taken up, fees by the day of payment.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.disclosure.models import DisclosureRequest, Fee, Letter, RemedyKind
from gongkai.law.annual_report.replies_2008 import BY_GROUND, CHANNEL_OF, REFUSED, REPLY_OF
from gongkai.law.catalog import FIVE_CLASSES
from gongkai.records.choices import Column
from gongkai.records.models import VersionFile, VersionText
from gongkai.reporting.counting import remedies, requests
from gongkai.reporting.counting.span import Span

CLASSES = tuple(c.key for c in FIVE_CLASSES)
SUITS = (RemedyKind.DIRECT_SUIT.value, RemedyKind.SUIT_AFTER.value)
_REMEDIES = {"reconsideration": (RemedyKind.RECONSIDERATION.value,), "lawsuit": SUITS}


def count(span: Span) -> dict[str, int]:
    """Every computed cell of the form."""
    return {**_published(span), **_asked(span), **_replied(span), **_rest(span)}


def published(span: Span) -> QuerySet[CatalogEntry]:
    """What came before the public in the year and is there still."""
    return CatalogEntry.objects.filter(
        state=EntryState.PUBLISHED,
        body=span.body,
        column=Column.CATALOG,
        published_on__range=(span.first, span.last),
    ).order_by()


def _full_text() -> Q:
    text = VersionText.objects.filter(version=OuterRef("version_id")).exclude(text="")
    file = VersionFile.objects.filter(version=OuterRef("version_id"))
    return Q(Exists(text)) | Q(Exists(file))


def _published(span: Span) -> dict[str, int]:
    found = published(span)
    classes = dict(found.values_list("top_class__code").annotate(n=Count("pk")))
    cells = {f"proactive.{key}.count": classes.get(key, 0) for key in CLASSES}
    cells["proactive.total.count"] = sum(classes.values())
    cells["proactive.full_text.count"] = found.filter(_full_text()).count()
    return cells


def _received(span: Span) -> QuerySet[DisclosureRequest]:
    return requests.counted(span).filter(received_on__range=(span.first, span.last))


def _ended(span: Span) -> QuerySet[DisclosureRequest]:
    """Those with a reply of their own in the year: here a joined one goes with the other."""
    return requests.counted(span).filter(replied_on__range=(span.first, span.last))


def _asked(span: Span) -> dict[str, int]:
    cells: dict[str, int] = {"requests.total.count": 0}
    for channel, n in _received(span).values_list("channel").annotate(n=Count("pk")):
        key = f"requests.{CHANNEL_OF.get(channel, 'other')}.count"
        cells[key] = cells.get(key, 0) + n
        cells["requests.total.count"] += n
    return cells


def _replied(span: Span) -> dict[str, int]:
    cells: dict[str, int] = {}

    def add(key: str, n: int) -> None:
        cells[key] = cells.get(key, 0) + n

    for outcome, n in _ended(span).values_list("outcome").annotate(n=Count("pk")):
        reply, reason = REPLY_OF[outcome]
        add("replies.total.count", n)
        add(f"replies.{reply}.count", n)
        if reason and outcome != BY_GROUND:
            add(f"reasons.{reason}.count", n)
    refused = _ended(span).filter(outcome=BY_GROUND)
    if refused.exists():
        private = refused.filter(_for_privacy()).count()
        add("reasons.privacy.count", private)
        add("reasons.trade_secret.count", refused.count() - private)
    return cells


def _for_privacy() -> Q:
    letter = Letter.objects.filter(request=OuterRef("pk"), outcome=BY_GROUND, ground="privacy")
    return Q(Exists(letter))


def _paid(span: Span) -> QuerySet[Fee]:
    return Fee.objects.filter(
        request__body=span.body, paid_on__range=(span.first, span.last)
    ).order_by("pk")


def _rest(span: Span) -> dict[str, int]:
    cells = {
        f"remedies.{row}.count": remedies.filed(span, kinds).count()
        for row, kinds in _REMEDIES.items()
    }
    total: int | None = _paid(span).aggregate(total=Sum("amount_yuan"))["total"]
    return {**cells, "fees.charged.amount": total or 0}


def rows(span: Span, row: str, table: str) -> QuerySet[Any] | None:
    """The rows behind a cell; None for one that no rows make."""
    if table == "proactive":
        return _published_rows(span, row)
    if table == "requests":
        channels = [c for c, key in CHANNEL_OF.items() if row in ("total", key)]
        return _received(span).filter(channel__in=channels)
    if table == "replies":
        kept = [o for o, (reply, _) in REPLY_OF.items() if row in ("total", reply)]
        return _ended(span).filter(outcome__in=kept)
    if table == "reasons":
        return _reason_rows(span, row)
    if table == "remedies" and row in _REMEDIES:
        return remedies.filed(span, _REMEDIES[row])
    return _paid(span) if (table, row) == ("fees", "charged") else None


def _published_rows(span: Span, row: str) -> QuerySet[CatalogEntry]:
    found = published(span)
    if row == "total":
        return found
    return found.filter(_full_text()) if row == "full_text" else found.filter(top_class__code=row)


def _reason_rows(span: Span, row: str) -> QuerySet[DisclosureRequest]:
    kept = [o for o, found in REPLY_OF.items() if found == (REFUSED, row) and o != BY_GROUND]
    wanted = Q(outcome__in=kept)
    if row == "privacy":
        wanted |= Q(outcome=BY_GROUND) & _for_privacy()
    elif row == "trade_secret":
        wanted |= Q(outcome=BY_GROUND) & ~_for_privacy()
    return _ended(span).filter(wanted)


def undecided(span: Span) -> list[str]:
    """What stands in none of the five classes."""
    n = published(span).exclude(top_class__code__in=CLASSES).count()
    return [f"主动公开：{n}条信息不属于五类中的任何一类，请归类。"] if n else []
