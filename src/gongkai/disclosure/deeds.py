"""What can be done with a request: the table behind the desk's buttons and the staff API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure import policies, queries
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest
from gongkai.kit.refusal import Answer, Refusal
from gongkai.law.clock import Clock, Kind
from gongkai.orgs.models import Person

Policy = Callable[[Person | None, DisclosureRequest, date], Answer]
# Why the case does not let it be done, in a sentence; "" where it does.
Hindrance = Callable[[DisclosureRequest, Clock | None], str]
ENDED = ("replied", "closed", "archived")


def _never(request: DisclosureRequest, clock: Clock | None) -> str:
    return ""


def _ended(request: DisclosureRequest, clock: Clock | None) -> str:
    return "" if request.state in OPEN_STATES else "这件申请已经答复或者办结，不再办理这一步。"


def _unanswered(request: DisclosureRequest, clock: Clock | None) -> str:
    answered = request.state in ENDED and bool(request.outcome)
    return "" if answered else "这件申请还没有答复，答复以后才能办理这一步。"


def _nothing_given(request: DisclosureRequest, clock: Clock | None) -> str:
    given = request.outcome in ("granted", "partly_granted")
    return "" if given else "只有已公开或者部分公开的申请可以转为主动公开。"


def _not_for(kind: Kind) -> Hindrance:
    """The law of the case does not know the step, or the case has used it up."""

    def why(request: DisclosureRequest, clock: Clock | None) -> str:
        if clock is None:
            return "收到之日还没有确定，请先登记双方确认。"
        if kind not in clock.rules:
            return "这件申请适用的规定里没有这一步。"
        return "这一步只能办理一次，已经办理过。" if _used(kind, clock) else ""

    return why


def _used(kind: Kind, clock: Clock) -> bool:
    if kind is Kind.SUPPLEMENT_ASKED:
        return clock.supplement_asked is not None
    return kind is Kind.EXTENDED and clock.extended


def _not_chargeable(request: DisclosureRequest, clock: Clock | None) -> str:
    if clock is None:
        return "收到之日还没有确定，请先登记双方确认。"
    if not clock.law.has("fee_payment"):
        return "这件申请适用的规定里没有信息处理费。"
    return "这件申请已经核定过信息处理费，不能重复收取。" if hasattr(request, "fee") else ""


def _delivered(request: DisclosureRequest, clock: Clock | None) -> str:
    """The day a fee notice arrived is known, or no notice went out."""
    steps = request.steps.filter(kind=Kind.FEE_NOTICED.value, delivered_on__isnull=True)
    return "" if steps.exists() else "没有还不知道何时收到的收费通知。"


def _nothing_to_join(request: DisclosureRequest, clock: Clock | None) -> str:
    """The same applicant has no other request under way."""
    others = queries.open_ones(queries.same_applicant(request))
    return "" if others.exists() else "没有同一申请人尚未答复的另一件申请。"


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: its address, label, who may, from which states (`step` of the flow), when not."""

    name: str
    label: str
    group: str
    allowed: Policy
    basis: str
    step: str = ""
    hindered: Hindrance = _never
    grave: bool = False

    def possible(self, request: DisclosureRequest, clock: Clock | None) -> bool:
        """Whether the state of the case lets it be done now."""
        in_state = not self.step or REQUEST_FLOW.can(request.state, self.step)
        return in_state and not self.hindered(request, clock)

    def why_not(self, held: Answer, request: DisclosureRequest, clock: Clock | None) -> str:
        """Why it cannot be done now, in one sentence; "" when it can.

        `held` is what `allowed` answers for the person: asked once for all deeds that share it.
        """
        if not held:
            return held.reason
        if self.step:
            try:
                REQUEST_FLOW.step(request.state, self.step)
            except Refusal as refusal:
                return refusal.sentence
        return self.hindered(request, clock)


_FEES = "国办函〔2020〕109号"
_LEAD, _HANDLE = policies.may_lead, policies.may_handle
DEEDS: tuple[Deed, ...] = (
    Deed("request_confirm", "登记双方确认", "受理", _LEAD, "《条例》第三十一条", "confirm"),
    Deed("request_assign", "交办", "受理", _LEAD, "《条例》第四条", "assign"),
    Deed("request_split", "拆分", "受理", _LEAD, "一事一申请", "split"),
    Deed("request_join", "并入另一件", "受理", _LEAD, "合并办理", "join", _nothing_to_join),
    Deed("request_law", "适用另一日的规定", "受理", _LEAD, policies.BASIS, hindered=_ended),
    Deed(
        "request_ask_supplement",
        "要求补正",
        "办理",
        _HANDLE,
        "《条例》第三十条",
        "ask_supplement",
        _not_for(Kind.SUPPLEMENT_ASKED),
    ),
    Deed("request_supplement", "登记补正", "办理", _HANDLE, "《条例》第三十条", "supplement"),
    Deed("request_search", "登记检索", "办理", _HANDLE, "《条例》第三十六条", hindered=_ended),
    Deed(
        "request_consult",
        "征求意见",
        "办理",
        _HANDLE,
        "《条例》第三十二条、第三十四条",
        "consult",
    ),
    Deed(
        "request_extend",
        "批准延期",
        "办理",
        policies.may_extend,
        "《条例》第三十三条",
        "extend",
        _not_for(Kind.EXTENDED),
    ),
    Deed("request_charge", "收费通知", "办理", _HANDLE, _FEES, "charge", _not_chargeable),
    Deed("request_fee_delivery", "登记收到收费通知", "办理", _HANDLE, _FEES, "pay", _delivered),
    Deed("request_pay", "登记缴费", "办理", _HANDLE, _FEES, "pay"),
    Deed(
        "request_reasons",
        "要求说明理由",
        "办理",
        _HANDLE,
        "《条例》第三十五条",
        "ask_reasons",
        _not_for(Kind.REASONS_ASKED),
    ),
    Deed(
        "request_delay",
        "告知延迟答复",
        "办理",
        _LEAD,
        "《条例》第三十五条",
        "ask_reasons",
        _not_for(Kind.DELAYED),
    ),
    Deed("request_file", "添加材料", "办理", _HANDLE, policies.BASIS),
    Deed("request_letter", "草拟回执等文书", "答复", _HANDLE, policies.BASIS),
    Deed("request_reply", "草拟答复", "答复", _HANDLE, "《条例》第三十六条", "reply"),
    Deed("request_withdraw", "申请人撤回", "答复", _HANDLE, "申请人撤回", "withdraw", grave=True),
    Deed("request_close", "办结", "办结", _HANDLE, "《条例》第四十五条", "close"),
    Deed("request_archive", "归档", "办结", _LEAD, "《条例》第四十五条", "file_away"),
    Deed("request_remedy", "登记复议诉讼", "办结", _LEAD, "《条例》第五十一条"),
    Deed(
        "request_reopen",
        "责令重新办理",
        "办结",
        _LEAD,
        "行政复议决定、行政裁判",
        hindered=_unanswered,
    ),
    Deed("request_release", "公布答复", "办结", _LEAD, "《条例》第四十四条", hindered=_unanswered),
    Deed(
        "request_convert",
        "转为主动公开",
        "办结",
        _LEAD,
        "《条例》第四十四条",
        hindered=_nothing_given,
    ),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


def open_to(
    person: Person, request: DisclosureRequest, clock: Clock | None, today: date
) -> list[tuple[str, list[Deed]]]:
    """The deeds this person can do now, in groups; empty groups are left out."""
    groups: dict[str, list[Deed]] = {}
    for deed in DEEDS:
        if deed.possible(request, clock) and deed.allowed(person, request, today):
            groups.setdefault(deed.group, []).append(deed)
    return list(groups.items())
