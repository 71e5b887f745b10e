"""What scanners share: matches made into findings of a field."""

import re
from dataclasses import replace

from gongkai.text.finding import Finding, Severity


def in_field(field: str, finding: Finding) -> Finding:
    """The finding, told which field its text is."""
    return replace(finding, field=field)


def from_match(
    match: re.Match[str], *, field: str, kind: str, reason: str, severity: Severity = "warning"
) -> Finding:
    """A finding of the whole match, without a proposal: a person decides what to do."""
    return Finding(
        kind=kind,
        start=match.start(),
        end=match.end(),
        evidence=match.group(),
        severity=severity,
        reason=reason,
        field=field,
    )
