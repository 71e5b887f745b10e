"""Entering and changing a record. Nothing typed is lost, and two clerks never overwrite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpResponse
from django.urls import reverse

from gongkai.desk.forms.records import Discard, RecordForm
from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import FormPage
from gongkai.desk.record_page import RecordPage, text_of
from gongkai.desk.seat import Seat
from gongkai.kit.refusal import Refusal
from gongkai.records import actions
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.queries import open_findings

if TYPE_CHECKING:
    from gongkai.inventory.proposing import Suggestion

CONFLICT = "record.changed_meanwhile"


@dataclass(frozen=True, slots=True)
class Advice:
    """A proposal beside the form; `is_filled` when it stands in its field already."""

    suggestion: Suggestion
    is_filled: bool


class New(FormPage[RecordForm]):
    """A new draft."""

    roles = EDITORS
    task = "records"
    title = "新增信息"
    template = "desk/record_edit.html"
    form_class = RecordForm
    submit = "保存草稿"

    def form_kwargs(self) -> dict[str, Any]:
        return {"body": self.body(), "today": self.seat.today}

    def initial(self) -> dict[str, Any]:
        """The section and the unit of the person who enters it."""
        person = self.seat.person
        return {
            "section": person.section_id,
            "responsible_unit": self.body().name,
            "made_by": self.body().name,
            "validity": "in_force",
            "column": "catalog",
            "origin": "made",
            "carrier": "electronic",
        }

    def context(self) -> dict[str, Any]:
        return {"back_url": reverse("desk:records"), "back_label": "政府信息"}

    def act(self, form: RecordForm) -> HttpResponse:
        record = actions.draft(
            body=self.body(), fields=form.typed(), by=self.seat.person, now=self.seat.now
        )
        url = reverse("desk:record", kwargs={"uuid": record.uuid})
        return self.done(url, f"草稿已保存。{looked_through(record, self.seat)}")


class Edit(RecordPage, FormPage[RecordForm]):
    """Changing a draft."""

    roles = EDITORS
    template = "desk/record_edit.html"
    form_class = RecordForm
    submit = "保存"
    title = "修改"

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"修改：{self.record.title}"
        return {"body": self.record.body, "today": self.seat.today, "record": self.record}

    def initial(self) -> dict[str, Any]:
        return {
            **values_of(self.record),
            **prefilled(self.advice),
            "text": self.text,
            "read_count": self.record.edit_count,
        }

    @cached_property
    def advice(self) -> list[Advice]:
        """What is proposed for this draft."""
        return advice_on(self.record, self.seat)

    def context(self) -> dict[str, Any]:
        return {"advice": self.advice}

    def act(self, form: RecordForm) -> HttpResponse:
        actions.edit(
            record=self.record,
            fields=form.typed(),
            by=self.seat.person,
            now=self.seat.now,
            read_count=form.cleaned_data.get("read_count"),
        )
        return self.done(self.url(), f"已保存。{looked_through(self.record, self.seat)}")

    def on_refusal(self, form: RecordForm, refusal: Refusal) -> None:
        """Somebody else saved meanwhile: show what differs; the next save is made knowingly."""
        super().on_refusal(form, refusal)
        if refusal.code != CONFLICT:
            return
        self.record.refresh_from_db()
        theirs = {**values_of(self.record), "text": text_of(self.record)}
        form.differences = [
            (str(form.fields[name].label), _shown(form, name, theirs[name]))
            for name in form.typed()
            if name in theirs and _plain(form.cleaned_data.get(name)) != _plain(theirs[name])
        ]
        data = self.request.POST.copy()
        data["read_count"] = str(self.record.edit_count)
        form.data = data


def advice_on(record: Record, seat: Seat) -> list[Advice]:
    """Proposals for a draft, and which of them stand in its empty fields to be looked at."""
    if not apps.is_installed("gongkai.inventory"):
        return []
    from gongkai.inventory import proposing

    made = proposing.Adviser(record.body, seat.today).advice(record)
    return [
        Advice(one, is_filled=one.is_sure and proposing.is_empty(record, one.field)) for one in made
    ]


def prefilled(advice: Sequence[Advice]) -> dict[str, str]:
    """Values for empty fields; nothing is set until the form is saved."""
    return {a.suggestion.field: a.suggestion.value for a in advice if a.is_filled}


def looked_through(record: Record, seat: Seat) -> str:
    """Run the scanners over what was just saved; say how much waits for an answer."""
    review.rescan(record=record, now=seat.now)
    count = open_findings(record).count()
    return f"自动核查发现{count}处，请逐处答复。" if count else ""


def values_of(record: Record) -> dict[str, Any]:
    """The record's values by form field."""
    names = [name for name in RecordForm.base_fields if name not in ("text", "read_count")]
    return {
        name: getattr(record, f"{name}_id" if name in ("section", "catalog_class") else name)
        for name in names
    }


def _plain(value: Any) -> str:
    return str(getattr(value, "pk", value) or "")


def _shown(form: RecordForm, name: str, value: Any) -> str:
    choices = {str(key): str(text) for key, text in getattr(form.fields[name], "choices", ())}
    text = _plain(value)
    return (choices.get(text, text) or "（空）")[:500]


class Discarding(RecordPage, FormPage[Discard]):
    """Throwing a draft away, with a reason."""

    roles = EDITORS
    form_class = Discard
    submit = "废弃这份草稿"
    title = "废弃草稿"

    def context(self) -> dict[str, Any]:
        return {
            "intro": f"废弃《{self.record.title}》的草稿。废弃后不再出现在列表里，留痕仍在。",
            "grave": True,
        }

    def act(self, form: Discard) -> HttpResponse:
        actions.discard(
            record=self.record,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:records"), "草稿已废弃。")
