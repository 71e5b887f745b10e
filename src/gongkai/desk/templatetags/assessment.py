"""Filters of the assessment's templates: references of events in words, what was appealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django import template

from gongkai.assessment.sheets import BY_HAND
from gongkai.law.assessment.mechanisms import MECHANISMS

register = template.Library()
KINDS = {
    "request": "申请",
    "record": "信息",
    "entry": "目录条目",
    "mechanism": "制度",
    "report": "年报",
    "inspection": "自查",
}
_MECHANISMS = {mechanism.key: mechanism.label for mechanism in MECHANISMS}


@register.filter
def event_words(ref: str) -> str:
    """A reference as people read it: what was entered by hand as written, else kind and number."""
    if not ref:
        return ""
    if ref.startswith(BY_HAND):
        return ref.removeprefix(BY_HAND)
    kind, _, rest = ref.partition(":")
    parts = rest.split(":")
    if kind == "mechanism" and len(parts) > 1:
        label = _MECHANISMS.get(parts[1], parts[1])
        return f"{label}制度"
    if kind == "report" and len(parts) > 1:
        return f"{parts[1]}年年度报告"
    return f"{KINDS.get(kind, kind)} {parts[0]}"


@register.filter
def named(ref: str, names: Mapping[str, str]) -> str:
    """The event by its name, when the page looked it up."""
    return names.get(ref) or event_words(ref)


@register.filter
def has(appealed: Collection[tuple[str, str]], key: str) -> bool:
    """Whether the indicator was appealed."""
    return (key, "") in appealed


@register.simple_tag
def event_appealed(appealed: Collection[tuple[str, str]], key: str, ref: str) -> bool:
    """Whether this event was appealed."""
    return (key, ref) in appealed
