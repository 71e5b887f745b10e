"""What a reply rests on in the case itself: the search log, the notices, the earlier reply.

And whether the step an outcome rests on was taken.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.disclosure import casework, letter_basis
from gongkai.disclosure.letter_text import chinese_day
from gongkai.disclosure.models import DisclosureRequest, LetterState, Sending
from gongkai.kit.refusal import Refusal
from gongkai.law import replies
from gongkai.law.clock import Clock
from gongkai.law.clock_events import Kind, event_rules
from gongkai.law.letters import LETTERS
from gongkai.law.model import Law
from gongkai.law.replies import Outcome

# The notice whose silence an outcome is, and what was not done.
_NOTICES = {
    "abandoned_no_supplement": ("supplement", "未在补正期限内补正，且未说明正当理由"),
    "abandoned_no_fee": ("fee", "未在缴费期限内缴纳信息处理费"),
}


# The decree of 2007 has no article for 信访 and 重复申请: whoever answers names what he rests on.
NO_ARTICLE = ("basis", "依据：适用的规定没有对应的条款，请写明依据的规范性文件或者规定")


def wants_basis(found: Outcome, law: Law) -> bool:
    """Whether the law of the case has no article for an outcome whose letter must name one."""
    named = "basis" in dict(LETTERS[found.letter].all_parts)
    return named and not letter_basis.reply_basis(found.key, law)


def needs_of(found: Outcome, law: Law) -> list[tuple[str, str]]:
    """What has to be written: what the outcome needs, and the parts of its letter besides."""
    parts = dict(LETTERS[found.letter].parts) | dict(found.needs)
    if "notice" in found.needs:
        parts.pop("reason", None)
    return [*parts.items(), *([NO_ARTICLE] if wants_basis(found, law) else [])]


def search_words(request: DisclosureRequest) -> str:
    """The search log as the letter tells it, a line per search; empty when nobody searched."""
    return "\n".join(
        f"{chinese_day(row.on)}，由{row.by.name if row.by else '本机关工作人员'}在{row.place}"
        f"检索，检索方法和用词：{row.terms.rstrip('。')}；结果：{row.found.rstrip('。')}。"
        for row in request.searches.select_related("by")
    )


def notice_words(request: DisclosureRequest, outcome: str) -> str:
    """《补正告知书》（门商信补〔2026〕7号）于2026年3月2日送达; empty when none was served."""
    kind, _ = _NOTICES[outcome]
    sent = _served(request, kind)
    if sent is None:
        return ""
    letter = sent.letter
    return f"《{LETTERS[kind].label}》（{letter.number}）于{chinese_day(sent.served_on)}送达"


def abandoned_words(outcome: str, notice: str, reason: str) -> str:
    """The reason of closing: which notice went unanswered, and what follows."""
    _, missed = _NOTICES[outcome]
    more = f"。{reason}" if reason else ""
    return f"{notice.rstrip('。')}，申请人{missed}，视为放弃申请，不再处理该申请{more}"


def earlier_words(request: DisclosureRequest) -> str:
    """Number and day of the reply given earlier; empty when the case names none."""
    earlier = request.earlier_reply
    if earlier is None or earlier.replied_on is None:
        return ""
    letter = earlier.letters.filter(state=LetterState.SERVED).exclude(outcome="").first()
    number = letter.number if letter else f"登记号{earlier.number}的答复"
    return f"{number}，{chinese_day(earlier.replied_on)}"


def _served(request: DisclosureRequest, kind: str) -> Sending | None:
    sendings = Sending.objects.filter(letter__request=request, letter__kind=kind)
    return sendings.select_related("letter").order_by("id").first()


def require_ripe(request: DisclosureRequest, outcome: str) -> None:
    """Refuse an outcome whose step was never taken (besides `concluding.require_grounds`)."""
    clock = casework.clock_of(request)
    if clock is None:
        raise Refusal(
            "request.not_confirmed",
            "这件申请的收到之日还没有确定。请先登记双方确认，再拟答复。",
            "《条例》第三十一条",
        )
    check = _RIPE.get(outcome)
    sentence = check(request, clock) if check else ""
    if sentence:
        found = replies.outcome(outcome)
        basis = "、".join(str(cite) for cite in found.cite(clock.law))
        raise Refusal(f"reply.{outcome}_too_early", sentence, basis)


def _still_unclear(request: DisclosureRequest, clock: Clock) -> str:
    if clock.supplement_asked is None:
        return "还没有要求申请人补正，不能按补正后仍不明确答复。请先送达补正告知书。"
    if clock.supplement_open:
        return "申请人还没有补正，不能按补正后仍不明确答复。"
    return ""


def _excessive(request: DisclosureRequest, clock: Clock) -> str:
    knows = Kind.REASONS_ASKED in event_rules(clock.law)
    if knows and not request.steps.filter(kind=Kind.REASONS_ASKED.value).exists():
        return (
            "还没有要求申请人说明理由，不能按无正当理由大量反复申请答复。请先送达说明理由告知书。"
        )
    return ""


_RIPE: dict[str, Callable[[DisclosureRequest, Clock], str]] = {
    "still_unclear": _still_unclear,
    "excessive": _excessive,
}
