"""One file of a case, fetched by somebody who may see it; the applicant's data, given to him."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk.page import FormPage
from gongkai.desk.requests import deed_forms as forms
from gongkai.desk.requests.case_page import CasePage
from gongkai.desk.views.bulk import named
from gongkai.disclosure import policies, queries, store
from gongkai.disclosure.actions import exporting
from gongkai.disclosure.models import FilePart, SealedFile


class OneFile(CasePage, FormPage[forms.Purpose]):
    """The bytes, always as a download. For an identity proof it is asked first what for."""

    template = "desk/requests/form.html"
    form_class = forms.Purpose
    title = "查看身份证明"
    submit = "查看（留痕）"

    @cached_property
    def file(self) -> SealedFile:
        """The file of the address, of this very case."""
        return get_object_or_404(self.case.files.all(), pk=self.kwargs["pk"])

    def allow(self) -> None:
        super().allow()
        policies.may_open_file(self.seat.person, self.file, self.seat.today).require(policies.BASIS)

    def context(self) -> dict[str, Any]:
        return {
            "intro": "身份证明只为办理这件申请查看。您的姓名、时间和用途写入留痕，"
            "并显示在案卷和申请人的页面上。"
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, or the question what an identity proof is needed for."""
        if self.file.part == FilePart.IDENTITY:
            return super().get(request, *args, **kwargs)
        return self._sent("")

    def act(self, form: forms.Purpose) -> HttpResponse:
        return self._sent(form.cleaned_data["purpose"])

    def _sent(self, purpose: str) -> HttpResponse:
        by, now = self.seat.person, self.seat.now
        content = store.read(file=self.file, by=by, now=now, purpose=purpose)
        response = HttpResponse(content, content_type="application/octet-stream")
        response.headers["Cache-Control"] = "no-store"
        named(response, self.file.name)
        return response


class Export(CasePage, FormPage[forms.ExportPerson]):
    """Give the applicant what is held about him, in all his cases this person handles."""

    template = "desk/requests/form.html"
    form_class = forms.ExportPerson
    title = "应本人要求导出个人信息"
    submit = "导出（ZIP，留痕）"

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_handle(person, self.case, today).require(exporting.BASIS)

    def form_kwargs(self) -> dict[str, Any]:
        visible = queries.visible_to(self.seat.person, self.seat.today)
        same = queries.same_applicant(self.case).filter(purged_at__isnull=True)
        return {"others": visible.filter(pk__in=same.values("pk")).order_by("-id")}

    def context(self) -> dict[str, Any]:
        return {
            "intro": "申请人有权查阅、复制本机关保存的个人信息（《个人信息保护法》第四十五条）。"
            "先核对身份。压缩包里是一页说明、同样内容的数据和申请人交来、收到的材料；"
            "不含第三方和工作人员写的内容。"
        }

    def act(self, form: forms.ExportPerson) -> HttpResponse:
        content = exporting.export_person(
            requests=[self.case, *form.cleaned_data["others"]],
            by=self.seat.person,
            now=self.seat.now,
            proved=form.cleaned_data["proved"],
        )
        response = HttpResponse(content, content_type="application/zip")
        response.headers["Cache-Control"] = "no-store"
        named(response, f"个人信息-{self.case.receipt_number}.zip")
        return response
