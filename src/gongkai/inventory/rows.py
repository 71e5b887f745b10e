"""One row of a table file read by a mapping, with a source text that findings point into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongkai.inventory.makers import foreign_makers
from gongkai.inventory.numbers import number_findings
from gongkai.inventory.paper import Paper, Span
from gongkai.inventory.suspicions import suspicions
from gongkai.inventory.typed import with_guess
from gongkai.text.damage import find_damage
from gongkai.text.finding import Finding
from gongkai.text.foreign_names import NOBODY, Own
from gongkai.text.mapping import MappedRow, SourceMapping, apply_mapping, leaves

# Looked through for damage; a date or a number in a form of its own is not running text.
DATED = ("created_on", "published_on")
READ = ("title", "responsible_unit", "abstract", "keywords", "text")


def read_row(row: Mapping[str, Any], mapping: SourceMapping, *, own: Own = NOBODY) -> Paper:
    """The row in our fields. Its source text is one line `path: value` for every leaf."""
    mapped = apply_mapping(mapping, row, unmapped=False)
    source, places = row_source(row)
    fields = dict(mapped.fields)
    spans = _spans(mapped, mapping, source, places)
    findings = [
        *_problems(mapped, spans),
        *number_findings(fields, spans),
        *suspicions(fields, spans),
        *foreign_makers(source, fields, spans, own),
        *_damage(fields, spans, own.place),
    ]
    findings += _no_day(mapping, fields, findings)
    found = sorted(findings, key=lambda finding: (finding.start, finding.end))
    written = {name: mapped.raw[name] for name in DATED if mapped.raw.get(name)}
    return Paper(source, fields, spans, tuple(found), mapping.source, written)


def _no_day(
    mapping: SourceMapping, fields: Mapping[str, str], findings: Sequence[Finding]
) -> list[Finding]:
    """A row of a list that has columns for dates, and no date in them nor under its text."""
    dated = [name for name in DATED if name in mapping.rules]
    if not dated or any(fields.get(name, "").strip() for name in DATED):
        return []
    if any(one.kind == "unfilled_date" for one in findings):
        return []
    columns = "、".join(f"“{path}”" for name in dated for path in mapping.rules[name].paths[:1])
    reason = f"日期一栏（{columns}）是空的，正文也没有落款日期，请对照原件补上。"
    return [Finding(kind="empty_field", start=0, end=0, evidence="", reason=reason[:300])]


def row_source(row: Mapping[str, Any]) -> tuple[str, dict[str, Span]]:
    """The text of a row and where the value of each path stands in it (the first, of several)."""
    parts: list[str] = []
    places: dict[str, Span] = {}
    at = 0
    for path, value in leaves(row):
        head = f"{path}: "
        start = at + len(head)
        places.setdefault(path, Span(start, start + len(value)))
        parts.append(f"{head}{value}\n")
        at = start + len(value) + 1
    return "".join(parts), places


def _spans(
    mapped: MappedRow, mapping: SourceMapping, source: str, places: Mapping[str, Span]
) -> dict[str, Span]:
    spans = {}
    for name, rule in mapping.rules.items():
        raw = mapped.raw.get(name, "")
        for path in rule.paths:
            span = places.get(path)
            if not raw or span is None or mapped.fields.get(name) != raw:
                continue
            if source[span.start : span.end] == raw:
                spans[name] = span
                break
    return spans


def _problems(mapped: MappedRow, spans: Mapping[str, Span]) -> list[Finding]:
    return [
        with_guess(
            Finding(
                kind="not_read",
                start=spans.get(problem.field, Span(0, 0)).start,
                end=spans.get(problem.field, Span(0, 0)).end,
                evidence=problem.raw if problem.field in spans else "",
                severity="error",
                reason=problem.sentence,
            ),
            problem.field,
            problem.raw,
        )
        for problem in mapped.problems
    ]


def _damage(fields: Mapping[str, str], spans: Mapping[str, Span], place: str) -> list[Finding]:
    found = []
    for name in READ:
        shift = spans[name].start if name in spans else None
        for finding in find_damage(fields.get(name, ""), place=place or None):
            if shift is None:
                found.append(replace(finding, start=0, end=0, evidence=""))
            else:
                found.append(replace(finding, start=finding.start + shift, end=finding.end + shift))
    return found
