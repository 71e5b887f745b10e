"""The only code that changes rows of reports."""

from gongkai.reporting.actions.approving import approve, check, reopen, send_back
from gongkai.reporting.actions.preparing import (
    begin,
    compute_anew,
    enter,
    redraft,
    save_narrative,
)
from gongkai.reporting.actions.publishing import make_record
from gongkai.reporting.actions.sending import send, take_receipt

__all__ = [
    "approve",
    "begin",
    "check",
    "compute_anew",
    "enter",
    "make_record",
    "redraft",
    "reopen",
    "save_narrative",
    "send",
    "send_back",
    "take_receipt",
]
