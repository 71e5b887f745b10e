"""The body's own order: groups and their seats, duties, classes. The disclosure office's paper."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk.forms.admin import ClassForm, DutyForm, ReasonForm, SeatForm
from gongkai.desk.navigation import KEEPERS
from gongkai.desk.page import DeskView, FormPage
from gongkai.orgs import actions
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Duty, GroupKind, GroupSeat, Role
from gongkai.orgs.values import DutyText, SeatOffer
from gongkai.records import actions as records
from gongkai.records.models import CatalogClass

OFFICE = (Role.DISCLOSURE_OFFICE,)


class OrganisationView(DeskView):
    """What these pages share."""

    roles: ClassVar[tuple[Role, ...]] = KEEPERS
    task = "organisation"

    def home(self) -> str:
        """The overview."""
        return reverse("desk:organisation")


class Organisation(OrganisationView):
    """Groups with their seats, duties, classes with their sections."""

    title = "组织与分类"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The overview."""
        body = self.body()
        seats = list(orgs.seats(body, self.seat.today))
        classes = CatalogClass.objects.filter(body=body).select_related(
            "parent", "responsible_section"
        )
        tops = [c for c in classes if c.parent_id is None]
        return self.show(
            "desk/organisation.html",
            groups=[(kind, [s for s in seats if s.group == kind.value]) for kind in GroupKind],
            duties=orgs.duties(body),
            tree=[(top, [c for c in classes if c.parent_id == top.pk]) for top in tops],
            is_office=self.seat.holds(*OFFICE),
        )


class NewSeat(OrganisationView, FormPage[SeatForm]):
    """Seating somebody."""

    title = "登记小组成员"
    form_class = SeatForm
    submit = "登记"

    def form_kwargs(self) -> dict[str, Any]:
        return {"body": self.body()}

    def context(self) -> dict[str, Any]:
        return {"back_url": self.home(), "back_label": "组织与分类"}

    def act(self, form: SeatForm) -> HttpResponse:
        data = form.cleaned_data
        offer = SeatOffer(**{**data, "ordinal": data["ordinal"] or 0})
        actions.seat(body=self.body(), offer=offer, by=self.seat.person, now=self.seat.now)
        return self.done(self.home(), "已登记。")


class Unseat(OrganisationView):
    """Ending a seat."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it today."""
        seat = get_object_or_404(GroupSeat, pk=pk, body=self.body())
        actions.unseat(seat=seat, by=self.seat.person, now=self.seat.now)
        return self.done(self.home(), "已免去。")


class EditDuty(OrganisationView, FormPage[DutyForm]):
    """A new duty, or a change of one."""

    form_class = DutyForm

    @cached_property
    def duty(self) -> Duty | None:
        """The duty of the address; None for a new one."""
        pk = self.kwargs.get("pk")
        return get_object_or_404(Duty, pk=pk, body=self.body()) if pk else None

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"职责：{self.duty.title}" if self.duty else "登记职责"
        return {"body": self.body()}

    def initial(self) -> dict[str, Any]:
        if self.duty is None:
            return {}
        return {
            n: getattr(self.duty, f"{n}_id" if n in ("section", "person") else n)
            for n in DutyForm.base_fields
        }

    def context(self) -> dict[str, Any]:
        return {"back_url": self.home(), "back_label": "组织与分类"}

    def act(self, form: DutyForm) -> HttpResponse:
        data = form.cleaned_data
        wording = DutyText(**{**data, "ordinal": data["ordinal"] or 0})
        by, now = self.seat.person, self.seat.now
        if self.duty is None:
            actions.assign_duty(body=self.body(), duty=wording, by=by, now=now)
        else:
            actions.edit_duty(duty=self.duty, wording=wording, by=by, now=now)
        return self.done(self.home(), "职责已保存。")


class DropDuty(OrganisationView, FormPage[ReasonForm]):
    """Striking a duty out."""

    title = "删去职责"
    form_class = ReasonForm
    submit = "删去"

    @cached_property
    def duty(self) -> Duty:
        """The duty of the address."""
        return get_object_or_404(Duty, pk=self.kwargs["pk"], body=self.body())

    def context(self) -> dict[str, Any]:
        intro = f"删去职责“{self.duty.title}”。原文留在留痕里。"
        return {"back_url": self.home(), "grave": True, "intro": intro}

    def act(self, form: ReasonForm) -> HttpResponse:
        actions.drop_duty(
            duty=self.duty,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.home(), "已删去。")


class EditClass(OrganisationView, FormPage[ClassForm]):
    """A new class or sub-class, or a change of one."""

    roles = OFFICE
    form_class = ClassForm

    @cached_property
    def row(self) -> CatalogClass | None:
        """The class of the address; None for a new one."""
        pk = self.kwargs.get("pk")
        return get_object_or_404(CatalogClass, pk=pk, body=self.body()) if pk else None

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"分类：{self.row.name}" if self.row else "增设分类"
        return {"body": self.body(), "row": self.row}

    def initial(self) -> dict[str, Any]:
        if self.row is None:
            return {"is_active": True}
        return {
            n: getattr(self.row, f"{n}_id" if n in ("parent", "responsible_section") else n)
            for n in ClassForm.base_fields
        }

    def context(self) -> dict[str, Any]:
        return {"back_url": self.home(), "back_label": "组织与分类"}

    def act(self, form: ClassForm) -> HttpResponse:
        by, now = self.seat.person, self.seat.now
        if self.row is None:
            records.create_class(body=self.body(), fields=form.values(), by=by, now=now)
        else:
            records.edit_class(row=self.row, fields=form.values(), by=by, now=now)
        return self.done(self.home(), "分类已保存。")
