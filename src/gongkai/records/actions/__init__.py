"""The only code that changes rows of records."""

from gongkai.records.actions.capturing import draft_all
from gongkai.records.actions.classes import create_class, edit_class
from gongkai.records.actions.drafting import discard, draft, edit
from gongkai.records.actions.filing import attach, detach
from gongkai.records.actions.freezing import freeze
from gongkai.records.actions.redacting import redact
from gongkai.records.actions.relating import relate, unrelate
from gongkai.records.actions.validity import change_validity, lapse_expired

__all__ = [
    "attach",
    "change_validity",
    "create_class",
    "detach",
    "discard",
    "draft",
    "draft_all",
    "edit",
    "edit_class",
    "freeze",
    "lapse_expired",
    "redact",
    "relate",
    "unrelate",
]
