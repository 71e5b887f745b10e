"""Letters and enclosures of one's own case, and its days for a calendar program."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.disclosure import store
from gongkai.disclosure.actions import exporting
from gongkai.disclosure.casework import clock_of
from gongkai.disclosure.models import DisclosureRequest, SealedFile
from gongkai.kit.refusal import Refusal
from gongkai.law.ics import Entry, calendar_file
from gongkai.portal import links
from gongkai.portal.applying import key
from gongkai.portal.applying.case import enclosures_to, letters_to
from gongkai.portal.applying.frame import Call, private

MISSING = "没有这份文件，或者它已按期清除。请回到“我的申请”查看。"


@private()
def letter(call: Call, uuid: UUID) -> HttpResponse:
    """A letter as it was served."""
    case = key.held(call.request)
    if case is None:
        return HttpResponseRedirect(links.to("track"))
    found = letters_to(case).filter(uuid=uuid).select_related("paper__request").first()
    return _sent(call, found.paper if found else None)


@private()
def attachment(call: Call, uuid: UUID) -> HttpResponse:
    """A file that went with a letter."""
    case = key.held(call.request)
    if case is None:
        return HttpResponseRedirect(links.to("track"))
    return _sent(call, enclosures_to(case).filter(uuid=uuid).first())


def _sent(call: Call, file: SealedFile | None) -> HttpResponse:
    if file is None or file.purged_at is not None:
        raise Http404(_(MISSING))
    try:
        content = store.read(file=file, by=None, now=call.now)
    except Refusal as refusal:
        raise Http404(refusal.sentence) from refusal
    response = HttpResponse(content, content_type=file.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@private("GET", "HEAD", "POST")
def mine(call: Call) -> HttpResponse:
    """Everything that is held of the applicant in this case, as a ZIP (个人信息保护法 Art. 45)."""
    case = key.held(call.request)
    if case is None or not call.posted or case.purged_at is not None:
        return HttpResponseRedirect(links.to("track"))
    content = exporting.export_person(requests=[case], by=None, now=call.now)
    response = HttpResponse(content, content_type="application/zip")
    name = f"attachment; filename*=UTF-8''{quote(case.receipt_number, safe='')}.zip"
    response["Content-Disposition"] = name
    response["X-Content-Type-Options"] = "nosniff"
    return response


@private()
def days(call: Call) -> HttpResponse:
    """The open days of the case as a calendar file; no word of what was asked."""
    case = key.held(call.request)
    if case is None:
        return HttpResponseRedirect(links.to("track"))
    text = calendar_file(
        _entries(case), case=str(case.uuid), stamp=call.now, host=call.visit.host.split(":")[0]
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="case.ics"'
    return response


def _entries(case: DisclosureRequest) -> list[Entry]:
    clock = clock_of(case)
    if clock is None:
        return []
    name = _("政府信息公开申请%(number)s") % {"number": case.receipt_number}
    return [
        Entry(duty.kind, f"{name}：{duty.label}（{duty.actor}）", duty.on, duty.basis, duty.due)
        for duty in clock.duties()
        if duty.kind not in ("supplement_notice", "third_party", "joint_body")
    ]
