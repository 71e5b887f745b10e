"""A request's way as the decrees of 2007 and 2019 have it, written by hand.

Knows nothing of `gongkai.law`: days are counted one by one over the `chinesecalendar` package,
every rule is a line of the text. `may_<deed>` tells whether a deed is possible, `<deed>` does it.

What the text leaves open is as the product documents it (inference): an extension goes on after a
restart; a consultation takes out the days after sending up to the opinion, at most to the end of
the term it opened; under the decree of 2007 the days of a supplement are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from inspect import signature

from chinese_calendar import is_workday

ONE = timedelta(days=1)
NEW_DECREE, FEES = date(2019, 5, 15), date(2021, 1, 1)
OPEN = ("received", "awaiting_confirmation", "accepted", "awaiting_supplement", "consulting",
        "awaiting_fee")  # fmt: skip
RUNNING = ("accepted", "consulting")
HEARING = ("consulting", "awaiting_fee")
BEFORE_WORK = ("received", "awaiting_confirmation", "accepted")
ENDED = ("replied", "closed", "archived")
ARRIVAL_COUNTS = {
    "old": ("counter", "signed_post", "email"),
    "new": ("counter", "signed_post"),
}
# Outcome → from which decree on it exists at all; those that need more have their own rule.
OUTCOMES = {
    "granted": "old", "petition": "old", "not_ours": "old", "still_unclear": "old",
    "excessive": "new", "abandoned_no_supplement": "new", "abandoned_no_fee": "new",
    "other": "old",
}  # fmt: skip


def _given(method: Callable[..., object], how: Mapping[str, object]) -> object:
    """Call a rule with what it asks for of how a deed is done."""
    asked = signature(method).parameters
    return method(**{name: value for name, value in how.items() if name in asked})


def working_day(after: date, count: int, left_out: list[tuple[date, date]]) -> date:
    """The `count`-th working day after a day, not counting days in any (after, through]."""
    day = after
    while count:
        day += ONE
        if is_workday(day) and not any(a < day <= b for a, b in left_out):
            count -= 1
    return day


@dataclass
class Asked:
    """A consultation: whom, sent when, in their hands when (if that is known)."""

    kind: str
    sent: date
    delivered: date | None
    heard: date | None = None
    # A restart of the clock makes what was left out before it meaningless.
    forgotten: bool = False


@dataclass
class Way:
    """One request from arrival to archive."""

    today: date
    channel: str
    by_applicant: bool
    arrived: date = date.min
    received: date | None = None
    law_day: date | None = None
    halves: dict[str, date] = field(default_factory=dict)
    unregistered: bool = False
    start: date = date.min
    extra: int = 0
    asked_on: date | None = None
    asked_until: date | None = None
    supplement_open: bool = False
    consulted: list[Asked] = field(default_factory=list)
    left_out: list[tuple[date, date]] = field(default_factory=list)
    fee_sent: date | None = None
    fee_delivered: date | None = None
    paid: date | None = None
    fee_open: bool = False
    reasons: bool = False
    delays: int = 0
    until: date | None = None
    events: int = 0
    outcome: str = ""
    in_time: bool | None = None
    replied: date | None = None
    end: str = ""

    def __post_init__(self) -> None:
        self.arrived = self.today
        if self.channel in ARRIVAL_COUNTS[self.decree]:
            self.received = self.start = self.today
            self.unregistered = self.by_applicant

    def may(self, deed: str, how: Mapping[str, object]) -> bool:
        """Whether a deed done in this way is possible now."""
        return bool(_given(getattr(self, f"may_{deed}"), how))

    def does(self, deed: str, how: Mapping[str, object]) -> None:
        """Do it."""
        _given(getattr(self, deed), how)

    # What follows from the day of receipt.
    @property
    def decree(self) -> str:
        day = self.law_day or self.received or self.arrived
        return "new" if day >= NEW_DECREE else "old"

    @property
    def term(self) -> int:
        return 20 if self.decree == "new" else 15

    @property
    def has_fee(self) -> bool:
        return (self.law_day or self.received or self.arrived) >= FEES

    @property
    def open_consults(self) -> list[Asked]:
        return [each for each in self.consulted if not each.heard]

    def opinion_until(self, asked: Asked) -> date | None:
        """15 working days from their receipt (2019 Art. 32, 34); none told in 2007."""
        if self.decree == "old":
            return None
        return working_day(asked.delivered or asked.sent, 15, [])

    @property
    def due(self) -> date | None:
        """The last day to reply; none while it cannot be told."""
        if self.received is None or self.supplement_open or self.fee_open:
            return None
        left_out = list(self.left_out)
        for asked in self.consulted:
            ends = [day for day in (self.opinion_until(asked), asked.heard) if day]
            if not ends:
                return None
            if not asked.forgotten:
                left_out.append((asked.sent, max(asked.sent, min(ends))))
        return working_day(self.start, self.term + self.extra, left_out)

    @property
    def fee_until(self) -> date:
        """20 working days from the day after the notice came in (109号)."""
        assert self.fee_sent is not None
        return working_day(self.fee_delivered or self.fee_sent, 20, [])

    @property
    def state(self) -> str:
        if self.end:
            return self.end
        if self.received is None:
            return "awaiting_confirmation"
        if self.supplement_open:
            return "awaiting_supplement"
        if self.fee_open:
            return "awaiting_fee"
        if self.open_consults:
            return "consulting"
        return "received" if self.unregistered else "accepted"

    @property
    def late(self) -> bool:
        due = self.due
        return due is not None and self.today > due

    # Deeds, in the order of the table of states.
    def may_confirm(self) -> bool:
        return self.state in ("received", "awaiting_confirmation")

    def confirm(self) -> None:
        if self.received is None:
            self.received = self.start = self.today
        self.unregistered = False

    def may_half(self) -> bool:
        return self.may_confirm()

    def half(self, who: str) -> None:
        self.halves.setdefault(who, self.today)
        if len(self.halves) == 2:
            if self.received is None:
                self.received = self.start = max(self.halves.values())
            self.unregistered = False

    def may_assign(self) -> bool:
        return self.state in OPEN

    def assign(self) -> None:
        self.unregistered = False

    def may_ask(self) -> bool:
        """Once only (Art. 30 一次性)."""
        return self.state == "accepted" and self.asked_on is None

    def ask(self, days_until: int) -> None:
        self.asked_on, self.asked_until = self.today, self.today + days_until * ONE
        self.supplement_open = True
        self.events += 1

    def may_supplement(self, *, excused: bool) -> bool:
        if self.state != "awaiting_supplement":
            return False
        assert self.asked_until is not None
        return excused or self.today <= self.asked_until

    def supplement(self) -> None:
        """2019: the whole term anew. 2007: the days in between are left out."""
        assert self.asked_on is not None
        self.supplement_open = False
        self.events += 1
        if self.decree == "new":
            self._restart()
        else:
            self.left_out.append((self.asked_on, self.today))

    def _restart(self) -> None:
        self.start, self.left_out = self.today, []
        for asked in self.consulted:
            asked.forgotten = asked.heard is not None

    def may_consult(self, kind: str) -> bool:
        return self.state in RUNNING and (kind == "third_party" or self.decree == "new")

    def consult(self, kind: str, *, by_hand: bool) -> None:
        self.consulted.append(Asked(kind, self.today, self.today if by_hand else None))
        self.events += 1

    def may_deliver(self, nth: int) -> bool:
        return nth < len(self.consulted) and self.consulted[nth].delivered is None

    def deliver(self, nth: int) -> None:
        self.consulted[nth].delivered = self.today

    def may_hear(self, nth: int, opinion: str) -> bool:
        if self.state not in HEARING or nth >= len(self.consulted) or self.consulted[nth].heard:
            return False
        until = self.opinion_until(self.consulted[nth])
        return opinion != "silent" or until is None or self.today > until

    def hear(self, nth: int) -> None:
        """What comes after the term it opened is counted again: `due` ends it there."""
        self.consulted[nth].heard = self.today
        self.events += 1

    def may_extend(self, days_more: int) -> bool:
        """Once, before expiry, at most a whole term more (Art. 33 ¶2; 2007 Art. 24 ¶2)."""
        if self.state not in RUNNING or self.extra or self.due is None or self.late:
            return False
        return 0 < days_more <= self.term

    def extend(self, days_more: int) -> None:
        self.extra = days_more
        self.events += 1

    def may_ask_reasons(self) -> bool:
        return self.state in RUNNING and self.decree == "new"

    def ask_reasons(self) -> None:
        self.reasons = True
        self.events += 1

    def may_delay(self) -> bool:
        return self.may_ask_reasons()

    def delay(self, days_until: int) -> None:
        self.until = self.today + days_until * ONE
        self.events += 1

    def may_charge(self) -> bool:
        """Within the time for the answer, once, and not before there was a fee."""
        return self.state in RUNNING and self.has_fee and self.fee_sent is None and not self.late

    def charge(self, *, by_hand: bool) -> None:
        self.fee_sent, self.fee_open = self.today, True
        self.fee_delivered = self.today if by_hand else None
        self.events += 1

    def may_deliver_fee(self) -> bool:
        if self.fee_sent is None or self.fee_delivered is not None:
            return False
        return self.paid is None or self.today <= self.paid

    def deliver_fee(self) -> None:
        self.fee_delivered = self.today

    def may_pay(self, *, excused: bool) -> bool:
        if self.state != "awaiting_fee":
            return False
        return excused or self.today <= self.fee_until

    def pay(self) -> None:
        self.fee_open, self.paid = False, self.today
        self._restart()
        self.events += 1

    def may_reply(self, outcome: str) -> bool:
        """Before both have confirmed nothing was received, so nothing can be answered."""
        if self.state not in OPEN or self.received is None:
            return False
        if OUTCOMES[outcome] == "new" and self.decree == "old":
            return False
        rules: dict[str, Callable[[], object]] = {
            "granted": lambda: not [c for c in self.open_consults if c.kind == "third_party"],
            "still_unclear": lambda: self.asked_on is not None and not self.supplement_open,
            "excessive": lambda: self.reasons,
            "abandoned_no_supplement": self._supplement_missed,
            "abandoned_no_fee": lambda: self.fee_open and self.today > self.fee_until,
        }
        return outcome not in rules or bool(rules[outcome]())

    def _supplement_missed(self) -> bool:
        return bool(self.supplement_open and self.asked_until and self.today > self.asked_until)

    def reply(self, outcome: str) -> None:
        self._finish(outcome, "replied")

    def _finish(self, outcome: str, end: str) -> None:
        """In time: by the due date or a later day told under Art. 35; while stopped, always."""
        due = self.due
        last = max(due, self.until or date.min) if due else None
        self.in_time = last is None or self.today <= last
        self.outcome, self.replied, self.end = outcome, self.today, end
        if self.received is not None:
            self.events += 1

    def may_withdraw(self) -> bool:
        return self.state in OPEN

    def withdraw(self) -> None:
        self._finish("other", "closed")

    def may_close(self) -> bool:
        return self.state == "replied"

    def close(self) -> None:
        self.end = "closed"

    def may_file_away(self) -> bool:
        return self.state == "closed"

    def file_away(self) -> None:
        self.end = "archived"

    def may_join(self) -> bool:
        return self.state in BEFORE_WORK

    def join(self) -> None:
        self.end = "closed"

    def may_split(self) -> bool:
        """Whoever was consulted or charged for the whole paper was asked about the whole."""
        return self.state in BEFORE_WORK and not self.consulted and self.fee_sent is None

    def split(self) -> None:
        """The parts go the same way."""

    def set_law(self, day: date) -> None:
        self.law_day = day

    def may_set_law(self) -> bool:
        """Steps already taken under another law are not tried here."""
        return self.state in OPEN and self.received is not None and self.events == 0

    def may_reopen(self) -> bool:
        return self.state in ENDED and bool(self.outcome)
