"""答复公示: answers released for everybody, in words written for it; nothing of who asked."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from gongkai.disclosure.models import PublicAnswer
from gongkai.law.replies import BY_KEY
from gongkai.portal import links, machine
from gongkai.portal.applying.frame import Call, private
from gongkai.portal.pager import pager
from gongkai.portal.questions import page_number, pairs

PAGE_SIZE = 20


@private()
def answers(call: Call) -> HttpResponse:
    """The newest answers first."""
    visit = call.visit
    shown = PublicAnswer.objects.filter(
        withdrawn_at__isnull=True, request__body_id__in=list(visit.names.bodies)
    ).select_related("request")
    pages, number = Paginator(shown, PAGE_SIZE), page_number(visit.request)
    if number > pages.num_pages:
        raise Http404(_("没有这一页。请从第一页开始。"))
    row = pager(links.to("answers"), pairs(visit.request), number=number, last=pages.num_pages)
    context = {
        "rows": [_told(call, each) for each in pages.page(number).object_list],
        "total": pages.count,
        "pager": row,
        "tags": machine.column_tags(visit, _("答复公示"), "互动交流"),
    }
    return call.render("answers.html", context)


@private()
def answer(call: Call, uuid: UUID) -> HttpResponse:
    """One answer."""
    found = (
        PublicAnswer.objects.filter(uuid=uuid, withdrawn_at__isnull=True)
        .select_related("request")
        .first()
    )
    if found is None:
        raise Http404(_("没有这条答复，或者它已经撤下。请回到答复公示查看。"))
    tags = machine.column_tags(call.visit, _("答复公示"), "互动交流", found.asked)
    context = {**_told(call, found), "text": machine.paragraphs(found.answered), "tags": tags}
    return call.render("answer.html", context)


def _told(call: Call, row: PublicAnswer) -> dict[str, object]:
    """Only what was written for everybody, the body, the kind of reply, the day of release."""
    body = call.visit.names.bodies.get(row.request.body_id)
    outcome = BY_KEY.get(row.request.outcome)
    return {
        "asked": row.asked,
        "address": links.answer(row.uuid),
        "of": body.name if body else "",
        "outcome": outcome.label if outcome else "",
        "on": machine.local(row.released_at).date(),
    }
