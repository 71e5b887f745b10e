"""Following one's own case: number and secret by POST, then the page of the case."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.disclosure.models import DisclosureRequest
from gongkai.portal import links, machine
from gongkai.portal.applying import bounds, key
from gongkai.portal.applying.case import told
from gongkai.portal.applying.frame import STALE, Call, private

SENT = "这件申请刚才已经提交过，没有重复登记。请用当时的回执号和查询密码查询。"
TOO_OFTEN = "回执号或者查询密码多次不对，请过十五分钟再试；回执遗失的，请与受理机关联系。"


@private("GET", "HEAD", "POST")
def track(call: Call) -> HttpResponse:
    """The case this browser was let into, else the form that opens it."""
    if call.request.method == "POST":
        return _open(call)
    case = key.held(call.request)
    return sign_in(call) if case is None else case_page(call, case)


def _open(call: Call) -> HttpResponse:
    if call.stale:
        return sign_in(call, said=_(STALE), status=403)
    if bounds.reached(bounds.WRONG_SECRET, call.request):
        return sign_in(call, said=_(TOO_OFTEN), status=429)
    given = call.request.POST
    case = key.opened(given.get("number", ""), given.get("secret", ""))
    if case is None:
        bounds.note(bounds.WRONG_SECRET, call.request)
        return sign_in(call, said=_(key.WRONG), status=422)
    response = HttpResponseRedirect(links.to("track"))
    key.hold(response, case)
    return response


def sign_in(call: Call, *, said: str = "", status: int = 200) -> HttpResponse:
    """The form; what was typed is not given back, the secret stays off the page."""
    told = SENT if call.request.GET.get("done") == "sent" and not said else ""
    context = {
        "said": said,
        "told": _(told) if told else "",
        "tags": machine.column_tags(call.visit, _("查询进度"), "互动交流"),
    }
    return call.render("track.html", context, status=status)


def case_page(
    call: Call,
    case: DisclosureRequest,
    *,
    errors: dict[str, str] | None = None,
    values: dict[str, str] | None = None,
    said: str = "",
    done: str = "",
) -> HttpResponse:
    """The case as it stands; each visit lengthens the time it stays open."""
    wrong = bool(errors or said)
    context = {
        **told(case, call.visit.today),
        "errors": errors or {},
        "values": values or {},
        "said": said,
        "done": done or _(DONE.get(call.request.GET.get("done", ""), "")),
        "today": call.visit.today,
        "tags": machine.column_tags(call.visit, _("我的申请"), "互动交流"),
    }
    response = call.render("case.html", context, status=422 if wrong else 200)
    key.hold(response, case)
    return response


DONE = {
    "confirm": "已登记您的确认。双方都确认之日为收到申请之日。",
    "supplement": "补正已经收到，答复期限从今天的次日起重新计算。",
    "add": "材料已经收到。",
    "withdraw": "申请已经撤回，本机关不再办理。",
    "suggest": "已登记您的建议，本机关会审查能否主动公开。",
}


@private("GET", "HEAD", "POST")
def leave(call: Call) -> HttpResponse:
    """Close the case in this browser."""
    response = HttpResponseRedirect(links.to("track"))
    if call.posted:
        key.release(response)
    return response
