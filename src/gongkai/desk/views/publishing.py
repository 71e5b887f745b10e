"""The disclosure office: publish, schedule, withdraw, revise, look again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.catalog import actions
from gongkai.catalog.models import CatalogEntry, PublicationOrder
from gongkai.desk import paging, refusals
from gongkai.desk.forms.publishing import Reason, Schedule, Sure, Withdraw
from gongkai.desk.forms.records import ValidityForm
from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.record_page import RecordPage
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role
from gongkai.records import actions as records_actions
from gongkai.records import queries as records
from gongkai.records.choices import Attribute, RecordState, Validity
from gongkai.records.values import ValidityChange
from gongkai.review import actions as review_actions

OFFICE = (Role.DISCLOSURE_OFFICE,)
MOST_AT_ONCE = 100


class Publishing(DeskView):
    """What was decided and is not published yet, and what is ordered for later."""

    roles = OFFICE
    task = "publishing"
    title = "发布"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The two lists, and what was published last."""
        visible = records.visible_to(self.seat.person, self.seat.today)
        waiting = visible.filter(state=RecordState.DECIDED, attribute=Attribute.PROACTIVE)
        waiting = waiting.select_related("section", "catalog_class")
        orders = PublicationOrder.objects.filter(
            record__in=visible.values("pk"), done_at__isnull=True, cancelled_at__isnull=True
        )
        latest = CatalogEntry.objects.filter(record__in=visible.values("pk"))
        return self.show(
            "desk/publishing.html",
            page=paging.page_of(
                waiting.order_by("publish_due_on", "id"), request.GET.get("page"), size=50
            ),
            orders=orders.select_related("record", "ordered_by").order_by("not_before")[:100],
            latest=latest.order_by("-published_at")[:10],
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish the chosen ones, one by one: each is an act of its own."""
        visible = records.visible_to(self.seat.person, self.seat.today)
        chosen = [u for u in request.POST.getlist("record") if _is_uuid(u)][:MOST_AT_ONCE]
        if not chosen:
            raise Refusal("publish.none", "还没有勾选要发布的信息。请回到上一页勾选后再按“发布”。")
        done, refused = 0, []
        for record in visible.filter(uuid__in=chosen).order_by("publish_due_on", "id"):
            try:
                actions.publish(record=record, by=self.seat.person, now=self.seat.now)
                done += 1
            except Refusal as refusal:
                refused.append((record, refusals.with_basis(refusal)))
        if not refused:
            return self.done(reverse("desk:publishing"), f"已发布{done}条。")
        return self.show(
            "desk/publishing_refused.html",
            status=refusals.NOT_ACCEPTED,
            done_count=done,
            refused=refused,
        )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class Publish(RecordPage, FormPage[Sure]):
    """Publishing one record: now, or at a later moment."""

    roles = OFFICE
    task = "publishing"
    template = "desk/publish.html"
    form_class = Sure
    submit = "现在发布"
    title = "发布"
    later: Schedule | None = None

    def context(self) -> dict[str, Any]:
        order = PublicationOrder.objects.filter(
            record=self.record, done_at__isnull=True, cancelled_at__isnull=True
        ).first()
        return {
            "order": order,
            "later": self.later or Schedule(prefix="later"),
            "files": self.record.files.exclude(purpose="source").select_related("file"),
            "lines": self.text.split("\n"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Now, or later when the second form was used."""
        if request.POST.get("step") != "later":
            return super().post(request, *args, **kwargs)
        form = Schedule(data=request.POST, prefix="later")
        if form.is_valid():
            when = form.cleaned_data["not_before"]
            try:
                actions.schedule(
                    record=self.record, not_before=when, by=self.seat.person, now=self.seat.now
                )
            except Refusal as refusal:
                refusals.onto_form(form, refusal)
            else:
                return self.done(self.url(), f"已定于 {when:%Y-%m-%d %H:%M} 发布。")
        self.later = form
        return self.page(Sure(), status=refusals.NOT_ACCEPTED)

    def act(self, form: Sure) -> HttpResponse:
        entry = actions.publish(record=self.record, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), f"已发布，索引号 {entry.index_number}。")


class CancelOrder(RecordPage):
    """Take back an order to publish later."""

    roles = OFFICE

    def post(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """Cancel it."""
        order = get_object_or_404(PublicationOrder, pk=pk, record=self.record)
        actions.cancel_order(order=order, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已取消定时发布。")


class WithdrawPage(RecordPage, FormPage[Withdraw]):
    """Taking a record off the site, with a coded reason."""

    roles = OFFICE
    form_class = Withdraw
    submit = "撤下"
    title = "撤下"

    def context(self) -> dict[str, Any]:
        return {
            "intro": f"撤下《{self.record.title}》。网页上将只留索引号和撤下原因，搜索里不再出现；"
            "国家秘密、个人隐私、商业秘密的，连名称也不留。",
            "grave": True,
        }

    def act(self, form: Withdraw) -> HttpResponse:
        data = form.cleaned_data
        actions.withdraw(
            record=self.record,
            code=data["code"],
            note=data["note"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已撤下。")


class RevisePage(RecordPage, FormPage[Reason]):
    """Opening a published record for change; the public keeps seeing the present version."""

    roles = OFFICE
    form_class = Reason
    submit = "开始修订"
    title = "修订"

    def context(self) -> dict[str, Any]:
        return {
            "intro": f"修订《{self.record.title}》。审查、发布之前，网站上仍是现在的版本；"
            "索引号不变。"
        }

    def act(self, form: Reason) -> HttpResponse:
        actions.revise(
            record=self.record,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return HttpResponseRedirect(self.url("record_edit"))


class RereviewPage(RecordPage, FormPage[Sure]):
    """Looking again at what was decided (Art. 18)."""

    roles = EDITORS
    form_class = Sure
    submit = "开始重新评估"
    title = "重新评估"

    def context(self) -> dict[str, Any]:
        return {
            "intro": f"重新评估《{self.record.title}》的公开属性（《条例》第十八条）："
            "回到草稿，由科室重新提出，再经核实和确定。"
        }

    def act(self, form: Sure) -> HttpResponse:
        review_actions.begin_rereview(record=self.record, by=self.seat.person, now=self.seat.now)
        return HttpResponseRedirect(self.url("record_propose"))


class ValidityPage(RecordPage, FormPage[ValidityForm]):
    """Validity changes with its cause and its day; the catalog follows at once."""

    roles = EDITORS
    form_class = ValidityForm
    submit = "变更有效性"
    title = "变更有效性"

    def initial(self) -> dict[str, Any]:
        return {"validity": self.record.validity, "on": self.seat.today}

    def context(self) -> dict[str, Any]:
        label = self.record.get_validity_display()
        return {"intro": f"《{self.record.title}》现在标为“{label}”。"}

    def act(self, form: ValidityForm) -> HttpResponse:
        data = form.cleaned_data
        change = ValidityChange(
            validity=Validity(data["validity"]), cause=data["cause"], on=data["on"]
        )
        records_actions.change_validity(
            record=self.record, change=change, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), f"有效性已改为“{Validity(data['validity']).label}”。")
