"""Accounts and roles: for the security administrator."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.forms.admin import GrantForm, PersonForm, ReasonForm
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.views.admin_bodies import bodies_under
from gongkai.orgs import actions
from gongkai.orgs.models import Body, Person, Role, RoleGrant
from gongkai.orgs.values import RoleAward

SECURITY = (Role.SECURITY_ADMIN,)


class PeopleView(DeskView):
    """What the pages about accounts share."""

    roles = SECURITY
    task = "admin"

    def bodies(self) -> QuerySet[Body]:
        """The bodies this administrator answers for."""
        return bodies_under(self, Role.SECURITY_ADMIN)

    def visible(self) -> QuerySet[Person]:
        """The accounts of those bodies."""
        return Person.objects.filter(body__in=self.bodies().values("pk"))

    @cached_property
    def row(self) -> Person:
        """The account of the address."""
        rows = self.visible().select_related("body", "section")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def url(self) -> str:
        """The account's page."""
        return reverse("desk:person", kwargs={"uuid": self.row.uuid})


class People(PeopleView):
    """The accounts."""

    title = "人员"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of accounts, found by name."""
        words = request.GET.get("q", "")[:60].strip()
        rows = self.visible().select_related("body", "section").order_by("-is_active", "username")
        if words:
            rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
        page = paging.page_of(rows, request.GET.get("page"), size=50)
        held = RoleGrant.objects.filter(
            person__in=[p.pk for p in page.object_list], until__isnull=True
        )
        roles: dict[int, list[str]] = {}
        for grant in held:
            roles.setdefault(grant.person_id, []).append(str(Role(grant.role).label))
        people = [(person, roles.get(person.pk, [])) for person in page.object_list]
        return self.show("desk/people.html", page=page, people=people, q=words, tab="people")


class NewPerson(PeopleView, FormPage[PersonForm]):
    """Opening an account."""

    title = "开立账号"
    form_class = PersonForm
    submit = "开立"

    def form_kwargs(self) -> dict[str, Any]:
        return {"bodies": self.bodies()}

    def initial(self) -> dict[str, Any]:
        return {"body": self.seat.person.body_id}

    def context(self) -> dict[str, Any]:
        return {"back_url": reverse("desk:people"), "back_label": "人员"}

    def act(self, form: PersonForm) -> HttpResponse:
        person = actions.create_person(
            fields=form.cleaned_data, by=self.seat.person, now=self.seat.now
        )
        url = reverse("desk:person", kwargs={"uuid": person.uuid})
        return self.done(url, f"已开立账号{person.username}。接下来发临时密码、授予角色。")


class OnePerson(PeopleView, FormPage[PersonForm]):
    """One account: its data, its roles, its password and lock."""

    template = "desk/person.html"
    form_class = PersonForm

    def form_kwargs(self) -> dict[str, Any]:
        self.title = self.row.name
        return {"bodies": self.bodies()}

    def initial(self) -> dict[str, Any]:
        row = self.row
        return {
            n: getattr(row, f"{n}_id" if n in ("body", "section") else n)
            for n in PersonForm.base_fields
        }

    def context(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "grants": self.row.grants.select_related("body", "section").order_by("-id"),
            "back_url": reverse("desk:people"),
            "back_label": "人员",
            "live_tokens": self.row.tokens.filter(
                revoked_at=None, expires_at__gt=self.seat.now
            ).count(),
            "myself": self.row.pk == self.seat.person.pk,
        }

    def act(self, form: PersonForm) -> HttpResponse:
        actions.edit_person(
            person=self.row, fields=form.cleaned_data, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), "已保存。")


class Grant(PeopleView, FormPage[GrantForm]):
    """Giving a role."""

    form_class = GrantForm
    submit = "授予"

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"授予角色：{self.row.name}"
        return {"bodies": self.bodies()}

    def initial(self) -> dict[str, Any]:
        return {"body": self.row.body_id}

    def context(self) -> dict[str, Any]:
        return {"back_url": self.url(), "back_label": self.row.name}

    def act(self, form: GrantForm) -> HttpResponse:
        award = RoleAward(**form.cleaned_data)
        actions.grant(person=self.row, award=award, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), f"已授予“{Role(award.role).label}”。")


class Revoke(PeopleView, FormPage[ReasonForm]):
    """Taking a role away."""

    form_class = ReasonForm
    submit = "收回"
    title = "收回角色"

    @cached_property
    def held(self) -> RoleGrant:
        """The grant of the address."""
        return get_object_or_404(self.row.grants.select_related("body"), pk=self.kwargs["pk"])

    def context(self) -> dict[str, Any]:
        label = Role(self.held.role).label
        return {
            "back_url": self.url(),
            "grave": True,
            "intro": f"收回{self.row.name}在{self.held.body.name}的角色“{label}”。",
        }

    def act(self, form: ReasonForm) -> HttpResponse:
        actions.revoke(
            grant=self.held,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已收回。")


class Switch(PeopleView, FormPage[ReasonForm]):
    """Closing an account, or opening it again."""

    form_class = ReasonForm

    def context(self) -> dict[str, Any]:
        on = self.row.is_active
        self.title = "停用账号" if on else "恢复账号"
        words = "停用后马上退出，不能再登录" if on else "恢复后，原来授予的角色重新有效"
        return {
            "back_url": self.url(),
            "grave": on,
            "submit": self.title,
            "intro": f"{self.title}{self.row.username}（{self.row.name}）。{words}。",
        }

    def act(self, form: ReasonForm) -> HttpResponse:
        deed = actions.deactivate if self.row.is_active else actions.reactivate
        deed(
            person=self.row,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已办理。")


class IssuePassword(PeopleView):
    """A temporary password, shown once."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Set it and show it; the answer is never cached (no-store on the whole desk)."""
        password = actions.issue_password(person=self.row, by=self.seat.person, now=self.seat.now)
        self.title = "临时密码"
        return self.show("desk/password.html", row=self.row, password=password)


class Unlock(PeopleView):
    """Lifting a lock-out."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Forget the wrong passwords."""
        actions.unlock(person=self.row, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已解除锁定。")


class RevokeTokens(PeopleView):
    """Ending every access token of an account."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """At once; programs that use one are refused from now on."""
        count = actions.revoke_tokens(person=self.row, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), f"已吊销{count}个访问令牌。")
