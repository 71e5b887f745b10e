"""States of a letter as a table. No Django here."""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "draft": "草拟",
    "submitted": "待审批",
    "approved": "已审批",
    "served": "已送达",
    "void": "作废",
}
_BASIS = "GB/T 9704-2012；本机关发文审批程序"
_SERVICE = "国办公开办函〔2016〕235号"


def _t(name: str, sources: str, target: str, label: str, basis: str = _BASIS) -> Transition:
    return Transition(name, frozenset(sources.split()), target, basis, label)


LETTER_FLOW = Flow(
    STATES,
    [
        _t("edit", "draft", "draft", "修改"),
        _t("submit", "draft", "submitted", "提交审批"),
        _t("send_back", "submitted", "draft", "退回修改"),
        _t("approve", "submitted", "approved", "审批"),
        _t("serve", "approved", "served", "登记送达", _SERVICE),
        _t("serve_again", "served", "served", "再次送达", _SERVICE),
        _t("void", "draft submitted approved", "void", "作废"),
    ],
)
