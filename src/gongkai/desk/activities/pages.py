"""Pages of the register of activities: list, one activity, entry, striking out, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.assessment import activities, activity_policies
from gongkai.assessment.actions import activities as actions
from gongkai.assessment.models import Activity, ActivityFile
from gongkai.desk import paging
from gongkai.desk.activities.forms import ActivityForm, Filters, Paper, Strike
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.statistics.answers import download
from gongkai.records import store
from gongkai.reporting.tables import Cell, Table, to_xlsx

KEEPERS = activity_policies.KEEPERS
COLUMNS = (
    "日期", "类别", "主题", "召集人（单位）", "地点", "到会人数", "发放份数", "到会名单",
    "内容纪要", "材料份数", "划去理由",
)  # fmt: skip
MOST_EXPORTED = 50_000


class Activities(DeskView):
    """Every activity the person may see, the newest first."""

    roles = AT_WORK
    task = "activities"
    title = "活动台账"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the register, or the whole as a workbook."""
        form = Filters(data=request.GET or None)
        wanted: Mapping[str, Any] = {}
        if form.is_bound:
            form.is_valid()
            wanted = form.cleaned_data
        visible = activities.visible_to(self.seat.person, self.seat.today)
        rows = narrowed(visible, wanted)
        if request.GET.get("format") == "xlsx":
            table = Table("活动台账", COLUMNS, _cells(rows))
            return download(to_xlsx([table]), f"活动台账-{self.seat.today.isoformat()}.xlsx")
        query = request.GET.copy()
        query["format"] = "xlsx"
        return self.show(
            "desk/activities/list.html",
            form=form,
            page=paging.page_of(rows.select_related("body"), request.GET.get("page")),
            narrowed=any(wanted.values()),
            may_write=self.seat.holds(*KEEPERS),
            export=query.urlencode(),
        )


def narrowed(rows: QuerySet[Activity], wanted: Mapping[str, Any]) -> QuerySet[Activity]:
    """The rows that match the filters."""
    asked = {
        "kind": wanted.get("kind") or None,
        "held_on__gte": wanted.get("from_on"),
        "held_on__lte": wanted.get("until_on"),
        "subject__icontains": str(wanted.get("q") or "").strip() or None,
    }
    found = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    return found.order_by("-held_on", "-id")


def _cells(rows: QuerySet[Activity]) -> Iterator[list[Cell]]:
    for row in rows.prefetch_related("files")[:MOST_EXPORTED].iterator(chunk_size=500):
        yield [
            row.held_on, row.get_kind_display(), row.subject, row.called_by, row.place,
            row.attendance, row.copies, row.attendees, row.note, len(row.files.all()),
            row.struck_reason,
        ]  # fmt: skip


class OnActivity(DeskView):
    """What the pages of one activity share."""

    roles = AT_WORK
    task = "activities"

    @cached_property
    def activity(self) -> Activity:
        """The activity of the address, if the person may see it."""
        visible = activities.visible_to(self.seat.person, self.seat.today)
        return get_object_or_404(visible.select_related("body"), uuid=self.kwargs["uuid"])

    def home(self) -> str:
        """The page of the activity."""
        return reverse("desk:activity", args=[self.activity.uuid])

    def back(self) -> dict[str, Any]:
        """The way back from a form."""
        return {"back_url": self.home(), "back_label": self.activity.subject}


class OneActivity(OnActivity, FormPage[Paper]):
    """One activity with its papers, and the form to add one."""

    template = "desk/activities/activity.html"
    form_class = Paper
    submit = "上传"

    def context(self) -> dict[str, Any]:
        self.title = self.activity.subject
        may = activity_policies.may_keep(self.seat.person, self.activity.body, self.seat.today)
        return {
            "activity": self.activity,
            "files": self.activity.files.select_related("file", "added_by"),
            "may_write": bool(may) and self.activity.struck_at is None,
        }

    def act(self, form: Paper) -> HttpResponse:
        file = form.cleaned_data["file"]
        actions.add_paper(
            activity=self.activity,
            name=file.name,
            content=file.read(),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.home(), "已添加材料。")


class NewActivity(FormPage[ActivityForm]):
    """Entering an activity."""

    roles = KEEPERS
    task = "activities"
    title = "登记活动"
    form_class = ActivityForm
    submit = "登记"

    def context(self) -> dict[str, Any]:
        return {"back_url": reverse("desk:activities"), "back_label": "活动台账"}

    def act(self, form: ActivityForm) -> HttpResponse:
        made = actions.record_activity(
            body=self.body(), text=form.text(), by=self.seat.person, now=self.seat.now
        )
        return self.done(reverse("desk:activity", args=[made.uuid]), "已登记。可以接着添加材料。")


class EditActivity(OnActivity, FormPage[ActivityForm]):
    """Changing what was entered."""

    roles = KEEPERS
    form_class = ActivityForm

    def initial(self) -> dict[str, Any]:
        self.title = f"修改：{self.activity.subject}"
        return {name: getattr(self.activity, name) for name in ActivityForm.base_fields}

    def context(self) -> dict[str, Any]:
        return self.back()

    def act(self, form: ActivityForm) -> HttpResponse:
        actions.amend_activity(
            activity=self.activity, text=form.text(), by=self.seat.person, now=self.seat.now
        )
        return self.done(self.home(), "已修改。")


class StrikeActivity(OnActivity, FormPage[Strike]):
    """Taking an activity out of the counts."""

    roles = KEEPERS
    form_class = Strike
    submit = "划去"

    def context(self) -> dict[str, Any]:
        self.title = f"划去：{self.activity.subject}"
        return {**self.back(), "grave": True}

    def act(self, form: Strike) -> HttpResponse:
        actions.strike_activity(
            activity=self.activity,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.home(), "已划去，不再计数。")


class ActivityPaper(OnActivity):
    """One paper, always as a download."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
        """The bytes."""
        held = get_object_or_404(
            ActivityFile.objects.select_related("file"), pk=pk, activity=self.activity
        )
        return FileResponse(
            store.path_of(held.file.sha256).open("rb"),
            as_attachment=True,
            filename=held.name,
            content_type="application/octet-stream",
        )
