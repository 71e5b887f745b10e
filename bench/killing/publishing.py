"""The product's own work as load: a paper drafted, reviewed by three people, published, indexed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils import timezone

from gongkai import plug
from gongkai.catalog import actions as catalog
from gongkai.catalog import indexing
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.journal.actions import act
from gongkai.journal.models import Entry as Line
from gongkai.ports import SearchQuestion
from gongkai.records.models import Allotment, NumberSeries, Record
from gongkai.review.models import ReviewSheet
from tests import factories

MARK = "强制终止试验"
STEPS = ("drafted", "proposed", "verified", "decided", "published")
EVENTS = dict(
    zip(
        ("record.captured", "record.proposed", "record.verified", "record.decided",
         "record.published"),
        STEPS,
        strict=True,
    )
)  # fmt: skip


class Publishing:
    """Five acknowledged changes per operation, each an action of the product."""

    office: factories.Office

    def prepare(self) -> list[str]:
        """A body with its people."""
        self.office = factories.office()
        return []

    def do(self, op: str) -> Iterator[str]:
        """Draft, propose, verify, decide, publish; each is acknowledged when it returns."""
        at, now = self.office, timezone.now()
        with act():
            record = factories.draft(at, now=now, title=f"{MARK}{op}", text=f"各科室：\n{op}")
            yield f"{op}.drafted"
            sheet = factories.propose(record, at, now=now)
            yield f"{op}.proposed"
            factories.verify(sheet, at, now=now)
            yield f"{op}.verified"
            sheet.refresh_from_db()
            factories.decide(sheet, at, now=now)
            yield f"{op}.decided"
            record.refresh_from_db()
            catalog.publish(record=record, by=at.officer, now=now)
            yield f"{op}.published"

    def done(self) -> Counter[str]:
        """From the rows, not from the journal: the two are compared in `faults`."""
        found: Counter[str] = Counter()
        for title in self._records().values_list("title", flat=True):
            found[f"{title.removeprefix(MARK)}.drafted"] += 1
        sheets = ReviewSheet.objects.filter(record__in=self._records())
        for title, *moments in sheets.values_list(
            "record__title", "proposed_at", "verified_at", "decided_at"
        ):
            for step, moment in zip(STEPS[1:4], moments, strict=True):
                found[f"{title.removeprefix(MARK)}.{step}"] += moment is not None
        entries = CatalogEntry.objects.filter(record__in=self._records())
        for title in entries.values_list("title", flat=True):
            found[f"{title.removeprefix(MARK)}.published"] += 1
        return +found

    def faults(self) -> list[str]:
        """Journal against rows, numbers without gap, the index whole."""
        return [*self._journal(), *numbers(), *self._index()]

    def _records(self) -> QuerySet[Record]:
        return Record.objects.filter(body=self.office.body, title__startswith=MARK)

    def _journal(self) -> Iterator[str]:
        titles = {pk: t.removeprefix(MARK) for pk, t in self._records().values_list("pk", "title")}
        told: Counter[str] = Counter()
        lines = Line.objects.filter(event__in=EVENTS, subject_kind="record")
        for pk, event in lines.values_list("subject_id", "event"):
            told[f"{titles.get(pk or 0, f'unknown {pk}')}.{EVENTS[event]}"] += 1
        done = self.done()
        for name, found in (("without a line", done - told), ("without a row", told - done)):
            if found:
                yield f"{name}: {sorted(found)[:5]}"

    def _index(self) -> Iterator[str]:
        where = indexing.status()
        published = CatalogEntry.objects.filter(state=EntryState.PUBLISHED).count()
        hits = plug.search().query(SearchQuestion(words=MARK, page_size=1)).total
        if hits != published:
            yield f"index: {hits} of {published} records, at {where.position} of {where.head}"


def numbers() -> list[str]:
    """Every series counts 1, 2, 3 … to its last; every published record has one of them."""
    faults: list[str] = []
    for series in NumberSeries.objects.all():
        allotted = Allotment.objects.filter(series=series).order_by("serial")
        serials = list(allotted.values_list("serial", flat=True))
        if serials != list(range(1, series.last + 1)):
            faults.append(f"series {series.pk}: last {series.last}, given {serials[-5:]}")
    entries = CatalogEntry.objects.all()
    doubled = entries.values("index_number").annotate(n=Count("pk")).filter(n__gt=1)
    faults += [f"index number twice: {row['index_number']}" for row in doubled]
    given = set(Allotment.objects.filter(series__kind="index").values_list("number", "subject_id"))
    used = set(entries.values_list("index_number", "record_id"))
    if given != used:
        faults.append(f"numbers given and used differ: {sorted(given ^ used)[:5]}")
    return faults
