"""What the service of a letter means for its case: the clock's step, the fee, the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongkai.disclosure.actions.concluding import conclude
from gongkai.disclosure.casework import add_step, clock_of, locked, write_down
from gongkai.disclosure.models import Consultation, DisclosureRequest, Fee, Letter, Sending
from gongkai.journal.values import Change
from gongkai.law.clock import ClockEvent, Kind
from gongkai.law.letters import LETTERS
from gongkai.orgs.models import Person


@dataclass(frozen=True, slots=True)
class _Served:
    """A letter just served, its locked case, and who registers it when."""

    request: DisclosureRequest
    letter: Letter
    sending: Sending
    by: Person | None
    now: datetime

    def step(self, event: ClockEvent) -> None:
        add_step(self.request, event, by=self.by, now=self.now)

    def note(self, event: str, **data: object) -> None:
        basis = str(LETTERS[self.letter.kind].cite)
        change = Change(to_state=self.request.state, basis=basis, data=data)
        write_down(event, request=self.request, by=self.by, change=change)


def apply_service(*, letter: Letter, sending: Sending, by: Person | None, now: datetime) -> None:
    """Let the case follow a letter's service. Inside the transaction that keeps the `sending`.

    A letter served again changes nothing: the first service counts.
    """
    if letter.sendings.exclude(pk=sending.pk).exists():
        return
    request = locked(letter.request)
    served = _Served(request, letter, sending, by, now)
    if letter.kind in _EFFECTS:
        _EFFECTS[letter.kind](served)
    if letter.outcome:
        conclude(request=request, outcome=letter.outcome, on=sending.served_on, by=by, now=now)


def forget_letter(*, letter: Letter, by: Person | None, now: datetime) -> None:
    """A letter is voided before service: what waited for it (fee, consultation) is dropped."""
    if letter.sendings.exists():
        return
    if letter.kind == "fee":
        Fee.objects.filter(request_id=letter.request_id, noticed_on__isnull=True).delete()
    if letter.kind in ("third_party", "joint_body"):
        Consultation.objects.filter(
            request_id=letter.request_id, ref=letter.ref, asked_on__isnull=True
        ).delete()


def _supplement(served: _Served) -> None:
    on, due_on = served.sending.served_on, served.letter.due_on
    served.step(ClockEvent(Kind.SUPPLEMENT_ASKED, on, due_on=due_on))
    served.note("request.supplement_asked", on=on, due_on=due_on)


def _reasons(served: _Served) -> None:
    on = served.sending.served_on
    served.step(ClockEvent(Kind.REASONS_ASKED, on, due_on=served.letter.due_on))
    served.note("request.reasons_asked", on=on)


def _delay(served: _Served) -> None:
    on, due_on = served.sending.served_on, served.letter.due_on
    served.step(ClockEvent(Kind.DELAYED, on, due_on=due_on))
    served.note("request.delayed", on=on, due_on=due_on)


def _consulted(served: _Served) -> None:
    on, delivered = served.sending.served_on, served.sending.signed_on
    ref = served.letter.ref
    kind = Kind.THIRD_PARTY_ASKED if served.letter.kind == "third_party" else Kind.JOINT_BODY_ASKED
    served.step(ClockEvent(kind, on, delivered_on=delivered, ref=ref))
    rows = Consultation.objects.filter(request=served.request, ref=ref)
    rows.update(asked_on=on, delivered_on=delivered)
    served.note("request.consulted", on=on, ref=ref)


def _overridden(served: _Served) -> None:
    on, ref = served.sending.served_on, served.letter.ref
    rows = Consultation.objects.filter(request=served.request, ref=ref)
    rows.update(override_notice_on=on)
    served.note("request.override_noted", on=on, ref=ref)


def _fee(served: _Served) -> None:
    # Sent in time is in time; the days to pay run from the day it came in, once that is known.
    on, delivered = served.sending.served_on, served.sending.signed_on
    served.step(ClockEvent(Kind.FEE_NOTICED, on, delivered_on=delivered))
    clock = clock_of(served.request)
    due_on = clock.fee_due().on if clock else None
    Fee.objects.filter(request=served.request).update(noticed_on=delivered or on, due_on=due_on)
    served.note("request.fee_noticed", on=delivered or on, due_on=due_on)


_EFFECTS: dict[str, Callable[[_Served], None]] = {
    "supplement": _supplement,
    "reasons": _reasons,
    "delay": _delay,
    "third_party": _consulted,
    "joint_body": _consulted,
    "third_party_notice": _overridden,
    "fee": _fee,
}
