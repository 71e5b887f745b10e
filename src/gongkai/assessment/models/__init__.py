"""Tables of the assessment; import from here."""

from gongkai.assessment.models.activities import (
    HANDED_OUT,
    Activity,
    ActivityFile,
    ActivityKind,
)

__all__ = [
    "HANDED_OUT",
    "Activity",
    "ActivityFile",
    "ActivityKind",
]
