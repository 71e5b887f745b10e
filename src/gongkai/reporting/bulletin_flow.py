"""States of a bulletin as a table. No Django here."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

BASIS = "《条例》第四十六条"
BULLETIN_FLOW = Flow(
    {"draft": "草稿", "issued": "已印发"},
    [
        Transition("edit", frozenset({"draft"}), "draft", BASIS, "修改"),
        Transition("recount", frozenset({"draft"}), "draft", BASIS, "重新取数"),
        Transition("discard", frozenset({"draft"}), "draft", BASIS, "删去草稿"),
        Transition("issue", frozenset({"draft"}), "issued", BASIS, "印发"),
    ],
)
