"""Rows with one mistake each, as registers have them; none may get in, each has its sentence."""

from __future__ import annotations

from dataclasses import dataclass

GOOD = {
    "received_on": "2025-03-03",
    "channel": "counter",
    "applicant_kind": "natural",
    "outcome": "granted",
    "replied_on": "2025-03-20",
}


@dataclass(frozen=True, slots=True)
class Spoiled:
    """Cells over `GOOD`, the column the refusal must name, words its sentence must have."""

    cells: dict[str, str]
    column: str
    words: str


def _s(column: str, words: str, **cells: str) -> Spoiled:
    return Spoiled(cells, column, words)


SPOILED: tuple[Spoiled, ...] = (
    _s("received_on", "不是一个日期", received_on="二月三十"),
    _s("received_on", "不能空着", received_on=""),
    _s("received_on", "还没有到", received_on="2099-01-05", replied_on="2099-01-06"),
    _s("replied_on", "也要填写", replied_on=""),
    _s("outcome", "也要填写", outcome=""),
    _s("", "早于", replied_on="2025-03-01"),
    _s("channel", "没有“飞鸽”这个代码", channel="飞鸽"),
    _s("channel", "不能空着", channel=""),
    _s("applicant_kind", "没有“火星人”这个代码", applicant_kind="火星人"),
    _s("applicant_kind", "不能空着", applicant_kind=""),
    _s("outcome", "没有“看情况”这个代码", outcome="看情况"),
    _s("ground", "不一致", outcome="refused_state_secret", ground="privacy"),
    _s("", "没有“不予公开：三类内部事务信息”这一答复类型", received_on="2012-03-05",
       replied_on="2012-03-12",
       outcome="refused_internal_affairs"),
    _s("supplement_asked_on", "也要填写", supplemented_on="2025-03-10"),
    _s("supplement_asked_on", "也要填写", supplement_due_on="2025-03-10"),
    _s("", "早于", supplement_asked_on="2025-03-01"),
    _s("third_party_asked_on", "也要填写", third_party_opinion_on="2025-03-10",
       third_party_opinion="agrees"),
    _s("third_party_opinion", "也要填写", third_party_asked_on="2025-03-05",
       third_party_opinion_on="2025-03-10"),
    _s("extended_days", "也要填写", extended_on="2025-03-10"),
    _s("extended_days", "不是整数", extended_on="2025-03-10", extended_days="二十"),
    _s("", "1至20个工作日", extended_on="2025-03-10", extended_days="21"),
    _s("", "不能再延期", extended_on="2025-04-20", extended_days="20", replied_on="2025-04-28"),
    _s("fee_yuan", "不是整数", fee_yuan="一百元"),
    _s("fee_yuan", "也要填写", fee_noticed_on="2025-03-10"),
    _s("fee_noticed_on", "也要填写", fee_paid_on="2025-03-10", fee_yuan="100"),
    _s("reconsideration_filed_on", "也要填写", reconsideration_outcome="upheld"),
    _s("reconsideration_outcome", "也要填写", reconsideration_filed_on="2025-04-01",
       reconsideration_ended_on="2025-05-01"),
    _s("suit_after_filed_on", "须有审结的行政复议", suit_after_filed_on="2025-05-01"),
    _s("", "审结", direct_suit_filed_on="2025-05-01", direct_suit_outcome="upheld"),
    _s("direct_suit_filed_on", "早于申请到达", direct_suit_filed_on="2025-03-02"),
    _s("suit_after_filed_on", "早于行政复议审结", reconsideration_filed_on="2025-04-01",
       reconsideration_outcome="upheld", reconsideration_ended_on="2025-05-20",
       suit_after_filed_on="2025-05-01"),
    _s("earlier_reply", "没有登记号为", outcome="repeated", earlier_reply="无此号"),
    _s("received_on", "与到达日期不符", arrived_on="2025-03-01"),
)  # fmt: skip
