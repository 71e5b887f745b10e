"""What can be done with a request: the table behind the buttons of its page and their screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure import policies, queries
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest
from gongkai.kit.refusal import Answer
from gongkai.law.clock import Clock, Kind
from gongkai.orgs.models import Person

Policy = Callable[[Person | None, DisclosureRequest, date], Answer]
Fits = Callable[[DisclosureRequest, Clock | None], bool]
ENDED = ("replied", "closed", "archived")


def _always(request: DisclosureRequest, clock: Clock | None) -> bool:
    return True


def _open(request: DisclosureRequest, clock: Clock | None) -> bool:
    return request.state in OPEN_STATES


def _answered(request: DisclosureRequest, clock: Clock | None) -> bool:
    return request.state in ENDED and bool(request.outcome)


def _given(request: DisclosureRequest, clock: Clock | None) -> bool:
    return request.outcome in ("granted", "partly_granted")


def _knows(kind: Kind) -> Fits:
    """The law of the case knows the step, and the case has not used it up."""

    def fits(request: DisclosureRequest, clock: Clock | None) -> bool:
        return clock is not None and kind in clock.rules and not _used(kind, clock)

    return fits


def _used(kind: Kind, clock: Clock) -> bool:
    if kind is Kind.SUPPLEMENT_ASKED:
        return clock.supplement_asked is not None
    return kind is Kind.EXTENDED and clock.extended


def _chargeable(request: DisclosureRequest, clock: Clock | None) -> bool:
    return clock is not None and clock.law.has("fee_payment") and not hasattr(request, "fee")


def _joinable(request: DisclosureRequest, clock: Clock | None) -> bool:
    """The same applicant has another request under way."""
    return queries.open_ones(queries.same_applicant(request)).exists()


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: its address, label, who may, from which states (`step` of the flow), when."""

    name: str
    label: str
    group: str
    allowed: Policy
    basis: str
    step: str = ""
    fits: Fits = _always
    grave: bool = False

    def possible(self, request: DisclosureRequest, clock: Clock | None) -> bool:
        """Whether the state of the case lets it be done now."""
        in_state = not self.step or REQUEST_FLOW.can(request.state, self.step)
        return in_state and self.fits(request, clock)


_FEES = "国办函〔2020〕109号"
_LEAD, _HANDLE = policies.may_lead, policies.may_handle
DEEDS: tuple[Deed, ...] = (
    Deed("request_confirm", "登记双方确认", "受理", _LEAD, "《条例》第三十一条", "confirm"),
    Deed("request_assign", "交办", "受理", _LEAD, "《条例》第四条", "assign"),
    Deed("request_split", "拆分", "受理", _LEAD, "一事一申请", "split"),
    Deed("request_join", "并入另一件", "受理", _LEAD, "合并办理", "join", _joinable),
    Deed("request_law", "适用另一日的规定", "受理", _LEAD, policies.BASIS, fits=_open),
    Deed(
        "request_ask_supplement",
        "要求补正",
        "办理",
        _HANDLE,
        "《条例》第三十条",
        "ask_supplement",
        _knows(Kind.SUPPLEMENT_ASKED),
    ),
    Deed("request_supplement", "登记补正", "办理", _HANDLE, "《条例》第三十条", "supplement"),
    Deed("request_search", "登记检索", "办理", _HANDLE, "《条例》第三十六条", fits=_open),
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
        _knows(Kind.EXTENDED),
    ),
    Deed("request_charge", "收费通知", "办理", _HANDLE, _FEES, "charge", _chargeable),
    Deed("request_pay", "登记缴费", "办理", _HANDLE, _FEES, "pay"),
    Deed(
        "request_reasons",
        "要求说明理由",
        "办理",
        _HANDLE,
        "《条例》第三十五条",
        "ask_reasons",
        _knows(Kind.REASONS_ASKED),
    ),
    Deed(
        "request_delay",
        "告知延迟答复",
        "办理",
        _LEAD,
        "《条例》第三十五条",
        "ask_reasons",
        _knows(Kind.DELAYED),
    ),
    Deed("request_file", "添加材料", "办理", _HANDLE, policies.BASIS),
    Deed("request_letter", "草拟回执等文书", "答复", _HANDLE, policies.BASIS),
    Deed("request_reply", "草拟答复", "答复", _HANDLE, "《条例》第三十六条", "reply"),
    Deed("request_withdraw", "申请人撤回", "答复", _HANDLE, "申请人撤回", "withdraw", grave=True),
    Deed("request_close", "办结", "办结", _HANDLE, "《条例》第四十五条", "close"),
    Deed("request_archive", "归档", "办结", _LEAD, "《条例》第四十五条", "file_away"),
    Deed("request_remedy", "登记复议诉讼", "办结", _LEAD, "《条例》第五十一条"),
    Deed("request_reopen", "责令重新办理", "办结", _LEAD, "行政复议决定、行政裁判", fits=_answered),
    Deed("request_release", "公布答复", "办结", _LEAD, "《条例》第四十四条", fits=_answered),
    Deed("request_convert", "转为主动公开", "办结", _LEAD, "《条例》第四十四条", fits=_given),
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
