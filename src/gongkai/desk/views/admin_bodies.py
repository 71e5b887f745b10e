"""Bodies and their sections, holiday notices: for the system administrator."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.forms.admin import BodyForm, NoticeForm, ReasonForm, SectionForm
from gongkai.desk.page import DeskView, FormPage
from gongkai.orgs import actions
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, HolidayNotice, Role, Section
from gongkai.orgs.values import NoticeText

SYSTEM = (Role.SYSTEM_ADMIN,)


def bodies_under(view: DeskView, role: str) -> QuerySet[Body]:
    """The bodies in which the person holds the role, and all below them."""
    held = [g.body for g in orgs.grants_of(view.seat.person, view.seat.today) if g.role == role]
    keys = {b.pk for body in held for b in (body, *orgs.descendants(body))}
    return Body.objects.filter(pk__in=keys).order_by("code")


class Administration(DeskView):
    """The door to administration: everyone to his own part."""

    task = "admin"
    roles = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Bodies for the system administrator, people for the security administrator."""
        name = "desk:bodies" if self.seat.holds(Role.SYSTEM_ADMIN) else "desk:people"
        return HttpResponseRedirect(reverse(name))


class Bodies(DeskView):
    """The tree of bodies."""

    roles = SYSTEM
    task = "admin"
    title = "机构"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Parents before children, with their sections' number."""
        allowed = {b.pk for b in bodies_under(self, Role.SYSTEM_ADMIN)}
        tree = [(depth, body) for depth, body in orgs.body_tree() if body.pk in allowed]
        return self.show("desk/bodies.html", tree=tree, tab="bodies")


class BodyPage(DeskView):
    """What the pages about one body share."""

    roles = SYSTEM
    task = "admin"

    @cached_property
    def row(self) -> Body:
        """The body of the address, when it is this administrator's."""
        return get_object_or_404(bodies_under(self, Role.SYSTEM_ADMIN), uuid=self.kwargs["uuid"])

    def url(self) -> str:
        """The body's page."""
        return reverse("desk:body", kwargs={"uuid": self.row.uuid})


class NewBody(FormPage[BodyForm]):
    """Registering a body."""

    roles = SYSTEM
    task = "admin"
    title = "登记机关"
    form_class = BodyForm
    submit = "登记"

    def form_kwargs(self) -> dict[str, Any]:
        return {"bodies": bodies_under(self, Role.SYSTEM_ADMIN)}

    def initial(self) -> dict[str, Any]:
        return {"parent": self.seat.person.body_id, "level": "bureau"}

    def context(self) -> dict[str, Any]:
        return {"back_url": reverse("desk:bodies"), "back_label": "机构"}

    def act(self, form: BodyForm) -> HttpResponse:
        body = actions.create_body(fields=form.values({}), by=self.seat.person, now=self.seat.now)
        url = reverse("desk:body", kwargs={"uuid": body.uuid})
        return self.done(url, f"已登记{body.name}。")


class EditBody(BodyPage, FormPage[BodyForm]):
    """A body with its sections."""

    template = "desk/body.html"
    form_class = BodyForm

    def form_kwargs(self) -> dict[str, Any]:
        self.title = self.row.name
        return {"bodies": bodies_under(self, Role.SYSTEM_ADMIN).exclude(pk=self.row.pk)}

    def initial(self) -> dict[str, Any]:
        row = self.row
        names = [n for n in BodyForm.base_fields if n not in ("pattern", "restarts_yearly")]
        start = {n: getattr(row, "parent_id" if n == "parent" else n) for n in names}
        grammar = row.profile.get("index_number") if isinstance(row.profile, dict) else None
        if isinstance(grammar, dict):
            start["pattern"] = grammar.get("pattern", "")
            start["restarts_yearly"] = grammar.get("restarts_yearly", False)
        return start

    def context(self) -> dict[str, Any]:
        sections = self.row.sections.order_by("-is_active", "ordinal", "code")
        return {
            "row": self.row,
            "sections": sections,
            "back_url": reverse("desk:bodies"),
            "back_label": "机构",
        }

    def act(self, form: BodyForm) -> HttpResponse:
        profile = self.row.profile if isinstance(self.row.profile, dict) else {}
        actions.edit_body(
            body=self.row, fields=form.values(profile), by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), "已保存。")


class CloseBody(BodyPage, FormPage[ReasonForm]):
    """Taking a body out of use."""

    form_class = ReasonForm
    submit = "停用"
    title = "停用机关"

    def context(self) -> dict[str, Any]:
        return {
            "back_url": self.url(),
            "grave": True,
            "intro": f"停用{self.row.name}。它的信息、人员和留痕都保留。",
        }

    def act(self, form: ReasonForm) -> HttpResponse:
        actions.deactivate_body(
            body=self.row,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:bodies"), f"{self.row.name}已停用。")


class EditSection(BodyPage, FormPage[SectionForm]):
    """A new section, or a change of one (`pk` in the address)."""

    form_class = SectionForm

    @cached_property
    def section(self) -> Section | None:
        """The section of the address; None for a new one."""
        pk = self.kwargs.get("pk")
        return get_object_or_404(Section, pk=pk, body=self.row) if pk else None

    def initial(self) -> dict[str, Any]:
        self.title = f"科室：{self.section.name}" if self.section else "增设科室"
        if self.section is None:
            return {}
        return {n: getattr(self.section, n) for n in SectionForm.base_fields}

    def context(self) -> dict[str, Any]:
        return {"back_url": self.url(), "back_label": self.row.name}

    def act(self, form: SectionForm) -> HttpResponse:
        by, now = self.seat.person, self.seat.now
        if self.section is None:
            actions.create_section(body=self.row, fields=form.values(), by=by, now=now)
        else:
            actions.edit_section(section=self.section, fields=form.values(), by=by, now=now)
        return self.done(self.url(), "科室已保存。")


class CloseSection(BodyPage, FormPage[ReasonForm]):
    """Taking a section out of use."""

    form_class = ReasonForm
    submit = "停用"
    title = "停用科室"

    @cached_property
    def section(self) -> Section:
        """The section of the address."""
        return get_object_or_404(Section, pk=self.kwargs["pk"], body=self.row)

    def context(self) -> dict[str, Any]:
        return {"back_url": self.url(), "grave": True, "intro": f"停用{self.section.name}。"}

    def act(self, form: ReasonForm) -> HttpResponse:
        actions.deactivate_section(
            section=self.section,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"{self.section.name}已停用。")


class Notices(FormPage[NoticeForm]):
    """The yearly holiday notices, with the form to load one."""

    roles = SYSTEM
    task = "admin"
    title = "节假日安排"
    template = "desk/notices.html"
    form_class = NoticeForm
    submit = "录入并重算期限"

    def context(self) -> dict[str, Any]:
        rows = HolidayNotice.objects.order_by("-year", "-issued_on", "-id")
        days = orgs.calendar()
        year = self.seat.today.year
        return {
            "page": paging.page_of(rows, self.request.GET.get("page")),
            "known": [(y, y in days.certified_years) for y in (year, year + 1)],
            "tab": "notices",
        }

    def act(self, form: NoticeForm) -> HttpResponse:
        notice = NoticeText(**form.cleaned_data)
        row = actions.load_notice(notice=notice, by=self.seat.person, now=self.seat.now)
        return self.done(reverse("desk:notices"), f"{row.year}年的安排已录入，期限已重算。")
