"""Addresses of yearly reports, under /desk/reports/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk.reports import cell, deciding, form, lists, words

_R = "reports/<uuid:uuid>"
urlpatterns = [
    path("reports/", lists.Reports.as_view(), name="reports"),
    path("reports/new/", lists.Begin.as_view(), name="report_begin"),
    path("reports/bodies/", lists.Below.as_view(), name="reports_below"),
    path("reports/sum/<int:year>/", lists.Sum.as_view(), name="reports_sum"),
    path(f"{_R}/", form.ReportForm.as_view(), name="report"),
    path(f"{_R}/compute/", form.Compute.as_view(), name="report_compute"),
    path(f"{_R}/export/<slug:kind>/", form.Export.as_view(), name="report_export"),
    path(f"{_R}/cells/<str:key>/", cell.CellPage.as_view(), name="report_cell"),
    path(f"{_R}/words/", words.Words.as_view(), name="report_words"),
    path(f"{_R}/words/draft/", words.Redraft.as_view(), name="report_redraft"),
    path(f"{_R}/hand-in/", deciding.Check.as_view(), name="report_hand_in"),
    path(f"{_R}/approve/", deciding.Approve.as_view(), name="report_approve"),
    path(f"{_R}/return/", deciding.SendBack.as_view(), name="report_return"),
    path(f"{_R}/correct/", deciding.Reopen.as_view(), name="report_reopen"),
    path(f"{_R}/record/", deciding.MakeRecord.as_view(), name="report_record"),
    path(f"{_R}/send/", deciding.Send.as_view(), name="report_send"),
    path(f"{_R}/receipt/", deciding.TakeReceipt.as_view(), name="report_receipt"),
]
