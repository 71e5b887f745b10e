"""Tags of the desk's templates: a form field, the list of errors, pages, due dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, ClearableFileInput, Form, RadioSelect
from django.utils.safestring import mark_safe

from gongkai.desk.forms.base import DeskForm
from gongkai.records.queries import Light, light

register = template.Library()


@register.inclusion_tag("desk/parts/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One field of a form: label, hint, sentence of refusal, input."""
    widget = bound.field.widget
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "mark": mark_of(bound),
        "is_group": isinstance(widget, RadioSelect),
        "is_tick": isinstance(widget, CheckboxInput),
        "is_file": isinstance(widget, ClearableFileInput),
    }


def mark_of(bound: BoundField) -> str:
    """The words behind a label."""
    form = bound.form
    return form.mark_of(bound) if isinstance(form, DeskForm) else ""


@register.inclusion_tag("desk/parts/errors.html")
def errors(form: Form) -> dict[str, Any]:
    """Everything that is wrong, at the top, each linked to its field."""
    listed: list[dict[str, str]] = []
    if form.is_bound:
        listed += [{"text": str(e), "target": ""} for e in form.non_field_errors()]
        for bound in form:
            listed += [{"text": str(e), "target": target_of(bound)} for e in bound.errors]
    return {"listed": listed}


def target_of(bound: BoundField) -> str:
    """The id of the input an error leads to; of the first button where there are several."""
    first = bound.id_for_label or bound.auto_id
    return str(f"{bound.auto_id}_0" if isinstance(bound.field.widget, RadioSelect) else first)


@register.inclusion_tag("desk/parts/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any], noun: str = "条") -> dict[str, Any]:
    """Links to the other pages of a list, keeping its filters."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return {"page": page, "numbers": numbers, "noun": noun, "request": context["request"]}


@register.simple_tag(takes_context=True)
def clock(context: dict[str, Any], due_on: date | None, today: date) -> Light | None:
    """How near a due date is, in working days: amber and red before it is missed.

    The calendar is the frame's: read once for a page, however many dates stand on it.
    """
    return None if due_on is None else light(due_on, today, context["days"])


@register.filter(expects_localtime=True)
def iso(day: date | None) -> str:
    """2008-12-24, as `date:"Y-m-d"` writes it, at a tenth of the cost: lists are full of days."""
    return mark_safe(day.isoformat()[:10]) if day else ""  # noqa: S308 - digits


@register.filter
def word(row: Any, name: str) -> str:
    """The Chinese word of a choice field: `record|word:"state"`."""
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display is not None else ""
