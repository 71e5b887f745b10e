"""States of a yearly report as a table. No Django here.

`publish` and `withdraw` are no buttons: they follow when the report's record, reviewed as any
other, comes before the public or is taken off again.
"""

from __future__ import annotations

from gongkai.kit.flow import Flow, Transition

STATES = {
    "drafted": "编制中",
    "checked": "已核对，待批准",
    "approved": "已批准，待发布",
    "published": "已发布",
    "sent": "已报送",
    "receipted": "上级已签收",
}
ARTICLE = "《条例》第四十九条、第五十条"


def _t(name: str, sources: str, target: str, basis: str, label: str) -> Transition:
    return Transition(name, frozenset(sources.split()), target, basis, label)


REPORT_FLOW = Flow(
    STATES,
    [
        _t("edit", "drafted", "drafted", ARTICLE, "修改"),
        _t("check", "drafted", "checked", ARTICLE, "提交批准"),
        _t("send_back", "checked", "drafted", ARTICLE, "退回修改"),
        _t("approve", "checked", "approved", ARTICLE, "批准"),
        _t("publish", "approved", "published", "先审查后公开", "发布"),
        _t("withdraw", "published sent receipted", "approved", "撤下政府信息", "撤下"),
        _t("send", "published", "sent", ARTICLE, "报送"),
        _t("take_receipt", "sent", "receipted", ARTICLE, "签收"),
        _t("reopen", "approved published sent receipted", "drafted", ARTICLE, "更正"),
    ],
)
