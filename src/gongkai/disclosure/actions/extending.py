"""More time: one approved extension (Art. 33), and the delay of an excessive request (Art. 35)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.supplementing import require_no_draft
from gongkai.disclosure.actions.writing import draft_letter
from gongkai.disclosure.casework import add_step, foresee, locked, write_down
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest, Letter
from gongkai.disclosure.values import LetterDraft
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import ClockEvent, Kind
from gongkai.orgs.models import Person

BASIS = "《条例》第三十三条"
EXCESSIVE = "《条例》第三十五条"


@transaction.atomic
def extend(
    *, request: DisclosureRequest, days: int, reason: str, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Approve one extension before expiry and draft the notice. Approving is the step."""
    kept, today = locked(request), civil_day(now)
    policies.may_extend(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "extend")
    written = _reason(reason, BASIS)
    before = kept.state
    add_step(kept, ClockEvent(Kind.EXTENDED, today, days, reason=written), by=by, now=now)
    draft_letter(request=kept, draft=LetterDraft("extension", {"reason": written}), by=by, now=now)
    write_down(
        "request.extended",
        request=kept,
        by=by,
        change=Change(
            from_state=before,
            to_state=kept.state,
            basis=BASIS,
            data={"days": days, "due_on": kept.due_on},
        ),
    )
    return kept


@transaction.atomic
def ask_reasons(
    *, request: DisclosureRequest, reason: str, due_on: date, by: Person | None, now: datetime
) -> Letter:
    """Draft the notice that asks for the reasons of excessive requests; the clock runs on."""
    kept, today = locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(EXCESSIVE)
    REQUEST_FLOW.step(kept.state, "ask_reasons")
    if due_on <= today:
        sentence = "说明理由的期限须晚于今天，请改填。"
        raise Refusal("reasons.too_short", sentence, EXCESSIVE, {"due_on": sentence})
    foresee(kept, ClockEvent(Kind.REASONS_ASKED, today))
    require_no_draft(kept, "reasons")
    parts = {"reason": _reason(reason, EXCESSIVE)}
    draft = LetterDraft("reasons", parts, due_on=due_on)
    return draft_letter(request=kept, draft=draft, by=by, now=now)


@transaction.atomic
def delay(
    *, request: DisclosureRequest, until: date, reason: str, by: Person | None, now: datetime
) -> Letter:
    """Draft the notice of a reasonable later day for excessive requests with sound reasons."""
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(EXCESSIVE)
    REQUEST_FLOW.step(kept.state, "ask_reasons")
    foresee(kept, ClockEvent(Kind.DELAYED, today, due_on=until))
    require_no_draft(kept, "delay")
    parts = {"reason": _reason(reason, EXCESSIVE)}
    draft = LetterDraft("delay", parts, due_on=until)
    return draft_letter(request=kept, draft=draft, by=by, now=now)


def _reason(reason: str, basis: str) -> str:
    if not reason.strip():
        sentence = "请写明理由，文书里要告知申请人。"
        raise Refusal("request.no_reason", sentence, basis, {"reason": sentence})
    return reason.strip()
