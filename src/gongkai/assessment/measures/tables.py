"""Which rows of the other parts are cases of a figure, and how each is shown as evidence.

Requests are named by their number only: nobody learns from an assessment who asked for what.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from gongkai.assessment.measures.scope import Row, Scope
from gongkai.catalog.models import CatalogEntry, EntryState, WithdrawalCode
from gongkai.disclosure.models import DisclosureRequest, RemedyCase, RemedyOutcome
from gongkai.inventory.models import InventoryItem
from gongkai.kit.dates import civil_day
from gongkai.records.choices import Attribute
from gongkai.records.models import CatalogClass, Record
from gongkai.review.models import Finding, ReviewSheet, Severity, SheetState

LEAKS = (WithdrawalCode.STATE_SECRET, WithdrawalCode.PRIVACY, WithdrawalCode.TRADE_SECRET)
FAULTS = (*LEAKS, WithdrawalCode.ERROR)


def due_records(scope: Scope) -> QuerySet[Record]:
    """Information whose publishing deadline lies in the period and is over, or that is out.

    What another platform published before has no deadline here; what was decided not to be
    published has none at all. Undecided papers past their day count: nobody decided in time.
    """
    due = Record.objects.filter(
        publish_due_on__gte=scope.start, publish_due_on__lt=scope.until, carried_from=""
    ).exclude(attribute__in=[Attribute.ON_REQUEST, Attribute.WITHHELD])
    over = Q(publish_due_on__lt=scope.today) | Q(entry__isnull=False)
    return due.filter(over).select_related("entry")


def published_in_time(scope: Scope) -> Q:
    """Released on or before the deadline (Art. 26)."""
    return Q(entry__released_on__lte=F("publish_due_on"))


def published(scope: Scope) -> QuerySet[CatalogEntry]:
    """Information first put before the public on this platform in the period."""
    start, until = scope.moments
    return CatalogEntry.objects.filter(
        published_at__gte=start, published_at__lt=until, carried_from=""
    )


def not_withdrawn_for_fault(scope: Scope) -> Q:
    """Still there, or withdrawn for no fault in it."""
    return ~Q(state=EntryState.WITHDRAWN) | ~Q(withdrawal_code__in=FAULTS)


def has_whole_header(scope: Scope) -> Q:
    """Index, abstract, responsible unit and class (Art. 12)."""
    return ~Q(abstract="") & ~Q(responsible_unit="") & Q(catalog_class__isnull=False)


def proposed(scope: Scope) -> QuerySet[ReviewSheet]:
    """Review sheets proposed in the period."""
    start, until = scope.moments
    sheets = ReviewSheet.objects.filter(proposed_at__gte=start, proposed_at__lt=until)
    return sheets.select_related("record")


def decided(scope: Scope) -> QuerySet[ReviewSheet]:
    """Review sheets decided in the period."""
    start, until = scope.moments
    sheets = ReviewSheet.objects.filter(
        state=SheetState.DECIDED, decided_at__gte=start, decided_at__lt=until
    )
    return sheets.select_related("record")


def within(first: str, last: str, time: timedelta) -> Q:
    """`last` came no later than `time` after `first`."""
    return Q(**{f"{last}__lte": F(first) + time})


def findings(scope: Scope) -> QuerySet[Finding]:
    """What the scans found in the period and a person has to answer."""
    start, until = scope.moments
    found = Finding.objects.filter(found_at__gte=start, found_at__lt=until)
    return found.exclude(severity=Severity.INFO).select_related("record")


def rereviews_due(scope: Scope) -> QuerySet[ReviewSheet]:
    """Withheld information whose day of looking again fell into the period (Art. 18)."""
    sheets = ReviewSheet.objects.filter(
        state=SheetState.DECIDED,
        decided_attribute=Attribute.WITHHELD,
        rereview_on__gte=scope.start,
        rereview_on__lt=scope.passed,
    )
    return sheets.select_related("record")


def rereviewed(scope: Scope) -> Exists:
    """A later sheet of the same record was decided by that day."""
    later = ReviewSheet.objects.filter(
        record=OuterRef("record"),
        pk__gt=OuterRef("pk"),
        state=SheetState.DECIDED,
        decided_at__date__lte=OuterRef("rereview_on"),
    )
    return Exists(later)


def due_requests(scope: Scope) -> QuerySet[DisclosureRequest]:
    """Requests whose reply was due in the period: replied to, or past their day."""
    due = DisclosureRequest.objects.filter(
        due_on__gte=scope.start, due_on__lt=scope.until, joined_into__isnull=True
    )
    return due.filter(Q(in_time__isnull=False) | Q(due_on__lt=scope.today, replied_on=None))


def remedies(scope: Scope) -> QuerySet[RemedyCase]:
    """Reconsiderations and lawsuits that ended in the period."""
    ended = RemedyCase.objects.filter(ended_on__gte=scope.start, ended_on__lt=scope.until)
    return ended.exclude(outcome=RemedyOutcome.PENDING).select_related("request")


def inventory_items(scope: Scope) -> QuerySet[InventoryItem]:
    """Rows of the clean-ups opened in the period."""
    start, until = scope.moments
    items = InventoryItem.objects.filter(run__opened_at__gte=start, run__opened_at__lt=until)
    return items.select_related("run")


def classes(scope: Scope) -> QuerySet[CatalogClass]:
    """Classes in use that a section answers for."""
    return CatalogClass.objects.filter(is_active=True, responsible_section__isnull=False)


def entries_of_class(scope: Scope, pk: Combinable) -> QuerySet[CatalogEntry]:
    """What was put into a class, or one below it, in the period."""
    return published(scope).filter(Q(catalog_class=pk) | Q(top_class=pk))


def show_due(record: Record) -> Row:
    """A record with its deadline."""
    entry = getattr(record, "entry", None)
    out = f"{entry.released_on.isoformat()}公开" if entry else "还没有公开"
    note = f"期限{record.publish_due_on}，{out}"
    return _row(record.title, record, record.publish_due_on, note, ("record", record.uuid))


def show_entry(entry: CatalogEntry) -> Row:
    """An entry with what is wrong with it."""
    missing = [
        label
        for label, there in (
            ("内容概述", entry.abstract),
            ("责任部门", entry.responsible_unit),
            ("分类", entry.catalog_class_id),
        )
        if not there
    ]
    note = entry.get_withdrawal_code_display() or (f"缺{'、'.join(missing)}" if missing else "")
    title = entry.title
    if entry.withdrawal_code in LEAKS:
        title = f"索引号{entry.index_number}"
    return _row(title, entry, entry.released_on, note, ("record", entry.uuid))


def show_sheet(sheet: ReviewSheet) -> Row:
    """A review sheet with its days."""
    done = f"，{civil_day(sheet.decided_at)}确定" if sheet.decided_at else ""
    back = f"，退回：{sheet.returned_reason[:60]}" if sheet.returned_at else ""
    again = f"，应于{sheet.rereview_on}再评估" if sheet.rereview_on else ""
    note = f"{civil_day(sheet.proposed_at)}提出{done}{again}{back}"
    words = f"{sheet.number} {sheet.record.title}"
    return _row(words, sheet, civil_day(sheet.proposed_at), note, ("sheet", sheet.uuid))


def show_finding(finding: Finding) -> Row:
    """A finding by the record it stands in; its words stay with the record."""
    on = civil_day(finding.found_at)
    note = f"{finding.get_answer_display()}：{finding.kind}"
    record = finding.record
    return _row(record.title, finding, on, note, ("record", record.uuid))


def show_request(request: DisclosureRequest) -> Row:
    """A request by its number."""
    end = f"{request.replied_on}答复" if request.replied_on else "还没有答复"
    note = f"期限{request.due_on}，{end}"
    return _row(request.number, request, request.due_on, note, ("request", request.uuid))


def show_remedy(remedy: RemedyCase) -> Row:
    """A remedy by the number of its request."""
    note = f"{remedy.get_kind_display()}，{remedy.get_outcome_display()}"
    request = remedy.request
    return _row(request.number, remedy, remedy.ended_on, note, ("request", request.uuid))


def show_item(item: InventoryItem) -> Row:
    """A row of a clean-up."""
    note = f"{item.run.label}，{item.get_outcome_display()}"
    return _row(item.title or "（没有名称）", item, None, note, ("run", item.run.uuid))


def show_class(found: CatalogClass) -> Row:
    """A class of the catalog."""
    return _row(found.name, found, None, f"代码{found.code}", ("", ""))


def _row(words: str, row: Any, on: Any, note: str, link: tuple[str, object]) -> Row:
    good = getattr(row, "is_good", None)
    page, uuid = link
    return Row(words, None if good is None else bool(good), on, note, page, str(uuid))
