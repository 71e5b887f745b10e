"""Files of a record: upload, take off, look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from gongkai.desk.forms.files import Upload
from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.record_page import RecordPage
from gongkai.records import actions, redaction, store
from gongkai.records.choices import RecordState
from gongkai.records.values import NewFile


class Files(RecordPage, FormPage[Upload]):
    """The files of a record, with the form to add one."""

    tab = "files"
    template = "desk/record_files.html"
    form_class = Upload
    submit = "上传"

    def context(self) -> dict[str, Any]:
        self.title = f"附件：{self.record.title}"
        files = list(self.record.files.select_related("file__reading"))
        copies = {row.result_id: row.uuid for row in self.record.redactions.all()}
        for held in files:
            held.redaction = copies.get(held.file_id)  # type: ignore[attr-defined]
            held.can_redact = redaction.can_redact(held.name)  # type: ignore[attr-defined]
        return {
            "files": files,
            "may_change": self.record.state == RecordState.DRAFT and self.seat.holds(*EDITORS),
        }

    def act(self, form: Upload) -> HttpResponse:
        file = form.cleaned_data["file"]
        actions.attach(
            record=self.record,
            file=NewFile(
                name=file.name,
                content=file.read(),
                media_type=file.content_type or "application/octet-stream",
                purpose=form.cleaned_data["purpose"],
            ),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url("record_files"), f"已上传“{file.name}”。")


class OneFile(RecordPage, DeskView):
    """One file: GET fetches it, POST takes it off."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
        """The bytes, always as a download: never shown inside the desk's own pages."""
        held = get_object_or_404(self.record.files.select_related("file__reading"), pk=pk)
        return FileResponse(
            store.path_of(held.file.sha256).open("rb"),
            as_attachment=True,
            filename=held.name,
            content_type="application/octet-stream",
        )

    def post(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """Take the file off the draft."""
        held = get_object_or_404(self.record.files, pk=pk)
        actions.detach(file=held, by=self.seat.person, now=self.seat.now)
        return self.done(self.url("record_files"), f"已移除“{held.name}”。")
