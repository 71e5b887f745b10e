"""One thing found in a text that a person has to look at."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
"""``error`` and ``warning`` want an answer before verification; ``info`` is for reading only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``text[start:end] == evidence``: half-open, counted in characters of the text given.

    ``proposal`` is what could stand there instead (``""`` means: leave it out; ``None`` means:
    no single answer is certain). ``candidates`` holds every possible reading when there are
    several. ``reason`` is one Chinese sentence for people. ``field`` names the field the text
    came from, empty for a text without fields. ``target`` names the field that the proposal is
    for where that is another than the place itself (a date that the text bears, for its field).
    Nothing is ever repaired by itself.
    """

    kind: str
    start: int
    end: int
    evidence: str
    proposal: str | None = None
    severity: Severity = "warning"
    reason: str = ""
    candidates: tuple[str, ...] = ()
    field: str = ""
    target: str = ""

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "kind": self.kind,
            "field": self.field,
            "target": self.target,
            "start": self.start,
            "end": self.end,
            "evidence": self.evidence,
            "proposal": self.proposal,
            "candidates": list(self.candidates),
            "severity": self.severity,
            "reason": self.reason,
        }
