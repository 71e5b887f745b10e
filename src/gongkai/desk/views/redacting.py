"""Redacting an attachment of a record: mark, make the proved copy, see what was done."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import DeskView
from gongkai.desk.record_page import RecordPage
from gongkai.desk.redaction import Marking, Redact, page_number, png, words_of
from gongkai.law import in_force
from gongkai.law.grounds import grounds
from gongkai.law.model import Law
from gongkai.orgs.models import Body, Role
from gongkai.records import actions, policies, redaction, store
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import RecordFile, Redaction


class _OfFile(RecordPage):
    """A page about one file of a draft."""

    roles: ClassVar[tuple[Role, ...]] = EDITORS

    @cached_property
    def file(self) -> RecordFile:
        """The file of the address, of this very record."""
        rows = self.record.files.select_related("file")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def allow(self) -> None:
        super().allow()
        record = self.record
        policies.may_keep(self.seat.person, record.body, record.section, self.seat.today).require(
            redaction.BASIS
        )
        RECORD_FLOW.step(record.state, "edit")

    def paper(self) -> redaction.Paper:
        """The file with its bytes."""
        return redaction.Paper(self.file.name, store.read(self.file.file))


class RedactFile(_OfFile, Marking):
    """The form with the pages beside it."""

    template = "desk/redact.html"
    tab = "files"

    def law(self) -> Law:
        """Of today: the record is about to be reviewed."""
        return in_force(self.seat.today, region=self.record.body.region)

    def owner(self) -> Body:
        return self.record.body

    def context(self) -> dict[str, Any]:
        self.title = f"遮盖：{self.file.name}"
        return {
            **super().context(),
            "page_url": self.url("record_files") + f"{self.file.pk}/pages/",
            "back_url": self.url("record_files"),
            "back_label": "回到附件",
        }

    def act(self, form: Redact) -> HttpResponse:
        row = actions.redact(
            file=self.file,
            removals=form.removals(),
            as_image=form.cleaned_data["as_image"],
            by=self.seat.person,
            now=self.seat.now,
        )
        said = f"已生成“{row.result_name}”，复查没有残留；原件留存，不公开。请打开副本看一遍。"
        return self.done(self.url("record_files"), said)


class PagePicture(_OfFile, DeskView):
    """One page as a picture."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int, page: str) -> HttpResponse:
        """PNG."""
        return png(redaction.picture(self.paper(), page_number(page)))


class OneRedaction(RecordPage, DeskView):
    """What was taken out, on which grounds, and how the copy was searched."""

    tab = "files"

    def get(self, request: HttpRequest, uuid: UUID, redaction: UUID) -> HttpResponse:
        """The proof."""
        row = get_object_or_404(
            Redaction.objects.select_related("made_by"), record=self.record, uuid=redaction
        )
        self.title = f"遮盖记录：{row.result_name}"
        law = in_force(self.seat.today, region=self.record.body.region)
        labels = {ground.key: f"{ground.label}（{ground.cite}）" for ground in grounds(law)}
        removals = [
            {
                **removal,
                "ground": labels.get(removal["ground"], removal["ground"]),
                "words": words_of(removal),
            }
            for removal in row.removals
        ]
        return self.show("desk/redaction.html", row=row, removals=removals)
