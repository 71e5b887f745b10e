"""The guide to disclosure: draft, check by Art. 12, versions, publication."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.catalog import actions
from gongkai.catalog.models import Guide
from gongkai.desk import paging
from gongkai.desk.forms.guide import GuideForm
from gongkai.desk.page import DeskView, FormPage
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.guide import Gap, GuideItem, check_guide, guide_items
from gongkai.law.model import Law
from gongkai.orgs.models import Role

OFFICE = (Role.DISCLOSURE_OFFICE,)


class GuideView(DeskView):
    """What the pages of the guide share."""

    roles = OFFICE
    task = "guide"

    @cached_property
    def law(self) -> Law:
        """The law of today where the body is."""
        return in_force(self.seat.today, region=self.body().region)

    @cached_property
    def draft(self) -> Guide | None:
        """The draft under work, when there is one."""
        return Guide.objects.filter(body=self.body(), is_draft=True).first()

    @cached_property
    def published(self) -> Guide | None:
        """The guide in use."""
        return Guide.objects.filter(body=self.body(), is_draft=False).first()

    def gaps(self, guide: Guide | None) -> list[Gap]:
        """What is missing: the blocking gaps first."""
        content = guide.content if guide is not None else {}
        found = check_guide({k: str(v) for k, v in content.items()}, law=self.law)
        return sorted(found, key=lambda gap: not gap.blocking)

    def rows(self, guide: Guide) -> list[tuple[GuideItem, str]]:
        """The items with their texts."""
        return [(item, str(guide.content.get(item.key, ""))) for item in guide_items(self.law)]


class GuidePage(GuideView):
    """The guide in use, the draft with its gaps, all versions."""

    title = "公开指南"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The overview."""
        shown = self.draft or self.published
        gaps = self.gaps(self.draft) if self.draft else []
        versions = Guide.objects.filter(body=self.body()).select_related("edited_by")
        return self.show(
            "desk/guide.html",
            draft=self.draft,
            published=self.published,
            gaps=gaps,
            incomplete=any(gap.blocking for gap in gaps),
            rows=self.rows(shown) if shown is not None else [],
            page=paging.page_of(versions.order_by("-number"), request.GET.get("page")),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish the draft."""
        if self.draft is None:
            raise Refusal("guide.no_draft", "没有可公布的草稿。请先修订指南并保存。")
        guide = actions.publish_guide(guide=self.draft, by=self.seat.person, now=self.seat.now)
        return self.done(reverse("desk:guide"), f"指南第{guide.number}版已公布。")


class GuideEdit(GuideView, FormPage[GuideForm]):
    """Writing the next version."""

    title = "修订公开指南"
    template = "desk/guide_edit.html"
    form_class = GuideForm
    submit = "保存草稿"

    def form_kwargs(self) -> dict[str, Any]:
        return {"items": guide_items(self.law)}

    def initial(self) -> dict[str, Any]:
        """The draft; else the version in use; else what the body's own row already tells."""
        guide = self.draft or self.published
        if guide is not None:
            return {**guide.content, "note": guide.note if guide.is_draft else ""}
        body = self.body()
        return {
            "office_name": f"{body.name}办公室",
            "office_address": body.address,
            "office_hours": body.office_hours,
            "phone": body.phone,
            "fax": body.fax,
            "online_contact": body.email,
            "email": body.email,
        }

    def context(self) -> dict[str, Any]:
        return {
            "back_url": reverse("desk:guide"),
            "back_label": "公开指南",
            "gaps": self.gaps(self.draft),
        }

    def act(self, form: GuideForm) -> HttpResponse:
        actions.save_guide(
            body=self.body(),
            content=form.content(),
            note=form.cleaned_data["note"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:guide"), "指南草稿已保存。")


class GuideVersion(GuideView):
    """One version as it was."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The version."""
        guide = get_object_or_404(Guide, body=self.body(), uuid=uuid)
        self.title = f"公开指南第{guide.number}版"
        return self.show("desk/guide_version.html", guide=guide, rows=self.rows(guide))
