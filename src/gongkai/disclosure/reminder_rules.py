"""At which distances from the due date who is reminded: values of the body's profile.

`request_warnings` maps a role to working days: `{"case_officer": 5, "section_head": 3}`. A role is
told at its own distance and at every nearer one of the others, and when the date has passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OVERDUE = -1
MOST_DAYS = 60
USUAL: Mapping[str, int] = {"case_officer": 5, "section_head": 3, "disclosure_office": 1}
LEVELS = ("case_officer", "section_head", "disclosure_office", "responsible_leader")
PROFILE_KEY = "request_warnings"


def rules_of(profile: Any) -> dict[str, int]:
    """Role → working days before the due date, in the order of `LEVELS`; the usual where unset."""
    given = profile.get(PROFILE_KEY) if isinstance(profile, dict) else None
    chosen = given if isinstance(given, dict) else USUAL
    return {
        role: chosen[role]
        for role in LEVELS
        if type(chosen.get(role)) is int and 0 <= chosen[role] <= MOST_DAYS
    }


def distance_of(left: int, rules: Mapping[str, int]) -> int | None:
    """The set distance that `left` working days have reached, the nearest one; None before any.

    A negative `left` is overdue. After a pause of the program only the nearest is told, not all.
    """
    if not rules:
        return None
    if left < 0:
        return OVERDUE
    return min((days for days in rules.values() if days >= left), default=None)


def told_at(distance: int, rules: Mapping[str, int]) -> tuple[str, ...]:
    """The roles told at a distance."""
    return tuple(role for role, days in rules.items() if days >= distance)
