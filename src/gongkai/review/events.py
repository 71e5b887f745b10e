"""Event names of review, with the sentence each is read as."""

from __future__ import annotations

EVENTS = {
    "record.findings_noted": "系统在{subject}中发现{count}处需要答复的内容。",
    "record.finding_answered": "{actor}答复了{subject}的一处发现（{kind}）：{label}。",
    "record.proposed": "{actor}提出{subject}的公开属性：{attribute}，审查单{sheet}。",
    "record.verified": "{actor}代表审查小组核实了{subject}，意见：{attribute}，审查单{sheet}。",
    "record.decided": "{actor}确定{subject}的公开属性为{attribute}，审查单{sheet}。",
    "record.returned": "{actor}退回了{subject}的审查单{sheet}：{reason}。",
    "word_list.made": "{actor}建立核查词表“{label}”（{count}个词）。",
    "word_list.changed": "{actor}修改核查词表“{label}”（{count}个词）。",
    "record.rereview_begun": "{actor}对{subject}开始定期评估。",
}
KINDS = {"review_sheet": "审查单", "word_list": "核查词表"}
