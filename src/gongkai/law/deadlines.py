"""Due dates: the law's terms counted on a calendar, each with its reason.

What events do to the clock of a request is told by three different values, never one flag:
`PAUSES` (days left out), `RESTARTS` (a new full term), `SUSPENDS` (no date until it ends).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.due import Due, Pause
from gongkai.law.model import Law, Term
from gongkai.law.periods import count
from gongkai.law.workdays import Calendar


class Effect(StrEnum):
    """What an event does to the answer clock."""

    PAUSES = "pauses"
    RESTARTS = "restarts"
    SUSPENDS = "suspends"
    NONE = "none"


def publish_due(
    formed_on: date, *, law: Law, calendar: Calendar, special: Term | None = None
) -> Due:
    """The last day to publish information made or changed on `formed_on` (day 0).

    2007 Art. 18, 2019 Art. 26: 20 working days; Beijing 2015–2020: 15. `special` is the term of
    another law for this kind of information, which prevails (Art. 26).
    """
    term = special or law.term("publish")
    return count(term, formed_on, calendar=calendar)


def reply_due(
    received_on: date,
    *,
    law: Law,
    calendar: Calendar,
    paused: Sequence[Pause] = (),
    extended_by: int = 0,
) -> Due:
    """The last day to reply to a request received on `received_on` (day 0).

    2007 Art. 24: 15 working days and at most 15 more; 2019 Art. 33: 20 and at most 20 more.
    `paused` are consultations (Art. 33 ¶3), `extended_by` the working days of one extension. A
    supplement or a fee paid does not pause but restarts: call again with the new day of receipt.
    """
    term, most = law.term("reply"), law.term("extension")
    if not 0 <= extended_by <= most.length:
        raise Refusal(
            "reply.extension_too_long",
            f"延长答复最长{most.length}个工作日，不能延长{extended_by}个工作日。"
            f"请改为{most.length}个工作日以内。",
            most.basis,
        )
    return calendar.count_from(
        received_on, term.length + extended_by, basis=term.basis, pauses=tuple(paused)
    )


def term_due(name: str, start: date, *, law: Law, calendar: Calendar) -> Due:
    """The due date of any term the law names (`supplement_notice`, `fee_payment` …)."""
    return count(law.term(name), start, calendar=calendar)
