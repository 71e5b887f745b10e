"""What an indicator or a deduction may be computed from: the figures and events, by name.

The names are data of the schemes; `assessment.measures` gathers each of them.
"""

from __future__ import annotations

# What is counted, and what counts as good; the sentence of the score sheet is made of both.
FIGURES: dict[str, tuple[str, str]] = {
    "people_named": ("应当明确的岗位", "已明确专人"),
    "duties_named": ("应当写明职责的", "已写明工作职责"),
    "groups_seated": ("应当设立的领导小组、办公室、审查小组、接待人员", "已设立并有专人"),
    "activities": ("会议、培训和宣传活动", "参加或组织"),
    "mechanisms": ("应当建立的工作制度", "已建立并公布"),
    "inventoried": ("清理条目", "已清理完毕"),
    "classes_current": ("负责的信息分类", "本期有更新"),
    "header_complete": ("本期公开的信息", "要素齐全并已归类"),
    "published_in_time": ("到期应当主动公开的信息", "在法定期限内公开"),
    "published_sound": ("本期公开的信息", "没有因差错或泄露撤下"),
    "published_monthly": ("公开信息的月份", "有信息公开"),
    "sheets_sound": ("本期提出的审查单", "一次通过、没有退回"),
    "sheets_quick": ("本期完成的审查单", "在15日内走完三步"),
    "findings_answered": ("自动检查发现的问题", "已答复"),
    "rereviewed_in_time": ("到期应当评估的不予公开信息", "按期评估"),
    "replied_in_time": ("到期应当答复的申请", "按期答复"),
    "replies_upheld": ("审结的复议和诉讼", "没有被纠正"),
    "guide_current": ("公开指南的法定内容", "已写明并公布"),
    "report_in_time": ("应当公布的年度报告", "按期公布"),
    "site_sound": ("网站自查的检查项", "没有发现问题"),
}

# Arrangements that stand or do not: no sign of how much a section had to do.
STANDING = frozenset(
    {"people_named", "duties_named", "groups_seated", "mechanisms", "guide_current", "site_sound"}
)

# What happened, as it is read on the score sheet.
EVENTS: dict[str, str] = {
    "overdue_reply": "逾期答复申请",
    "late_publication": "超过法定期限公开",
    "reopened_request": "按复议决定或判决重新答复",
    "lost_case": "复议或诉讼被纠正",
    "leak_withdrawn": "因涉密、隐私或商业秘密撤下",
    "error_withdrawn": "因内容有误撤下",
    "mechanism_missing": "没有建立应有的工作制度",
    "report_late": "年度报告逾期或没有公布",
    "site_failure": "网站自查单项否决",
}
