"""The result of a closed round as plain text, one line for each section or body."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.assessment.models import AssessmentRound
from gongkai.law.assessment.ranking import TOO_FEW


def summary_of(round_: AssessmentRound) -> str:
    """Scheme, period, and the table; read from the frozen result alone."""
    result = round_.result
    first, until = (date.fromisoformat(day) for day in result["period"])
    last = until - timedelta(days=1)
    scheme = result["scheme"]
    number = f"（{scheme['number']}）" if scheme["number"] else ""
    period = f"{first.isoformat()}至{last.isoformat()}"
    basis = f"按照《{scheme['title']}》{number}，{round_.body.name}"
    lines = [f"{basis}对{period}的政府信息公开工作进行了考核，结果如下："]
    if scheme["changes"]:
        lines.append(f"主管部门对办法作了调整：{'；'.join(scheme['changes'])}。")
    for sheet in result["sheets"]:
        place = f"第{sheet['place']}名" if sheet["place"] else f"{TOO_FEW}，不排名"
        lines.append(
            f"{sheet['name']}：{sheet['total']}分（指标{sheet['base']}分，加{sheet['bonus']}分，"
            f"扣{sheet['deducted']}分），{sheet['grade']}，{place}。"
        )
    lines.append(f"结果摘要值（SHA-256）：{round_.digest}")
    return "\n".join(lines)
