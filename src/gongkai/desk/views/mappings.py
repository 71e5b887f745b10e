"""Field mappings of foreign sources: kept by the disclosure office, as data."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.desk.forms.mappings import MappingForm, shown
from gongkai.desk.forms.publishing import Sure
from gongkai.desk.page import DeskView, FormPage
from gongkai.inventory import actions, sources
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role

OFFICE = (Role.DISCLOSURE_OFFICE,)


class MappingView(DeskView):
    """What these pages share."""

    roles = OFFICE
    task = "inventory"

    @cached_property
    def listed(self) -> sources.Listed:
        """The mapping of the address."""
        found = {m.name: m for m in sources.listed()}.get(self.kwargs["name"])
        if found is None:
            raise Http404
        return found

    def home(self) -> str:
        """The list."""
        return reverse("desk:mappings")


class Mappings(MappingView):
    """All mappings: those that ship and those saved here."""

    title = "字段对照"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        rows = [(m, dict(sources.content(m.name)).get("fields", {})) for m in sources.listed()]
        return self.show("desk/mappings.html", rows=rows)


class NewMapping(MappingView, FormPage[MappingForm]):
    """A mapping for a new source."""

    title = "新的字段对照"
    template = "desk/mapping.html"
    form_class = MappingForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_new": True}

    def context(self) -> dict[str, Any]:
        return {"back_url": self.home(), "back_label": "字段对照"}

    def act(self, form: MappingForm) -> HttpResponse:
        name = form.cleaned_data["name"]
        if name in {m.name for m in sources.listed()}:
            sentence = f"已有代号为“{name}”的字段对照，请换一个代号，或到列表里修改它。"
            raise Refusal("mapping.exists", sentence, fields={"name": sentence})
        self.save(name, form, {})
        return self.done(self.home(), "字段对照已保存。")

    def save(self, name: str, form: MappingForm, before: Any) -> None:
        """Keep it through the action, which checks it."""
        actions.save_mapping(
            name=name,
            label=form.cleaned_data["label"],
            content=form.content(before),
            by=self.seat.person,
            now=self.seat.now,
        )


class EditMapping(NewMapping):
    """Changing a mapping; one that ships is then overridden by the saved one.

    Whoever comes from the preview of a run goes back there.
    """

    @cached_property
    def came_from(self) -> str:
        """The preview, where the address names a run and a place in it."""
        asked = self.request.GET
        try:
            run = UUID(asked.get("run", ""))
        except ValueError:
            return ""
        back = {"file": asked.get("file", ""), "mapping": self.listed.name}
        return f"{reverse('desk:run_preview', args=[run])}?{urlencode(back)}"

    def home(self) -> str:
        return self.came_from or super().home()

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"字段对照：{self.listed.label or self.listed.name}"
        return {"is_new": False}

    def initial(self) -> dict[str, Any]:
        return {"label": self.listed.label, **shown(sources.content(self.listed.name))}

    def context(self) -> dict[str, Any]:
        label = "预览" if self.came_from else "字段对照"
        return {"back_url": self.home(), "back_label": label, "listed": self.listed}

    def act(self, form: MappingForm) -> HttpResponse:
        self.save(self.listed.name, form, sources.content(self.listed.name))
        return self.done(self.home(), "字段对照已保存。")


class DropMapping(MappingView, FormPage[Sure]):
    """Forgetting a saved mapping."""

    title = "删去字段对照"
    form_class = Sure
    submit = "删去"

    def context(self) -> dict[str, Any]:
        intro = f"删去“{self.listed.label}”。若与内置的同名，内置的重新有效。"
        return {"back_url": self.home(), "grave": True, "intro": intro}

    def act(self, form: Sure) -> HttpResponse:
        actions.drop_mapping(name=self.listed.name, by=self.seat.person, now=self.seat.now)
        return self.done(self.home(), "已删去。")
