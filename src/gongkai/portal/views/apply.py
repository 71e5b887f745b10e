"""Applying 依申请公开 without an account: look first, fill in, keep the receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.catalog.directory import BodyLine
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.disclosure.actions import asking as counting
from gongkai.disclosure.actions.filing import file_request
from gongkai.disclosure.models import PublicAnswer
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.model import Law
from gongkai.law.receipt import Arrival, Channel, rule_for
from gongkai.orgs.models import Body
from gongkai.portal import links, machine
from gongkai.portal.applying import asking, bounds, key, once
from gongkai.portal.applying.fields import groups
from gongkai.portal.applying.frame import STALE, Call, private
from gongkai.portal.applying.reading import HONEY, Typed, read, texts
from gongkai.portal.views.guide import body_choices, chosen_body, contacts

TOO_OFTEN = "这个网络地址提交得太频繁，请过一小时再试；着急的可以当面提交或者邮寄。"
NOT_OPEN = "本机关没有开通网上申请，请当面提交、邮寄，或用公开指南写明的其他渠道。"


@private("GET", "HEAD", "POST")
def apply(call: Call) -> HttpResponse:
    """GET: what is wanted. POST `step=look`: matches and the whole form; `step=file`: filed."""
    line = _body_of(call)
    body = Body.objects.get(pk=line.id)
    law = in_force(call.visit.today, region=body.region)
    if not _is_open(body):
        return _first(call, line, law, closed=True)
    if call.request.method != "POST":
        return _first(call, line, law)
    if call.request.POST.get("step") != "file":
        return _look(call, line, body, law)
    return _file(call, line, body, law)


def _body_of(call: Call) -> BodyLine:
    line = chosen_body(call.visit)
    if line is None:
        raise Http404(_("本站还没有设置公开机关，暂时不能申请。"))
    return line


def _is_open(body: Body) -> bool:
    announced = body.profile.get("request_channels") if isinstance(body.profile, dict) else None
    return not isinstance(announced, list) or Channel.WEB.value in announced


def _first(call: Call, line: BodyLine, law: Law, *, closed: bool = False) -> HttpResponse:
    sentence = _(NOT_OPEN) if closed else ""
    context = {
        **_frame(call, line),
        "bodies": body_choices(call.visit, "apply", line),
        "group": groups(law)[0],
        "values": {},
        "errors": {},
        "closed": sentence,
        "contacts": contacts(line),
    }
    return call.render("apply_first.html", context)


def _frame(call: Call, line: BodyLine) -> dict[str, object]:
    return {
        "body": line,
        "address": f"{links.to('apply')}?body={line.code}",
        "solved_address": f"{links.to('solved')}?body={line.code}",
        "tags": machine.column_tags(call.visit, _("网上申请"), "互动交流"),
    }


def _look(call: Call, line: BodyLine, body: Body, law: Law) -> HttpResponse:
    """What is there already, above the form with what was typed."""
    values = texts(call.request, law)
    if call.stale or bounds.reached(bounds.ASKING, call.request):
        return _form(call, line, law, Typed(values), said=_(STALE) if call.stale else "")
    bounds.note(bounds.ASKING, call.request)
    told = (values["subject"], values["description"])
    found = asking.published(told[0], values["document_number"], told[1], call.visit.names)
    counting.note_shown(entries=[f.id for f in found], body=body, today=call.visit.today)
    answers = asking.released(*told)
    return _form(call, line, law, Typed(values), looked=(found, answers))


def _form(
    call: Call,
    line: BodyLine,
    law: Law,
    typed: Typed,
    *,
    looked: tuple[list[asking.Found], list[PublicAnswer]] | None = None,
    said: str = "",
) -> HttpResponse:
    found, answers = looked or ([], [])
    context = {
        **_frame(call, line),
        "groups": groups(law),
        "values": typed.values,
        "errors": typed.errors,
        "said": said,
        "honey": HONEY,
        "once": once.kept(call.request),
        "looked": looked is not None,
        "found": found,
        "answers": [(links.answer(a.uuid), a.asked) for a in answers],
        "files_again": bool(typed.errors or said),
        "contacts": contacts(line),
    }
    wrong = bool(typed.errors or said)
    return call.render("apply.html", context, status=422 if wrong else 200)


def _file(call: Call, line: BodyLine, body: Body, law: Law) -> HttpResponse:
    if call.stale:
        return _form(call, line, law, Typed(texts(call.request, law)), said=_(STALE))
    if bounds.reached(bounds.FILING, call.request):
        return _form(call, line, law, Typed(texts(call.request, law)), said=_(TOO_OFTEN))
    typed = read(call.request, law)
    if typed.errors:
        return _form(call, line, law, typed)
    bounds.note(bounds.FILING, call.request)
    arrival = Arrival(Channel.WEB, call.visit.today)
    application = typed.application(once.sent(call.request))
    try:
        filed = file_request(
            body=body, application=application, arrival=arrival, by=None, now=call.now
        )
    except Refusal as refusal:
        errors = {k: v for k, v in refusal.fields.items() if k in typed.values or k == "files"}
        wrong = Typed(typed.values, (), errors)
        return _form(call, line, law, wrong, said="" if errors else refusal.sentence)
    if filed.again and not filed.secret:
        return HttpResponseRedirect(f"{links.to('track')}?done=sent")
    response = HttpResponseRedirect(links.to("receipt"))
    key.hand_over(response, filed)
    return response


@private("GET", "HEAD", "POST")
def solved(call: Call) -> HttpResponse:
    """已经找到，不用申请了: counted for the record that helped."""
    line = _body_of(call)
    if call.request.method != "POST":
        return HttpResponseRedirect(f"{links.to('apply')}?body={line.code}")
    entry = _entry(call.request.POST.get("entry", ""))
    if call.posted and not bounds.reached(bounds.ASKING, call.request):
        bounds.note(bounds.ASKING, call.request)
        body = Body.objects.get(pk=line.id)
        counting.note_solved(entry=entry, body=body, today=call.visit.today)
    context = {**_frame(call, line), "record": links.record(entry.uuid), "title": entry.title}
    return call.render("apply_solved.html", context)


def _entry(given: str) -> CatalogEntry:
    try:
        uuid = UUID(given)
    except ValueError:
        uuid = UUID(int=0)
    found = CatalogEntry.objects.filter(uuid=uuid, state=EntryState.PUBLISHED).first()
    if found is None:
        raise Http404(_("没有找到这条信息，可能已经撤下。请重新查一查。"))
    return found


@private()
def receipt(call: Call) -> HttpResponse:
    """Number and secret, shown once; from then on they are only with the applicant."""
    handed = key.handed_over(call.request)
    if handed is None:
        return HttpResponseRedirect(links.to("track"))
    case, secret = handed
    law = in_force(case.arrived_on, region=case.body.region)
    context = {
        "case": case,
        "secret": secret,
        "rule": rule_for(Channel(case.channel), law),
        "channel": Channel(case.channel).label,
        "term": law.term("reply"),
        "tags": machine.column_tags(call.visit, _("申请回执"), "互动交流"),
    }
    response = call.render("receipt.html", context)
    if call.request.method == "GET":
        key.forget_receipt(response)
    return response
