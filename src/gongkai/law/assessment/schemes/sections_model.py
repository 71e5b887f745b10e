"""A body's own measure for its sections 科室考核办法: the model a bureau adopts and adjusts.

The heads, their weights, the deductions, the bonus and the grades are those of the measure that
the demo bureau publishes under 政府信息公开制度 (`project/demo/data/measures/assessment.txt`); how
a head's weight falls on its indicators is our own reading.
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

_ONE, _TWO, _THREE, _FOUR, _FIVE = (f"科室考核办法第五条（{n}）" for n in "一二三四五")
_MINUS = "科室考核办法第七条"
_TEN = Decimal(10)
SCHEME = Scheme(
    key="sections_model",
    title="科室政府信息公开工作考核办法（范本）",
    number="",
    span=Span(date(2019, 5, 15)),
    region="",
    local=True,
    basis="《政府信息公开条例》第四十六条；本机关科室考核办法",
    appeal_days=10,
    note="五项的分值、扣分、加分和等次照范本；各指标在项内的分值是本平台的理解。",
    heads=(
        Head("leadership", "组织领导"),
        Head("catalog", "信息清理与目录"),
        Head("proactive", "主动公开"),
        Head("review", "保密审查"),
        Head("on_request", "依申请公开与澄清"),
    ),
    indicators=(
        Indicator("people", "leadership", "明确负责人和专人", 4, Share(), "people_named", _ONE,
                  True),
        Indicator("duties", "leadership", "写明工作职责", 2, Share(), "duties_named", _ONE, True),
        Indicator("activities", "leadership", "参加会议和培训", 4, Count(4), "activities", _ONE,
                  True),
        Indicator("inventoried", "catalog", "清理登记完整", 6, Share(), "inventoried", _TWO, True),
        Indicator("complete", "catalog", "分类和要素准确", 7, Share(50), "header_complete", _TWO,
                  True),
        Indicator("classes", "catalog", "目录更新及时", 7, Share(), "classes_current", _TWO,
                  True),
        Indicator("in_time", "proactive", "法定时限内公开", 20, Share(), "published_in_time",
                  "科室考核办法第五条（三）、第六条"),
        Indicator("monthly", "proactive", "持续公开信息", 4, Count(3), "published_monthly", _THREE,
                  True),
        Indicator("sound", "proactive", "公开后没有因差错撤下", 6, Share(80), "published_sound",
                  _THREE, True),
        Indicator("sheets", "review", "审查单完整，一次通过", 8, Share(50), "sheets_sound", _FOUR,
                  True),
        Indicator("findings", "review", "答复自动检查的问题", 6, Share(), "findings_answered",
                  _FOUR, True),
        Indicator("quick", "review", "三个步骤办理及时", 5, Share(50), "sheets_quick", _FOUR, True),
        Indicator("rereview", "review", "不予公开信息按期评估", 6, Share(), "rereviewed_in_time",
                  _FOUR, True),
        Indicator("replies", "on_request", "按时提供信息和答复建议", 8, Share(50),
                  "replied_in_time", _FIVE, True),
        Indicator("upheld", "on_request", "没有被复议机关或法院纠正", 4, Share(), "replies_upheld",
                  _FIVE, True),
        Indicator("clarified", "on_request", "发现和澄清虚假或不完整信息", 3, Hand(), "", _FIVE,
                  True),
    ),
    events=(
        EventRule("unreviewed", "未经审查公开信息", -_TEN, None, "", f"{_MINUS}（一）"),
        EventRule("leak", "公开的信息泄露隐私或商业秘密", -_TEN, None, "leak_withdrawn",
                  f"{_MINUS}（二）"),
        EventRule("error", "因信息错误造成不良影响", Decimal(-5), None, "", f"{_MINUS}（三）"),
        EventRule("late", "超过法定期限未公开", Decimal(-1), _TEN, "late_publication",
                  f"{_MINUS}（四）"),
        EventRule("merit", "形式创新、受好评、经验被推广", Decimal(1), Decimal(5), "",
                  "科室考核办法第八条"),
    ),
    grades=(
        Grade("excellent", "优秀", Decimal(90)),
        Grade("good", "良好", Decimal(75)),
        Grade("passed", "合格", Decimal(60)),
        Grade("failed", "不合格", Decimal(0)),
    ),
)  # fmt: skip
