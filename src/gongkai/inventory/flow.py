"""States of a clean-up run, as a table."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "open": "待开始",
    "running": "清理中",
    "stopped": "已暂停",
    "finished": "已完成",
}
BASIS = "政府信息清理工作办法"
RUN_FLOW = Flow(
    STATES,
    (
        Transition("add_file", frozenset({"open", "stopped"}), "open", BASIS, "添加文件"),
        Transition("choose_mapping", frozenset({"open", "stopped"}), "open", BASIS, "选择字段对照"),
        Transition("start", frozenset({"open", "stopped"}), "running", BASIS, "开始清理"),
        Transition("stop", frozenset({"running"}), "stopped", BASIS, "暂停"),
        Transition("finish", frozenset({"running"}), "finished", BASIS, "结束"),
    ),
)
