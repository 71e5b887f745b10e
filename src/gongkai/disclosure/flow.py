"""States of a request as a table. No Django here.

Where the clock stands (supplement, consultation, fee) is computed by `law.clock`; these states
repeat it for lists, and the action that records a step sets them from the clock.
"""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "received": "已收到，待登记",
    "awaiting_confirmation": "待双方确认",
    "accepted": "办理中",
    "awaiting_supplement": "等待补正",
    "consulting": "征求意见中",
    "awaiting_fee": "等待缴费",
    "replied": "已答复",
    "closed": "已办结",
    "archived": "已归档",
}
RUNNING = "accepted consulting"
OPEN = "received awaiting_confirmation accepted awaiting_supplement consulting awaiting_fee"


def _t(name: str, sources: str, target: str, basis: str, label: str) -> Transition:
    return Transition(name, frozenset(sources.split()), target, basis, label)


REQUEST_FLOW = Flow(
    STATES,
    [
        _t(
            "confirm",
            "received awaiting_confirmation",
            "accepted",
            "《条例》第三十一条",
            "确认收到",
        ),
        _t("assign", OPEN, "accepted", "《条例》第四条", "交办"),
        _t("ask_supplement", "accepted", "awaiting_supplement", "《条例》第三十条", "要求补正"),
        _t("supplement", "awaiting_supplement", "accepted", "《条例》第三十条", "登记补正"),
        _t("consult", RUNNING, "consulting", "《条例》第三十二条、第三十四条", "征求意见"),
        # An opinion may come in while a fee is awaited.
        _t(
            "take_opinion",
            "consulting awaiting_fee",
            "accepted",
            "《条例》第三十二条",
            "登记意见",
        ),
        _t("extend", RUNNING, "accepted", "《条例》第三十三条", "延期"),
        _t("ask_reasons", RUNNING, "accepted", "《条例》第三十五条", "要求说明理由"),
        _t("charge", RUNNING, "awaiting_fee", "国办函〔2020〕109号", "通知缴费"),
        _t("pay", "awaiting_fee", "accepted", "国办函〔2020〕109号", "登记缴费"),
        _t("reply", OPEN, "replied", "《条例》第三十六条", "答复"),
        _t("withdraw", OPEN, "closed", "申请人撤回", "撤回"),
        _t("close", "replied", "closed", "《条例》第四十五条", "办结"),
        _t("join", "received awaiting_confirmation accepted", "closed", "合并办理", "合并"),
        _t("split", "received awaiting_confirmation accepted", "accepted", "一事一申请", "拆分"),
        _t("file_away", "closed", "archived", "《条例》第四十五条", "归档"),
    ],
)
