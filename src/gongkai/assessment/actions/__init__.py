"""The only code that changes rows of the assessment."""

from gongkai.assessment.actions.adjusting import adjust_scheme
from gongkai.assessment.actions.appealing import decide_appeal, file_appeal
from gongkai.assessment.actions.marking import enter_event, give_points
from gongkai.assessment.actions.recording import record_result
from gongkai.assessment.actions.rounds import (
    close_round,
    draft_scores,
    measure,
    plan_round,
    send_back,
)

__all__ = [
    "adjust_scheme",
    "close_round",
    "decide_appeal",
    "draft_scores",
    "enter_event",
    "file_appeal",
    "give_points",
    "measure",
    "plan_round",
    "record_result",
    "send_back",
]
