"""States of a job and the steps a person may make it take."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

READY = "ready"
RUNNING = "running"
SUCCEEDED = "succeeded"
DEAD = "dead"
CANCELLED = "cancelled"

STATES = {
    READY: "等待执行",
    RUNNING: "正在执行",
    SUCCEEDED: "已完成",
    DEAD: "多次失败，已停止",
    CANCELLED: "已取消",
}
FINISHED = (SUCCEEDED, DEAD, CANCELLED)

JOB = Flow(
    STATES,
    [
        Transition("cancel", frozenset({READY, RUNNING}), CANCELLED, "", "取消"),
        Transition("resume", frozenset({DEAD, CANCELLED}), READY, "", "重新执行"),
    ],
)
