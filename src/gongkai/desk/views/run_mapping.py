"""A mapping for a table that waits in a run: proposed or as it is, corrected, tried, saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.desk import refusals
from gongkai.desk.forms.run_mapping import Line, RunMappingForm
from gongkai.desk.page import FormPage
from gongkai.desk.views.mappings import OFFICE
from gongkai.desk.views.run_preview import PreviewView, shown
from gongkai.inventory import actions, sources
from gongkai.inventory.amending import amended, choice_of
from gongkai.inventory.first_rows import first_rows
from gongkai.inventory.mapping_proposals import Source, like_largest, propose, sources_of
from gongkai.inventory.places import places_of
from gongkai.inventory.sources import OWN_LABELS
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted
from gongkai.text.date_units import may_be_days

SAMPLES, LONGEST = 3, 80


class RunMapping(PreviewView, FormPage[RunMappingForm]):
    """Every field of the file with where it goes; the rows are shown again before it is saved."""

    roles = OFFICE
    title = "逐项对照"
    template = "desk/run_mapping.html"
    form_class = RunMappingForm
    submit = "保存对照，回到预览"

    @cached_property
    def found(self) -> Extracted:
        """The file's tables; without any there is nothing to map."""
        if self.file is None or isinstance(self.read, str):
            raise Http404
        return self.read

    @cached_property
    def proposed(self) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """What is guessed, with reasons; only where no mapping is being changed."""
        made = propose(self.found) if self.mapping == OWN_LABELS else None
        return (made.content, made.reasons) if made is not None else ({"fields": {}}, {})

    @cached_property
    def before(self) -> Mapping[str, Any]:
        """The mapping that is being changed, or the one proposed."""
        if self.mapping != OWN_LABELS:
            return sources.content(self.mapping)
        return self.proposed[0]

    @cached_property
    def lines(self) -> list[Line]:
        """The fields of the tables that are read."""
        mapping = sources.check(self.before) if self.before["fields"] else None
        tables = self.found.tables
        wanted = [table for table in tables if mapping is not None and mapping.wants(table.name)]
        return [self._line(source) for source in sources_of(wanted or like_largest(tables))]

    def _line(self, source: Source) -> Line:
        samples = list(dict.fromkeys(value[:LONGEST] for value in source.values))[:SAMPLES]
        reasons = self.proposed[1]
        return Line(
            source.path,
            samples,
            choice_of(self.before, source.path),
            reasons.get(source.path, ""),
            may_be_days(source.values),
        )

    def form_kwargs(self) -> dict[str, Any]:
        return {"lines": self.lines}

    def initial(self) -> dict[str, Any]:
        listed = next((m for m in sources.listed() if m.name == self.mapping), None)
        if listed is not None:
            return {"name": listed.name, "label": listed.label}
        stem = PurePosixPath(self.file.name if self.file is not None else "").stem
        return {"name": _free_name(stem), "label": stem[:120]}

    def context(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "file": self.file,
            "back_url": self.here(mapping=self.mapping),
            "back_label": "预览",
            "keeps": len(self.files) == 1,
            "is_guess": self.mapping == OWN_LABELS,
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Typing is kept by the address of the run: with several tables it may be of another."""
        if len(self.files) == 1:
            return super().get(request, *args, **kwargs)
        return self.page(self.form_class(initial=self.initial(), **self.form_kwargs()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; or, when only tried, show the rows as they would be and keep all that was typed."""
        if request.POST.get("step") != "try":
            return super().post(request, *args, **kwargs)
        form = self.form_class(data=request.POST, **self.form_kwargs())
        form.fields["name"].required = form.fields["label"].required = False
        form.fields["name"].validators = []
        if not form.is_valid():
            return self.page(form, status=refusals.NOT_ACCEPTED)
        try:
            mapping = sources.check(amended(self.before, form.choices()))
        except Refusal as refusal:
            self.on_refusal(form, refusal)
            return self.page(form, status=refusals.NOT_ACCEPTED)
        has_section = self.run.section_id is not None
        preview = first_rows(
            "", self.found, mapping, places=places_of(self.run.body), has_section=has_section
        )
        tried = {"form": form, "submit": self.submit, **self.context(), **shown(preview)}
        return self.show(self.template, **tried)

    def on_refusal(self, form: RunMappingForm, refusal: Refusal) -> None:
        """A sentence about a field of the source stands at its input."""
        fields = form.place_of(refusal.fields)
        refusals.onto_form(form, Refusal(refusal.code, refusal.sentence, refusal.basis, fields))

    def act(self, form: RunMappingForm) -> HttpResponse:
        name, label = form.cleaned_data["name"], form.cleaned_data["label"]
        if name != self.mapping and name in {m.name for m in sources.listed()}:
            sentence = f"已有代号为“{name}”的字段对照，请换一个代号；要改它，请先在预览里选它。"
            raise Refusal("mapping.exists", sentence, fields={"name": sentence})
        content = {**amended(self.before, form.choices()), "source": label}
        if "title" not in content["fields"]:
            raise Refusal(
                "mapping.no_title", "请给“信息名称”选一个来源字段，没有名称的行录入不了。"
            )
        by, now = self.seat.person, self.seat.now
        actions.save_mapping(name=name, label=label, content=content, by=by, now=now)
        assert self.file is not None
        actions.choose_mapping(file=self.file, mapping=name, by=by, now=now)
        return self.done(
            self.here(mapping=name), "字段对照已保存，下次遇到同样的文件会自己认出来。"
        )


def _free_name(stem: str) -> str:
    """A code for a new mapping, of what is Latin in the file's name; it can be changed."""
    plain = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")[:40] or "source"
    taken = set(sources.names())
    numbered = (f"{plain}_{number}" for number in range(2, 10_000))
    return next(name for name in (plain, *numbered) if name not in taken)
