"""The steps of a report: handed in, approved, sent back, corrected, published, sent, receipted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from gongkai.desk.reports import forms
from gongkai.desk.reports.page import StepPage
from gongkai.orgs.models import Section
from gongkai.reporting import actions, policies


class Check(StepPage[forms.Sure]):
    """Hand in for approval."""

    form_class = forms.Sure
    step = "check"
    title = "提交批准"
    submit = "提交批准"
    intro = "提交时重新计算并核对勾稽关系和文字；有缺项或不一致的不能提交。"

    def act(self, form: forms.Sure) -> HttpResponse:
        actions.check(report=self.report, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已提交主管领导批准。")


class Approve(StepPage[forms.RemarkForm]):
    """The leader approves."""

    form_class = forms.RemarkForm
    step = "approve"
    allowed = policies.may_approve
    title = "批准年度报告"
    submit = "批准"
    intro = "批准后表格和文字固定下来并计算摘要；以后数据变化只作为差异显示，不会改动报告。"

    def act(self, form: forms.RemarkForm) -> HttpResponse:
        done = actions.approve(
            report=self.report,
            remark=form.cleaned_data["remark"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"已批准，摘要{done.digest[:16]}…。")


class SendBack(StepPage[forms.ReasonForm]):
    """The leader sends it back."""

    form_class = forms.ReasonForm
    step = "send_back"
    allowed = policies.may_approve
    title = "退回年度报告"
    submit = "退回"

    def act(self, form: forms.ReasonForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.send_back(report=self.report, reason=reason, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已退回工作机构。")


class Reopen(StepPage[forms.ReasonForm]):
    """Correct what was approved."""

    form_class = forms.ReasonForm
    step = "reopen"
    allowed = policies.may_reopen
    title = "更正年度报告"
    submit = "开始更正"
    grave = True
    intro = "更正后要重新核对、批准；已发布的，修订后照常审查再发布。原批准的内容保留。"

    def act(self, form: forms.ReasonForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.reopen(report=self.report, reason=reason, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "可以更正了。")


class MakeRecord(StepPage[forms.RecordForm]):
    """The approved report becomes a record."""

    form_class = forms.RecordForm
    step = "publish"
    title = "转为政府信息"
    submit = "建立政府信息草稿"
    intro = "报告连同PDF、Word、Excel文件转为一条政府信息，照常提出审查、核实、确定后发布。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"sections": Section.objects.filter(body=self.report.body, is_active=True)}

    def act(self, form: forms.RecordForm) -> HttpResponse:
        record = actions.make_record(
            report=self.report,
            section=form.cleaned_data["section"],
            by=self.seat.person,
            now=self.seat.now,
        )
        url = reverse("desk:record", kwargs={"uuid": record.uuid})
        return self.done(url, "已建立草稿，请提出审查。")


class Send(StepPage[forms.Sure]):
    """To the body above."""

    form_class = forms.Sure
    step = "send"
    title = "报送上级"
    submit = "报送"
    intro = "生成报送文件（JSON和Word）并登记；上级在系统中签收，也可以下载后另行报送。"

    def act(self, form: forms.Sure) -> HttpResponse:
        actions.send(report=self.report, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已报送，等待上级签收。")


class TakeReceipt(StepPage[forms.ReceiptForm]):
    """The supervisor has it."""

    form_class = forms.ReceiptForm
    step = "take_receipt"
    allowed = policies.may_take_receipt
    title = "签收年度报告"
    submit = "签收"

    def act(self, form: forms.ReceiptForm) -> HttpResponse:
        actions.take_receipt(
            report=self.report,
            note=form.cleaned_data["note"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:reports_below"), "已签收。")
