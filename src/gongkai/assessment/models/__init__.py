"""Tables of the assessment; import from here."""

from gongkai.assessment.models.activities import (
    HANDED_OUT,
    Activity,
    ActivityFile,
    ActivityKind,
)
from gongkai.assessment.models.inspections import Inspection, InspectionFinding, Probe
from gongkai.assessment.models.rounds import (
    Appeal,
    AppealOutcome,
    AssessmentRound,
    Audience,
    HandMark,
    SchemeVersion,
    ScoreSheet,
)

__all__ = [
    "HANDED_OUT",
    "Activity",
    "ActivityFile",
    "ActivityKind",
    "Appeal",
    "AppealOutcome",
    "AssessmentRound",
    "Audience",
    "HandMark",
    "Inspection",
    "InspectionFinding",
    "Probe",
    "SchemeVersion",
    "ScoreSheet",
]
