"""Document numbers as they came, beside the form in which they must be printed."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.inventory.paper import Span
from gongkai.kit.refusal import Refusal
from gongkai.law import document_number, index_number
from gongkai.law.beijing import district_of
from gongkai.text.finding import Finding


def place_of(index_number_text: str) -> str:
    """The district that the body code of a Beijing index number names; empty for any other."""
    if not index_number_text.strip():
        return ""
    number = index_number.parse(index_number_text)
    name = district_of(number.body) if number.grammar == "beijing" else None
    return "" if name in (None, "北京市") else str(name)


def number_findings(fields: Mapping[str, str], spans: Mapping[str, Span]) -> list[Finding]:
    """A document number that cannot be read, or is not in the form of GB/T 9704."""
    raw = fields.get("document_number", "")
    if not raw:
        return []
    span = spans.get("document_number", Span(0, 0))
    try:
        number = document_number.parse(raw)
    except Refusal:
        return [_found("document_number", raw, span, None, f"“{raw[:60]}”不像发文字号，请核对。")]
    if number.printed == raw:
        return []
    reason = f"文号的规范写法是“{number.printed}”，请核对。{''.join(number.warnings)}"
    return [_found("document_number_form", raw, span, number.printed, reason)]


def _found(kind: str, raw: str, span: Span, proposal: str | None, reason: str) -> Finding:
    return Finding(
        kind=kind,
        start=span.start,
        end=span.end,
        evidence=raw if span.end > span.start else "",
        proposal=proposal,
        reason=reason[:300],
    )
