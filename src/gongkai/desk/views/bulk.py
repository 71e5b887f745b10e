"""Bulk work: export what is listed, import a table after a look at every row."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.desk import actions, search
from gongkai.desk.bulk import columns
from gongkai.desk.bulk.rows import Judge
from gongkai.desk.bulk.sheet import read_rows, write_table, write_template
from gongkai.desk.forms.bulk import TableUpload
from gongkai.desk.models import BulkUpload
from gongkai.desk.navigation import AT_WORK, EDITORS
from gongkai.desk.page import DeskView, FormPage
from gongkai.kit.refusal import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 50_000
SHOWN = 500


def named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """The response as a download with this name."""
    header = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response


class Bulk(FormPage[TableUpload]):
    """Export, template, upload."""

    roles = EDITORS
    task = "bulk"
    title = "导入导出"
    template = "desk/bulk.html"
    form_class = TableUpload

    def context(self) -> dict[str, object]:
        return {"uploads": BulkUpload.objects.filter(person=self.seat.person)[:10]}

    def act(self, form: TableUpload) -> HttpResponse:
        file = form.cleaned_data["table"]
        labels, table = read_rows(file.read())
        rows = Judge(self.seat, self.body()).rows(labels, table)
        if not rows:
            raise Refusal("bulk.empty", "表里只有列名，没有内容。请填写后再上传。")
        upload = actions.keep_upload(
            person=self.seat.person,
            body=self.body(),
            table=actions.Table(file.name or "", [row.as_dict() for row in rows]),
            now=self.seat.now,
        )
        url = reverse("desk:bulk_preview", kwargs={"uuid": upload.uuid})
        return self.done(url, f"已读入{len(rows)}行，还没有导入。请看过各行再按“导入”。")


class Preview(DeskView):
    """Every row with what is wrong with it; then what became of each."""

    roles = EDITORS
    task = "bulk"
    title = "导入：先看各行"

    def upload(self, uuid: UUID) -> BulkUpload:
        """The person's own table."""
        return get_object_or_404(BulkUpload, uuid=uuid, person=self.seat.person)

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The rows, the faulty ones first."""
        upload = self.upload(uuid)
        if upload.done_at is not None:
            failed = [row for row in upload.outcome if not row["ok"]]
            return self.show(
                "desk/bulk_done.html",
                upload=upload,
                failed=failed[:SHOWN],
                succeeded=[row for row in upload.outcome if row["ok"]][:SHOWN],
                good=len(upload.outcome) - len(failed),
            )
        wrong = [row for row in upload.rows if row["wrong"]]
        right = [row for row in upload.rows if not row["wrong"]]
        return self.show(
            "desk/bulk_preview.html",
            upload=upload,
            wrong=wrong[:SHOWN],
            wrong_count=len(wrong),
            right=right[:SHOWN],
            right_count=len(right),
            new_count=sum(not row["uuid"] for row in right),
        )

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Carry out the rows that are right, each as an act of its own."""
        upload = self.upload(uuid)
        judge = Judge(self.seat, upload.body)
        # Closed first: a second click while the first still works must not import twice.
        actions.close_upload(upload=upload, now=self.seat.now)
        outcome = [judge.carry_out(row) for row in upload.rows if not row["wrong"]]
        actions.note_outcome(upload=upload, outcome=outcome)
        good = sum(bool(row["ok"]) for row in outcome)
        url = reverse("desk:bulk_preview", kwargs={"uuid": upload.uuid})
        return self.done(url, f"已导入{good}条。")


class Export(DeskView):
    """The listed records as a table that can be read in again."""

    roles = AT_WORK
    task = "bulk"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream the table; the filters are those of the record list."""
        wanted = search.wanted_of(search.filters(self.seat, request.GET))
        found = search.listed(self.seat, wanted).select_related("section", "catalog_class__parent")[
            :MOST_EXPORTED
        ]
        cells = (
            [columns.cell_of(record, heading) for heading in EXPORTED]
            for record in found.iterator(chunk_size=500)
        )
        response = StreamingHttpResponse(write_table(EXPORTED, cells), content_type=XLSX)
        return named(response, f"政府信息{self.seat.today:%Y%m%d}.xlsx")


# The text stays out of an export: it is long, and the page is the place to read it.
EXPORTED = tuple(h for h in columns.EXPORTED if h.name != "text")


class Template(DeskView):
    """The empty table with the body's own lists."""

    roles = EDITORS
    task = "bulk"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The file."""
        lists = {name: list(words) for name, words in columns.choices_of(self.body()).items()}
        wanted = tuple(h for h in columns.IMPORTED if h.name not in ("uuid", "read_count"))
        example = ["关于××的通知", "×商字〔2026〕1号", self.body().name, "2026-11-23", "有效"]
        content = write_template(wanted, lists, [*example, *[""] * len(wanted)])
        return named(HttpResponse(content, content_type=XLSX), "政府信息导入模板.xlsx")
