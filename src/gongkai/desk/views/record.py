"""One record: overview, its sheets, what happened to it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from gongkai.catalog.models import CatalogEntry, EntryState, PublicationOrder
from gongkai.desk import paging, words
from gongkai.desk.record_page import RecordPage
from gongkai.journal import events
from gongkai.journal import queries as journal
from gongkai.records.choices import RecordState
from gongkai.records.models import Record
from gongkai.review.models import SheetState


class Overview(RecordPage):
    """The record as it stands, whose turn it is, and what can be done."""

    tab = "overview"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Header fields, text, files; next step, clock and classes beside."""
        record = self.record
        entry = CatalogEntry.objects.filter(record=record).first()
        self.title = record.title
        return self.show(
            "desk/record.html",
            text=self.text,
            lines=self.text.split("\n"),
            files=record.files.select_related("file"),
            entry=entry,
            order=PublicationOrder.objects.filter(
                record=record, done_at__isnull=True, cancelled_at__isnull=True
            ).first(),
            returned=_returned(record),
            legal_item=words.legal_item_label(record.legal_item),
            genre=words.genre_label(record.genre),
            ground=words.ground_label(record.ground, self.seat.today),
            public_url=_public_url(entry),
        )


def _returned(record: Record) -> object:
    """The newest sheet when it was returned and the record waits for its mending."""
    if record.state != RecordState.DRAFT:
        return None
    newest = record.sheets.select_related("returned_by").first()
    return newest if newest is not None and newest.state == SheetState.RETURNED else None


def _public_url(entry: CatalogEntry | None) -> str:
    if entry is None or entry.state != EntryState.PUBLISHED:
        return ""
    try:
        return reverse("portal:record", kwargs={"uuid": entry.uuid})
    except NoReverseMatch:
        return ""


class Sheets(RecordPage):
    """The review sheets of the record, newest first."""

    tab = "sheets"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The list."""
        self.title = f"审查单：{self.record.title}"
        sheets = self.record.sheets.select_related("proposed_by", "verified_by", "decided_by")
        return self.show("desk/record_sheets.html", sheets=sheets)


class History(RecordPage):
    """Everything that was done with the record, from the journal."""

    tab = "history"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """A page of lines, newest first, each as a sentence."""
        self.title = f"经过：{self.record.title}"
        wanted = journal.Filter(subject_kind="record", subject_id=self.record.pk)
        before = paging.bounded(request.GET.get("before"), most=10**12, otherwise=0) or None
        found = journal.page(wanted, before=before)
        return self.show(
            "desk/record_history.html",
            rows=[(entry, events.sentence(entry)) for entry in found.entries],
            next_before=found.next_before,
        )
