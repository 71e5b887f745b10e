"""年报核对: anyone's yearly report, uploaded, checked and forgotten."""

from __future__ import annotations

import json

from django.http import HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from gongkai.kit.refusal import Refusal
from gongkai.portal import links, machine
from gongkai.portal.applying import bounds
from gongkai.portal.applying.frame import Call, private
from gongkai.reporting import checking
from gongkai.reporting.reading.lines import verdict
from gongkai.reporting.reading.shown import shown_tables
from gongkai.reporting.schema import Report, report_json

OFTEN = bounds.Bound("report-check", 20, 600)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@private("GET", "HEAD", "POST")
def report_check(call: Call) -> HttpResponse:
    """The form; with a file the answer, as a page or (`format=json`) for programs.

    Nothing is kept or changed, so a form without a good token is answered all the same: programs
    may send files without one.
    """
    if call.request.method != "POST":
        return _page(call)
    as_json = call.request.GET.get("format") == "json"
    if bounds.reached(OFTEN, call.request):
        sentence = _("这个网络地址核对得太频繁，请过十分钟再试。")
        return _refused(call, {"": sentence}, as_json=as_json, status=429)
    bounds.note(OFTEN, call.request)
    files = call.request.FILES
    try:
        report = checking.check_upload(files.get("file"), files.get("last"))
    except Refusal as refusal:
        told = dict(refusal.fields) or {"": refusal.sentence}
        return _refused(call, told, as_json=as_json, status=400)
    if as_json:
        return _json(report_json(report))
    return _page(call, report)


@private("POST")
def report_check_download(call: Call) -> HttpResponse:
    """The answer of a page as a file: `as` is json or xlsx."""
    try:
        data = checking.opened(call.request.POST.get("answer", "")[:400_000])
    except Refusal as refusal:
        return _refused(call, {"": refusal.sentence}, as_json=False, status=400)
    if call.request.POST.get("as") == "xlsx":
        return _file(checking.workbook(data), _XLSX, "xlsx")
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json; charset=utf-8", "json")


def _file(content: bytes, kind: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(True, f"年报核对.{suffix}")
    response["Content-Disposition"] = header or "attachment"
    return response


def _json(data: dict[str, object], status: int = 200) -> HttpResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _refused(call: Call, told: dict[str, str], *, as_json: bool, status: int) -> HttpResponse:
    if as_json:
        sentence = "".join(told.values())
        return _json({"error": {"code": "report.upload", "sentence": sentence}}, status)
    return _page(call, errors=told, status=status)


def _page(
    call: Call,
    report: Report | None = None,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "here_name": "reports",
        "address": links.to("report-check"),
        "download": links.to("report-check-download"),
        "accept": checking.ACCEPT,
        "most": checking.LARGEST // 2**20,
        "errors": errors or {},
        "report": report,
        "tags": machine.column_tags(call.visit, _("年报核对"), "互动交流"),
    }
    if report is not None:
        context |= {
            "verdict": verdict(report),
            "tables": shown_tables(report),
            "answer": checking.sealed(report),
            "agrees": not (report.findings or report.undecided or report.empty),
        }
    return call.render("report_check.html", context, status=status)
