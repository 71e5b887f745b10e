"""States of a review sheet as a table. No Django here."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "proposed": "科室已提出",
    "verified": "审查小组已核实",
    "decided": "主管领导已确定",
    "returned": "已退回",
}
BASIS = "《条例》第十七条"

SHEET_FLOW = Flow(
    STATES,
    [
        Transition("verify", frozenset({"proposed"}), "verified", BASIS, "核实"),
        Transition("decide", frozenset({"verified"}), "decided", BASIS, "确定属性"),
        Transition("return", frozenset({"proposed", "verified"}), "returned", BASIS, "退回"),
    ],
)
