"""The reply: one outcome, what it must state, and its letter with the remedy of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import casework, copies, letter_basis, policies, reply_evidence
from gongkai.disclosure.actions import concluding
from gongkai.disclosure.actions.writing import PARTLY, put_down, refuse_foreign
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest, Letter, LetterState, SealedFile
from gongkai.disclosure.values import LetterDraft, Withheld
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import replies
from gongkai.law.grounds import ground
from gongkai.law.guide import Gap
from gongkai.law.letters import LETTERS
from gongkai.law.model import Law
from gongkai.law.replies import Outcome, check_reply
from gongkai.orgs.models import Person

__all__ = ["PARTLY", "draft_reply"]
WAITING = (LetterState.DRAFT, LetterState.SUBMITTED, LetterState.APPROVED)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What a reply is drafted from: the case, its law, the outcome and what was stated."""

    request: DisclosureRequest
    law: Law
    outcome: Outcome
    stated: Mapping[str, str]
    today: date
    more: tuple[Withheld, ...] = ()


@transaction.atomic
def draft_reply(
    *,
    request: DisclosureRequest,
    outcome: str,
    stated: Mapping[str, str],
    attachments: Iterable[SealedFile] = (),
    withheld: Sequence[Withheld] = (),
    by: Person | None,
    now: datetime,
) -> Letter:
    """Draft the letter that answers the request (Art. 36–40).

    `stated` holds what the outcome needs (`law.replies`), `ground` as its key. What the case can
    tell by itself is filled in: the search from its log, the notice that went unanswered, the
    only ground of an outcome. Of a partly granted request `withheld` names each part left out with
    its own ground and reason (Art. 37). Refuses what the law does not allow now, a second reply
    beside an open one, and files that are not reply files of this very case.
    """
    kept, today = casework.locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(policies.BASIS)
    REQUEST_FLOW.step(kept.state, "reply")
    _refuse_second(kept)
    files = list(attachments)
    refuse_foreign(kept, files)
    if outcome == PARTLY:
        copies.refuse_covered(files)
    law, found = casework.law_of(kept), replies.outcome(outcome)
    reply_evidence.require_ripe(kept, outcome)
    # The same check as on the day of service: a letter once posted cannot be taken back.
    concluding.require_grounds(kept, outcome, today)
    told = {**stated, **_first_withheld(found, withheld)}
    reply = _Reply(kept, law, found, _completed(kept, found, told), today, tuple(withheld[1:]))
    _require_stated(reply)
    letter = put_down(kept, _draft(reply), by=by, now=now)
    letter.attachments.set(files)
    return letter


def _first_withheld(found: Outcome, withheld: Sequence[Withheld]) -> dict[str, str]:
    """The first part as the outcome states it; every part named, grounded and explained."""
    if not withheld:
        return {}
    if found.key != PARTLY:
        raise ValueError(f"{found.key} withholds no part")
    for each in withheld:
        if not (each.part.strip() and each.ground.strip() and each.reason.strip()):
            raise Refusal(
                "reply.withheld_incomplete",
                "每一处不予公开的部分，都要写明是哪一部分、法定理由和具体理由。",
                "《条例》第三十七条",
                {"withheld": "请把这一处的三项填全，或者全部留空。"},
            )
    first = withheld[0]
    return {"part": first.part, "ground": first.ground, "reason": first.reason}


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
    gaps = list(check_reply(reply.outcome.key, reply.stated, law=reply.law))
    if reply_evidence.wants_basis(reply.outcome, reply.law) and "basis" not in reply.stated:
        sentence = (
            f"{reply.law.base.title}没有“{reply.outcome.label}”的条款，请写明依据的规定，"
            "如有关规范性文件的文号和条款。"
        )
        gaps.append(Gap("basis", "依据", sentence, reply.law.base.title))
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
    if reply.more:
        parts["more"] = "\n".join(_withheld_words(each, reply.law) for each in reply.more)
    also = tuple(each.ground for each in reply.more)
    return LetterDraft(kind, parts, outcome=key, ground=ground_key, also=also)


def _withheld_words(each: Withheld, law: Law) -> str:
    told = letter_basis.ground_words(each.ground, law)
    reason = each.reason.strip().rstrip("。；;")
    return f"{each.part.strip()}属于{told}，不予公开。理由：{reason}。"
