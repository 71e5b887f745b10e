"""A list to choose from, written without a template for each of its options."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class Select(forms.Select):
    """The same HTML as Django's select: a list of filters has dozens of options on every page."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """`<select>` with its options and groups."""
        widget = self.get_context(name, value, attrs)["widget"]
        lines = mark_safe("")
        for group, options, _index in widget["optgroups"]:
            listed = format_html_join(
                "",
                '  <option value="{}"{}>{}</option>\n\n',
                ((o["value"], _flags(o["attrs"]), o["label"]) for o in options),
            )
            wrapped = '<optgroup label="{}">\n{}</optgroup>\n'
            lines += format_html(wrapped, group, listed) if group else listed
        head = flatatt({"name": widget["name"], **_given(widget["attrs"])})
        return format_html("<select{}>\n{}</select>", head, lines)


def _given(attrs: dict[str, Any]) -> dict[str, Any]:
    """Attributes that are there: `False` and `None` say that one is not."""
    return {key: value for key, value in attrs.items() if value is not False and value is not None}


def _flags(attrs: dict[str, Any]) -> SafeString:
    return flatatt(_given(attrs))
