"""Event names of reports and statistics, with the sentence each is read as."""

from __future__ import annotations

EVENTS: dict[str, str] = {
    "report.begun": "{actor}开始编制{year}年的{subject}（{edition}年格式）。",
    "report.computed": "{actor}重新计算了{year}年的{subject}，{changed}格有变化。",
    "report.cell_entered": "{actor}在{year}年的{subject}填写“{label}”为{value}，来源：{source}。",
    "report.cell_cleared": "{actor}在{year}年的{subject}收回“{label}”的填写：{source}。",
    "report.narrative_saved": "{actor}保存了{year}年的{subject}文字第{number}版。",
    "report.checked": "{actor}核对了{year}年的{subject}，提交批准。",
    "report.sent_back": "{actor}退回了{year}年的{subject}：{reason}",
    "report.approved": "{actor}批准了{year}年的{subject}，摘要{digest}。",
    "report.recorded": "{actor}把{year}年的{subject}转为政府信息草稿，照常审查后发布。",
    "report.published": "{year}年的{subject}已随政府信息发布。",
    "report.withdrawn": "{year}年的{subject}已随政府信息撤下，重新发布以前不再公开。",
    "report.reopened": "{actor}更正{year}年的{subject}：{reason}",
    "report.sent": "{actor}报送了{year}年的{subject}，文件摘要{digest}。",
    "report.receipted": "{actor}签收了{year}年的{subject}。",
}
KINDS = {"annual_report": "年度报告"}
