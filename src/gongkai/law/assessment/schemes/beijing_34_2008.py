"""Beijing 2008: 政府信息公开工作考核办法（试行）, 京政办发〔2008〕34号.

Known of it (law.md §5.3, Art. 2-5): the principles, who assesses, and the heads 组织领导, 机制建设
(the nine mechanisms) and 主动公开 with their contents. The rest of Art. 5 is cut off in every copy
we saw, and no weight is given: the further heads, all weights, deductions and grades are our own
reading and marked so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.kit.ranges import Span
from gongkai.law.assessment.model import (
    Count,
    EventRule,
    Grade,
    Head,
    Indicator,
    Scheme,
    Share,
)

_ONE, _TWO, _THREE = (f"京政办发〔2008〕34号考核办法第五条（{n}）" for n in "一二三")
_OPEN = "京政办发〔2008〕34号考核办法第五条（原文以下缺）"
_FIVE = Decimal(5)

SCHEME = Scheme(
    key="beijing_34_2008",
    title="北京市政府信息公开工作考核办法（试行）",
    number="京政办发〔2008〕34号",
    span=Span(date(2008, 6, 17), date(2019, 5, 15)),
    region="11",
    basis="京政办发〔2008〕34号考核办法第二条至第五条",
    note="三项以外的考核内容、全部分值、扣分和等次，原文未见，是本平台的理解；"
    "截止日期按新条例施行之日推定。",
    heads=(
        Head("leadership", "组织领导"),
        Head("mechanisms", "机制建设"),
        Head("proactive", "主动公开"),
        Head("on_request", "依申请公开"),
        Head("review", "保密审查和监督"),
    ),
    indicators=(
        Indicator("people", "leadership", "明确分管领导、工作机构和专人", 8, Share(),
                  "people_named", _ONE, True),
        Indicator("activities", "leadership", "组织会议和培训", 7, Count(4), "activities", _ONE,
                  True),
        Indicator("mechanisms", "mechanisms", "建立九项工作制度", 10, Share(), "mechanisms", _TWO,
                  True, body_only=True),
        Indicator("duties", "mechanisms", "写明各科室和专人的职责", 5, Share(), "duties_named",
                  _TWO, True),
        Indicator("in_time", "proactive", "在规定时限内公开", 20, Share(50), "published_in_time",
                  _THREE, True),
        Indicator("classes", "proactive", "目录各类按时更新", 10, Share(), "classes_current",
                  _THREE, True),
        Indicator("complete", "proactive", "公开内容要素齐全", 5, Share(50), "header_complete",
                  _THREE, True),
        Indicator("guide", "proactive", "编制并更新公开指南", 5, Share(), "guide_current",
                  _THREE, True, body_only=True),
        Indicator("report", "proactive", "按时公布年度报告", 5, Share(), "report_in_time",
                  _THREE, True, body_only=True),
        Indicator("replies", "on_request", "按期答复申请", 10, Share(50), "replied_in_time",
                  _OPEN, True),
        Indicator("upheld", "on_request", "复议和诉讼没有被纠正", 5, Share(), "replies_upheld",
                  _OPEN, True),
        Indicator("sheets", "review", "审查单一次通过", 5, Share(50), "sheets_sound", _OPEN, True),
        Indicator("rereview", "review", "不予公开信息按期评估", 5, Share(), "rereviewed_in_time",
                  _OPEN, True),
    ),
    events=(
        EventRule("lost", "复议或诉讼被纠正", -_FIVE, Decimal(10), "lost_case", _OPEN, True),
        EventRule("leak", "因涉密、隐私或商业秘密撤下", -_FIVE, None, "leak_withdrawn", _OPEN,
                  True),
        EventRule("overdue", "逾期答复申请", Decimal(-2), Decimal(10), "overdue_reply", _OPEN,
                  True),
        EventRule("late", "超过期限公开", Decimal(-1), Decimal(10), "late_publication", _THREE,
                  True),
        EventRule("report_late", "年度报告逾期或没有公布", -_FIVE, None, "report_late", _THREE,
                  True, body_only=True),
        EventRule("merit", "经验被上级推广", Decimal(2), _FIVE, "", _OPEN, True),
    ),
    # 等次的分数线见于他地办法（朔州）: ≥90 优秀, 70-89 合格, <70 不合格.
    grades=(
        Grade("excellent", "优秀", Decimal(90)),
        Grade("passed", "合格", Decimal(70)),
        Grade("failed", "不合格", Decimal(0)),
    ),
)  # fmt: skip
