"""States of a round of assessment as a table. No Django here."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "planned": "已安排",
    "measuring": "正在测评",
    "drafted": "已公布初评，可以申诉",
    "appealed": "有申诉待决定",
    "closed": "已审定",
}
BASIS = "《政府信息公开条例》第四十六条"


def _t(name: str, sources: str, target: str, label: str, basis: str = BASIS) -> Transition:
    return Transition(name, frozenset(sources.split()), target, basis, label)


ROUND_FLOW = Flow(
    STATES,
    [
        _t("measure", "planned measuring", "measuring", "按系统记录测算"),
        _t("give", "measuring", "measuring", "评分"),
        _t("draft", "measuring", "drafted", "公布初评得分"),
        _t("return", "drafted", "measuring", "退回测评"),
        _t("appeal", "drafted appealed", "appealed", "申诉"),
        _t("decide", "appealed", "appealed", "决定申诉"),
        _t("settle", "appealed", "drafted", "办结申诉"),
        _t("close", "drafted", "closed", "审定"),
    ],
)

INSPECTION_STATES = {"running": "正在自查", "finished": "已完成"}
INSPECTION_FLOW = Flow(
    INSPECTION_STATES,
    [_t("finish", "running", "finished", "完成自查", "国办秘函〔2019〕19号")],
)
