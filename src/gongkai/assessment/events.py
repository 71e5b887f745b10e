"""Event names of the assessment, with the sentence each is read as."""

from __future__ import annotations

EVENTS: dict[str, str] = {
    "assessment.planned": "{actor}安排了考核“{title}”，按《{scheme}》。",
    "assessment.measured": "{actor}按系统记录测算了“{title}”，共{sheets}份得分表。",
    "assessment.mark_given": "{actor}给{target}的“{indicator}”评{points}分：{reason}。",
    "assessment.event_entered": "{actor}为{target}登记“{indicator}”：{ref}，{reason}。",
    "assessment.drafted": "{actor}公布了“{title}”的初评得分，{appeal_until}前可以申诉。",
    "assessment.returned": "{actor}把“{title}”退回测评：{reason}。",
    "assessment.appealed": "{actor}对{target}的“{indicator}”提出申诉。",
    "assessment.appeal_decided": "{actor}决定{target}的申诉“{indicator}”：{outcome}。",
    "assessment.closed": "{actor}审定了“{title}”，结果摘要值{digest}。",
    "assessment.recorded": "{actor}把“{title}”的结果录为政府信息草稿。",
    "inspection.started": "{actor}开始自查{body}的网站，抽查{pages}个页面。",
    "inspection.finished": "{body}的网站自查完成：发现{findings}处，单项否决{failures}项。",
    "assessment.scheme_adjusted": "{actor}为{target}调整《{scheme}》（第{number}版）：{reason}。",
}
KINDS: dict[str, str] = {
    "assessment_round": "考核轮次",
    "scheme_version": "考核办法调整",
    "inspection": "网站自查",
}
