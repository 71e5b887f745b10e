"""Shortest ways to every pair (transition, state it starts from), found in the model alone."""

from __future__ import annotations

import copy
from collections import deque
from dataclasses import dataclass
from datetime import date

from tests.disclosure.walk.case import TRANSITION, Deed
from tests.disclosure.walk.model import Way

Pair = tuple[str, str]
ALPHABET: tuple[Deed, ...] = (
    ("confirm", {}),
    ("half", {"who": "applicant"}),
    ("half", {"who": "office"}),
    ("assign", {}),
    ("ask", {"days_until": 15}),
    ("supplement", {"excused": False}),
    ("consult", {"kind": "third_party", "by_hand": True}),
    ("hear", {"nth": 0, "opinion": "agrees"}),
    ("extend", {"days_more": 10}),
    ("ask_reasons", {}),
    ("charge", {"by_hand": True}),
    ("pay", {"excused": False}),
    ("split", {}),
    ("reply", {"outcome": "petition"}),
    ("withdraw", {}),
    ("join", {}),
    ("close", {}),
    ("file_away", {}),
)
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Start:
    """How a request begins."""

    day: date
    channel: str
    by_applicant: bool

    def way(self) -> Way:
        return Way(self.day, self.channel, self.by_applicant)


def shortest(start: Start) -> dict[Pair, tuple[Deed, ...]]:
    """For every pair that can be reached from this start, the fewest deeds that show it."""
    found: dict[Pair, tuple[Deed, ...]] = {}
    ahead: deque[tuple[Way, tuple[Deed, ...]]] = deque([(start.way(), ())])
    known: set[str] = set()
    while ahead:
        way, path = ahead.popleft()
        for deed in ALPHABET:
            name, how = deed
            after, state = copy.deepcopy(way), way.state
            if not after.may(name, how):
                continue
            after.does(name, how)
            longer = (*path, deed)
            found.setdefault((TRANSITION[name], state), longer)
            mark = repr((after.state, after.halves, after.asked_on, len(after.consulted),
                         after.fee_sent, after.extra, after.unregistered))  # fmt: skip
            if len(longer) < DEEPEST and mark not in known:
                known.add(mark)
                ahead.append((after, longer))
    return found
