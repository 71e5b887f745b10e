"""Bulletins 通报 at the desk: listed, drafted, edited, counted again, issued, printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.desk import paging
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.statistics.answers import download
from gongkai.desk.statistics.forms import BulletinForm, IssueForm, TermForm
from gongkai.orgs.models import Role
from gongkai.reporting import bulletin_paper, bulletin_policies, bulletins
from gongkai.reporting.actions import bulletins as actions
from gongkai.reporting.bulletin_flow import BULLETIN_FLOW
from gongkai.reporting.models import Bulletin, BulletinState
from gongkai.reporting.progress.figures import SECTION_HEADS

OFFICE = (Role.DISCLOSURE_OFFICE,)


class Bulletins(DeskView):
    """Every bulletin the person may see, the newest period first."""

    roles = AT_WORK
    task = "bulletins"
    title = "通报"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the list."""
        rows = bulletins.visible_to(self.seat.person, self.seat.today)
        rows = rows.select_related("body").order_by("-last_on", "-id")
        return self.show(
            "desk/statistics/bulletins.html",
            page=paging.page_of(rows, request.GET.get("page")),
            may_write=self.seat.holds(*OFFICE),
        )


class NewBulletin(FormPage[TermForm]):
    """Drafting one for a period."""

    roles = OFFICE
    task = "bulletins"
    title = "起草通报"
    form_class = TermForm
    submit = "取数并起草"

    def form_kwargs(self) -> dict[str, Any]:
        return {"terms": bulletins.terms(self.seat.today)}

    def context(self) -> dict[str, Any]:
        return {
            "back_url": reverse("desk:bulletins"),
            "back_label": "通报",
            "intro": "按这段时间的登记自动取数，写成初稿。初稿可以修改，印发之后就不再改动。",
        }

    def act(self, form: TermForm) -> HttpResponse:
        made = actions.draft_bulletin(
            body=self.body(), term=form.term, by=self.seat.person, now=self.seat.now
        )
        return self.done(reverse("desk:bulletin", args=[made.uuid]), "已起草，请核对正文。")


class OnBulletin(DeskView):
    """What the pages of one bulletin share."""

    roles = AT_WORK
    task = "bulletins"

    @cached_property
    def bulletin(self) -> Bulletin:
        """The bulletin of the address, if the person may see it."""
        visible = bulletins.visible_to(self.seat.person, self.seat.today)
        rows = visible.select_related("body", "issued_by", "edited_by")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def home(self) -> str:
        """The page of the bulletin."""
        return reverse("desk:bulletin", args=[self.bulletin.uuid])

    def back(self) -> dict[str, Any]:
        """The way back from a form."""
        return {"back_url": self.home(), "back_label": self.bulletin.title}


class OneBulletin(OnBulletin):
    """Text and figures as they stand, with what can be done next."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The page."""
        bulletin, seat = self.bulletin, self.seat
        self.title = bulletin.title
        may = bulletin_policies.may_issue(seat.person, bulletin.body, seat.today)
        issued = bulletin.state == BulletinState.ISSUED
        lines = [line.strip() for line in bulletin.text.splitlines() if line.strip()]
        return self.show(
            "desk/statistics/bulletin.html",
            bulletin=bulletin,
            lines=[(line, bulletin_paper.is_heading(line)) for line in lines],
            heads=SECTION_HEADS,
            rows=bulletin.figures.get("sections", []),
            may_change=bool(may) and BULLETIN_FLOW.can(bulletin.state, "edit"),
            issued=issued,
            intact=bulletins.is_intact(bulletin) if issued else None,
            form=IssueForm(),
        )


class EditBulletin(OnBulletin, FormPage[BulletinForm]):
    """Changing the words of a draft."""

    roles = OFFICE
    form_class = BulletinForm

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.bulletin, name) for name in BulletinForm.base_fields}

    def context(self) -> dict[str, Any]:
        self.title = f"修改：{self.bulletin.title}"
        return self.back()

    def act(self, form: BulletinForm) -> HttpResponse:
        actions.edit_bulletin(
            bulletin=self.bulletin,
            words=form.cleaned_data,
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.home(), "已保存。")


class Recount(OnBulletin):
    """Taking the figures of today."""

    roles = OFFICE

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Count again and draft the text anew."""
        actions.recount_bulletin(bulletin=self.bulletin, by=self.seat.person, now=self.seat.now)
        return self.done(self.home(), "已重新取数，正文按新的数字重新起草。")


class Issue(OnBulletin, FormPage[IssueForm]):
    """Issuing it, once and for good."""

    roles = OFFICE
    form_class = IssueForm
    submit = "印发"

    def context(self) -> dict[str, Any]:
        self.title = f"印发：{self.bulletin.title}"
        intro = "印发后给出编号和校验值，正文和数字从此不能改动，也不能删去。"
        return {**self.back(), "intro": intro}

    def act(self, form: IssueForm) -> HttpResponse:
        done = actions.issue_bulletin(
            bulletin=self.bulletin, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.home(), f"已印发，编号{done.number}。")


class Discard(OnBulletin):
    """Throwing a draft away."""

    roles = OFFICE

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Gone, with a line in the journal."""
        actions.discard_bulletin(bulletin=self.bulletin, by=self.seat.person, now=self.seat.now)
        return self.done(reverse("desk:bulletins"), "草稿已删去。")


class Print(OnBulletin):
    """The paper as PDF or DOCX."""

    kind = "pdf"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The file."""
        bulletin = self.bulletin
        if self.kind == "pdf":
            content = bulletin_paper.draw_pdf(bulletin, now=self.seat.now)
        else:
            content = bulletin_paper.draw_docx(bulletin)
        return download(content, f"{bulletin.title}.{self.kind}")
