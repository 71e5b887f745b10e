"""The invented year handled as people handle it: every step by its action, on its day, in order.

The register's import writes a request down as it ended. Here the same rows are filed, confirmed,
supplemented, consulted on, extended, charged, answered by a letter that is submitted, approved and
served, and taken further, all cases interleaved by day; the tables must come out the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bench.request_year.plan import Truth
from bench.request_year.year import Row, Year
from gongkai.disclosure import casework, reply_evidence
from gongkai.disclosure.actions import (
    charging,
    consulting,
    extending,
    filing,
    remedies,
    replying,
    supplementing,
)
from gongkai.disclosure.models import DisclosureRequest, Letter
from gongkai.disclosure.values import (
    ApplicantText,
    AskedText,
    Charge,
    Party,
    PartyOpinion,
    RemedyText,
)
from gongkai.law import replies
from gongkai.law.receipt import Channel
from tests.disclosure.conftest import at, filed, send
from tests.factories import Office

PARTY = Party("third_party", "云岭建筑公司", "价格条款", "云岭区", "可能涉及商业秘密")
REMEDIES = ("reconsideration", "direct_suit", "suit_after")
# Before an answer on the same day comes what it rests on.
_LAST = 9
Deed = tuple[date, int, Callable[[date], None]]


@dataclass
class Handled:
    """One row and the case it becomes."""

    office: Office
    row: Row
    case: DisclosureRequest | None = None
    done: Counter[str] = field(default_factory=Counter)

    def deeds(self) -> Iterator[Deed]:
        """What is done with it: the day, the order within the day, the deed."""
        row, day = self.row, self._day
        arrived = day("arrived_on") or day("received_on")
        assert arrived is not None
        yield arrived, 0, self._file
        received = day("received_on")
        if received is None:
            return  # one side never confirmed: nothing can be done with it, and nothing is
        if row["arrived_on"]:
            yield received, 1, self._confirm
        if row["outcome"] == "excessive":
            yield received, 2, self._ask_reasons
        for key, deed in self._steps().items():
            if on := day(key):
                yield on, 3, deed
        if on := day("replied_on"):
            yield on, _LAST, self._reply
        for kind in REMEDIES:
            if on := day(f"{kind}_filed_on"):
                yield on, 10, self._taken(kind)
            if on := day(f"{kind}_ended_on"):
                yield on, 11, self._ended(kind)

    def _day(self, key: str) -> date | None:
        text = self.row.get(key, "")
        return date.fromisoformat(text) if text else None

    def _steps(self) -> dict[str, Callable[[date], None]]:
        return {
            "supplement_asked_on": self._ask_supplement,
            "supplemented_on": self._supplement,
            "third_party_asked_on": self._consult,
            "third_party_opinion_on": self._hear,
            "extended_on": self._extend,
            "fee_noticed_on": self._charge,
            "fee_paid_on": self._pay,
        }

    def _now(self, on: date) -> Any:
        return {"by": self.office.officer, "now": at(on.year, on.month, on.day)}

    def _of(self) -> DisclosureRequest:
        assert self.case is not None
        return DisclosureRequest.objects.get(pk=self.case.pk)

    def _send(self, letter: Letter, on: date) -> None:
        send(letter, self.office, on)
        self.done["letters"] += 1

    def _file(self, on: date) -> None:
        row = self.row
        who = ApplicantText(
            kind=row["applicant_kind"], name=row["name"], phone=row["phone"], address=row["address"]
        )
        asked = AskedText(row["subject"], row["document_number"], row["description"])
        channel = Channel(row["channel"])
        self.case = filed(self.office, on, channel=channel, applicant=who, asked=asked).request

    def _confirm(self, on: date) -> None:
        filing.confirm(request=self._of(), on=on, **self._now(on))

    def _ask_reasons(self, on: date) -> None:
        due = on + timedelta(days=5)
        told = {"reason": "同月多件", "due_on": due, **self._now(on)}
        self._send(extending.ask_reasons(request=self._of(), **told), on)

    def _ask_supplement(self, on: date) -> None:
        told = {"points": ["请写明文号"], "due_on": self._day("supplement_due_on"), **self._now(on)}
        self._send(supplementing.ask_supplement(request=self._of(), **told), on)

    def _supplement(self, on: date) -> None:
        told = {"text": "文号如下", "on": on, **self._now(on)}
        supplementing.take_supplement(request=self._of(), **told)

    def _consult(self, on: date) -> None:
        row = consulting.consult(request=self._of(), party=PARTY, **self._now(on))
        self._send(self._of().letters.get(ref=row.ref), on)

    def _hear(self, on: date) -> None:
        sound = self.row["outcome"] == "refused_third_party"
        heard = PartyOpinion(self.row["third_party_opinion"], on, "商业秘密", sound)
        asked = self._of().consultations.get()
        consulting.take_opinion(consultation=asked, opinion=heard, **self._now(on))

    def _extend(self, on: date) -> None:
        told = {"days": int(self.row["extended_days"]), "reason": "检索量大", **self._now(on)}
        extending.extend(request=self._of(), **told)

    def _charge(self, on: date) -> None:
        charging.charge(request=self._of(), charge=Charge("pages", pages=100), **self._now(on))
        self._send(self._of().letters.get(kind="fee"), on)

    def _pay(self, on: date) -> None:
        charging.pay(fee=self._of().fee, on=on, **self._now(on))

    def _reply(self, on: date) -> None:
        case, key = self._of(), self.row["outcome"]
        found, words = replies.outcome(key), {}
        for part, label in reply_evidence.needs_of(found, casework.law_of(case)):
            words[part] = f"{label}如下"
        if "ground" in words:
            words["ground"] = self.row.get("ground") or found.grounds[0]
        words.pop("notice", None)
        told = {"outcome": key, "stated": words, **self._now(on)}
        self._send(replying.draft_reply(request=case, **told), on)

    def _taken(self, kind: str) -> Callable[[date], None]:
        def open_one(on: date) -> None:
            text = RemedyText(kind, self.row[f"{kind}_authority"], on)
            remedies.open_remedy(request=self._of(), remedy=text, **self._now(on))

        return open_one

    def _ended(self, kind: str) -> Callable[[date], None]:
        def end_one(on: date) -> None:
            remedy = self._of().remedies.get(kind=kind)
            outcome = self.row[f"{kind}_outcome"]
            remedies.end_remedy(remedy=remedy, outcome=outcome, on=on, **self._now(on))

        return end_one


def handle(year: Year, office: Office) -> Counter[str]:
    """Every row handled; how many deeds were done and letters served."""
    cases = [Handled(office, row) for row in year.rows]
    agenda = [(*deed[:2], n, deed[2]) for n, case in enumerate(cases) for deed in case.deeds()]
    agenda.sort(key=lambda each: each[:3])
    for on, _order, _case, deed in agenda:
        deed(on)
    told: Counter[str] = Counter(requests=len(cases), deeds=len(agenda))
    for case in cases:
        told += case.done
    return told


def truth_of(year: Year) -> Truth:
    """What was put in; what was never confirmed cannot be answered and has no time to keep."""
    never = sum(bool(row["outcome"]) and not row["received_on"] for row in year.rows)
    return replace(year.truth, in_time=year.truth.in_time - never)
