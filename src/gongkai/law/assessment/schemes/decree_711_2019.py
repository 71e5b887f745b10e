"""Today's: the duties of Decree 711 that Art. 46 has assessed, with the government-site rules.

Articles are those of the decree; that these duties are assessed follows from Art. 46, 47, 52, 53.
The decree gives no weights: weights, deductions and grades are our own reading and marked so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.kit.ranges import Span
from gongkai.law.assessment.model import (
    Count,
    EventRule,
    Grade,
    Hand,
    Head,
    Indicator,
    Scheme,
    Share,
)


def _art(number: str) -> str:
    return f"《政府信息公开条例》第{number}条"


_FIVE = Decimal(5)
SCHEME = Scheme(
    key="decree_711_2019",
    title="政府信息公开工作考核指标（2019年条例）",
    number="国务院令第711号",
    span=Span(date(2019, 5, 15)),
    region="",
    basis="《政府信息公开条例》第四十六条至第五十三条",
    note="条例没有规定分值；分值、扣分和等次是本平台的理解，可由主管部门调整。",
    heads=(
        Head("proactive", "主动公开"),
        Head("on_request", "依申请公开"),
        Head("report", "年度报告"),
        Head("guide", "指南和目录更新"),
        Head("review", "公开前审查"),
        Head("supervision", "监督保障"),
        Head("site", "网站"),
    ),
    indicators=(
        Indicator("in_time", "proactive", "二十个工作日内公开", 20, Share(50),
                  "published_in_time", _art("二十六"), True),
        Indicator("sound", "proactive", "公开准确，没有因差错撤下", 10, Share(80),
                  "published_sound", _art("六"), True),
        Indicator("replies", "on_request", "按期答复申请", 15, Share(50), "replied_in_time",
                  _art("三十三"), True),
        Indicator("upheld", "on_request", "复议和诉讼没有被纠正", 10, Share(), "replies_upheld",
                  _art("五十一"), True),
        Indicator("report", "report", "按时公布年度报告", 10, Share(), "report_in_time",
                  _art("四十九"), True, body_only=True),
        Indicator("guide", "guide", "指南内容完整并公布", 4, Share(), "guide_current",
                  _art("十二"), True, body_only=True),
        Indicator("classes", "guide", "目录各类及时更新", 3, Share(), "classes_current",
                  _art("五十三"), True),
        Indicator("complete", "guide", "索引、名称、概述、分类齐全", 3, Share(50),
                  "header_complete", _art("十二"), True),
        Indicator("sheets", "review", "审查单一次通过", 4, Share(50), "sheets_sound", _art("十七"),
                  True),
        Indicator("findings", "review", "答复自动检查发现的问题", 2, Share(), "findings_answered",
                  _art("十七"), True),
        Indicator("rereview", "review", "不予公开信息按期评估", 4, Share(), "rereviewed_in_time",
                  _art("十八"), True),
        Indicator("people", "supervision", "明确工作机构、负责人和专人", 3, Share(),
                  "people_named", _art("四"), True),
        Indicator("training", "supervision", "组织会议、培训和宣传", 4, Count(4), "activities",
                  _art("四十八"), True),
        Indicator("clarified", "supervision", "发现并澄清虚假或不完整信息", 3, Hand(), "",
                  _art("六"), True),
        Indicator("site", "site", "网站自查没有问题", 5, Share(), "site_sound",
                  "国办秘函〔2019〕19号", True, body_only=True),
    ),
    events=(
        EventRule("lost", "复议或诉讼被纠正", -_FIVE, Decimal(10), "lost_case", _art("五十一"),
                  True),
        EventRule("reopened", "按复议决定或判决重新答复", Decimal(-2), Decimal(6),
                  "reopened_request", _art("五十一"), True),
        EventRule("leak", "因涉密、隐私或商业秘密撤下", Decimal(-10), None, "leak_withdrawn",
                  _art("十四、十五"), True),
        EventRule("overdue", "逾期答复申请", Decimal(-2), Decimal(10), "overdue_reply",
                  _art("三十三"), True),
        EventRule("late", "超过期限公开", Decimal(-1), Decimal(10), "late_publication",
                  _art("二十六"), True),
        EventRule("mechanism", "没有建立应有的工作制度", Decimal(-1), _FIVE, "mechanism_missing",
                  _art("五十二"), True, body_only=True),
        EventRule("report_late", "年度报告逾期或没有公布", -_FIVE, None, "report_late",
                  _art("四十九"), True, body_only=True),
        EventRule("site_failure", "网站自查单项否决", -_FIVE, Decimal(10), "site_failure",
                  "国办秘函〔2019〕19号", True, body_only=True),
        EventRule("merit", "公开形式创新、经验被推广", Decimal(2), _FIVE, "", _art("四十六"),
                  True),
    ),
    grades=(
        Grade("excellent", "优秀", Decimal(90)),
        Grade("passed", "合格", Decimal(70)),
        Grade("failed", "不合格", Decimal(0)),
    ),
)  # fmt: skip
