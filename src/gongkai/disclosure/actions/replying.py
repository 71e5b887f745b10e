"""The reply: one outcome, what it must state, and its letter with the remedy of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import casework, letter_basis, policies, reply_evidence
from gongkai.disclosure.actions import concluding
from gongkai.disclosure.actions.writing import put_down, refuse_foreign
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest, Letter, LetterState, SealedFile
from gongkai.disclosure.values import LetterDraft
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import replies
from gongkai.law.grounds import ground
from gongkai.law.letters import LETTERS
from gongkai.law.model import Law
from gongkai.law.replies import Outcome, check_reply
from gongkai.orgs.models import Person

__all__ = ["draft_reply"]
WAITING = (LetterState.DRAFT, LetterState.SUBMITTED, LetterState.APPROVED)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a reply is drafted from: the case, its law, the outcome and what was stated."""

    request: DisclosureRequest
    law: Law
    outcome: Outcome
    stated: Mapping[str, str]
    today: date


@transaction.atomic
def draft_reply(
    *,
    request: DisclosureRequest,
    outcome: str,
    stated: Mapping[str, str],
    attachments: Iterable[SealedFile] = (),
    by: Person | None,
    now: datetime,
) -> Letter:
    """Draft the letter that answers the request (Art. 36–40).

    `stated` holds what the outcome needs (`law.replies`), `ground` as its key. What the case can
    tell by itself is filled in: the search from its log, the notice that went unanswered, the
    only ground of an outcome. Refuses what the law does not allow now, a second reply beside an
    open one, and files that are not reply files of this very case.
    """
    kept, today = casework.locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(policies.BASIS)
    REQUEST_FLOW.step(kept.state, "reply")
    _refuse_second(kept)
    files = list(attachments)
    refuse_foreign(kept, files)
    law, found = casework.law_of(kept), replies.outcome(outcome)
    reply_evidence.require_ripe(kept, outcome)
    # The same check as on the day of service: a letter once posted cannot be taken back.
    concluding.require_grounds(kept, outcome, today)
    reply = _Reply(kept, law, found, _completed(kept, found, stated), today)
    _require_stated(reply)
    letter = put_down(kept, _draft(reply), by=by, now=now)
    letter.attachments.set(files)
    return letter


def _refuse_second(request: DisclosureRequest) -> None:
    waiting = request.letters.filter(state__in=WAITING).exclude(outcome="").first()
    if waiting is not None:
        raise Refusal(
            "reply.one_at_a_time",
            f"这件申请已有一份{LETTERS[waiting.kind].label}（{waiting.get_state_display()}）。"
            "要改答复的，请先作废那一份。",
            policies.BASIS,
        )


def _completed(
    request: DisclosureRequest, found: Outcome, stated: Mapping[str, str]
) -> dict[str, str]:
    """What was stated, with what the case tells by itself where nothing was."""
    words = {key: text.strip() for key, text in stated.items() if text.strip()}
    if "search" in found.needs and "search" not in words:
        words["search"] = reply_evidence.search_words(request)
    if "notice" in found.needs and "notice" not in words:
        words["notice"] = reply_evidence.notice_words(request, found.key)
    if "earlier_reply" in found.needs and "earlier_reply" not in words:
        words["earlier_reply"] = reply_evidence.earlier_words(request)
    if "ground" in found.needs and "ground" not in words and len(found.grounds) == 1:
        words["ground"] = found.grounds[0]
    return words


def _require_stated(reply: _Reply) -> None:
    gaps = check_reply(reply.outcome.key, reply.stated, law=reply.law)
    if gaps:
        raise Refusal(
            "reply.incomplete",
            "".join(gap.sentence for gap in gaps),
            gaps[0].basis,
            {gap.key: gap.sentence for gap in gaps},
        )


def _draft(reply: _Reply) -> LetterDraft:
    """The letter's parts from what was stated: the ground in words, the rest as it is."""
    parts, key = dict(reply.stated), reply.outcome.key
    ground_key = parts.pop("ground", "")
    kind = reply.outcome.letter
    if ground_key:
        ground(ground_key, reply.law)
        parts["ground"] = letter_basis.ground_words(ground_key, reply.law)
    notice = parts.pop("notice", "")
    if notice:
        parts["reason"] = reply_evidence.abandoned_words(key, notice, parts.get("reason", ""))
    if reply.request.is_rectification and kind == "closing":
        kind, parts["result"] = "rectification", parts.pop("reason", "")
    return LetterDraft(kind, parts, outcome=key, ground=ground_key)
