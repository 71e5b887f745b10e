"""States of a record's working copy as a table. No Django here."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "draft": "草稿",
    "proposed": "已提出，待审查小组核实",
    "verified": "已核实，待主管领导确定",
    "decided": "已确定属性",
    "published": "已发布",
    "withdrawn": "已撤下",
}


def _t(name: str, sources: str, target: str, basis: str, label: str) -> Transition:
    return Transition(name, frozenset(sources.split()), target, basis, label)


RECORD_FLOW = Flow(
    STATES,
    [
        _t("edit", "draft", "draft", "先审查后公开", "修改"),
        _t("propose", "draft", "proposed", "《条例》第十七条", "提出审查"),
        _t("verify", "proposed", "verified", "《条例》第十七条", "核实"),
        _t("return", "proposed verified", "draft", "《条例》第十七条", "退回"),
        _t("decide", "verified", "decided", "《条例》第十七条", "确定属性"),
        _t("publish", "decided", "published", "《条例》第二十三条、第二十六条", "发布"),
        _t("withdraw", "published", "withdrawn", "《条例》第十四条至第十六条", "撤下"),
        _t("revise", "published withdrawn", "draft", "《条例》第二十六条", "修订"),
        _t("rereview", "decided", "draft", "《条例》第十八条", "重新评估"),
    ],
)
