"""What an applicant does on the own case: confirm, supplement, add papers, withdraw, suggest."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from gongkai.disclosure.actions import closing, filing, papers, releasing, supplementing
from gongkai.disclosure.models import DisclosureRequest, FilePart
from gongkai.kit.refusal import Refusal
from gongkai.portal import links
from gongkai.portal.applying import key
from gongkai.portal.applying.frame import STALE, Call, private
from gongkai.portal.applying.reading import taken
from gongkai.portal.views.track import case_page

MOST_WORDS = 4000
# Form → the field of the page where what is wrong is told.
Errors = dict[str, str]
Deed = Callable[[Call, DisclosureRequest], Errors]


def _deed(name: str) -> Callable[[Deed], Callable[..., HttpResponseBase]]:
    """A form of the case page: back to the page when done, else its faults in the page."""

    def decorate(deed: Deed) -> Callable[..., HttpResponseBase]:
        @private("GET", "HEAD", "POST")
        @wraps(deed)
        def answer(call: Call) -> HttpResponse:
            case = key.held(call.request)
            if case is None or call.request.method != "POST":
                return HttpResponseRedirect(links.to("track"))
            values = {"text": call.request.POST.get("text", "")[:20_000]}
            if call.stale:
                return case_page(call, case, values=values, said=_(STALE))
            try:
                errors = deed(call, case)
            except Refusal as refusal:
                return case_page(call, case, values=values, said=refusal.sentence)
            if errors:
                told = {f"{name}_{field}": text for field, text in errors.items()}
                return case_page(call, case, values=values, errors=told)
            return HttpResponseRedirect(f"{links.to('track')}?done={name}")

        return answer

    return decorate


@_deed("confirm")
def confirm(call: Call, case: DisclosureRequest) -> Errors:
    """The applicant's half of the confirmation (Art. 31(3))."""
    filing.applicant_confirms(request=case, now=call.now)
    return {}


@_deed("supplement")
def supplement(call: Call, case: DisclosureRequest) -> Errors:
    """Words and files the one notice asked for (Art. 30)."""
    errors: Errors = {}
    text = call.request.POST.get("text", "")
    if len(text) > MOST_WORDS:
        errors["text"] = _("补正内容最多%(most)s个字，请缩短或者作为文件上传。") % {
            "most": MOST_WORDS
        }
    files = taken(call.request, "files", FilePart.SUPPLEMENT, errors)
    if not text.strip() and not files:
        errors.setdefault("text", _("请填写补正的内容，或者上传补正材料。"))
    if not errors:
        supplementing.take_supplement(
            request=case, text=text, files=files, on=call.visit.today, by=None, now=call.now
        )
    return errors


@_deed("add")
def add(call: Call, case: DisclosureRequest) -> Errors:
    """A proof of identity, evidence of payment, any other paper."""
    errors: Errors = {}
    part = FilePart.IDENTITY if call.request.POST.get("part") == "identity" else FilePart.OTHER
    files = taken(call.request, "files", part, errors)
    if not files:
        errors.setdefault("files", _("请选择要上传的文件。"))
    if not errors:
        for upload in files:
            papers.add_file(request=case, upload=upload, by=None, now=call.now)
    return errors


@_deed("withdraw")
def withdraw(call: Call, case: DisclosureRequest) -> Errors:
    """The applicant takes the request back; a box has to be ticked first."""
    if call.request.POST.get("sure") != "1":
        return {"sure": _("撤回后不再办理，请先勾选“我确定撤回”。")}
    closing.withdraw(request=case, by=None, now=call.now)
    return {}


@_deed("suggest")
def suggest(call: Call, case: DisclosureRequest) -> Errors:
    """Suggest that what was given be published for all (Art. 44)."""
    releasing.suggest_publication(request=case, now=call.now)
    return {}
