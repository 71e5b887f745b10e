"""Tags of the pages about requests: when an answer is due, and the state."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from gongkai.desk.requests import listed
from gongkai.disclosure.models import DisclosureRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def request_due(context: dict[str, Any], row: DisclosureRequest) -> SafeString:
    """When an answer is due and how near that is; of an answered request when it was given."""
    return listed.due_mark(row, context["today"], context["days"])


@register.simple_tag
def request_state(case: DisclosureRequest) -> SafeString:
    """The state as a mark of its colour."""
    return listed.state_mark(case)
