"""The text of a bulletin as it is drafted from its figures. Plain functions over plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Figures = Mapping[str, Any]


def title_of(body: str, label: str) -> str:
    """云岭区商务局2026年第一季度政府信息公开工作通报."""
    return f"{body}{label}政府信息公开工作通报"


def text_of(body: str, label: str, figures: Figures, counted_on: date) -> str:
    """One paragraph per line, headings 一、二、…; to be read and mended by a person."""
    day = f"{counted_on.year}年{counted_on.month}月{counted_on.day}日"
    paragraphs = [
        f"现将{body}{label}政府信息公开工作情况通报如下（数字截至{day}）。",
        "一、主动公开情况",
        *_published(figures),
        "二、依申请公开情况",
        *_requests(figures),
        "三、各科室情况",
        *_sections(figures),
        "四、会议、培训和宣传",
        _activities(figures["activities"]),
        "五、下一步工作",
        "各科室要对照期限抓紧办理，临近期限的提前提出审查，做到先审查后公开、按期公开、按期答复。",
    ]
    return "\n".join(paragraphs)


def _published(figures: Figures) -> list[str]:
    totals, met = figures["totals"], figures["published_met"]
    attributes = _listed(figures["attributes"], "条")
    found = [
        f"形成政府信息{totals['formed']}条" + (f"，其中{attributes}" if attributes else "") + "。"
    ]
    words = f"公开政府信息{totals['published']}条"
    if totals["published"]:
        words += f"，按类别为{_listed(figures['classes'], '条')}"
    found.append(words + "。")
    judged = met.get("met", 0) + met.get("late", 0)
    if judged:
        days = _days(figures["published_days"])
        found.append(
            f"有法定公开期限的{judged}条中，按期公开{met.get('met', 0)}条，"
            f"逾期公开{met.get('late', 0)}条{days}。"
        )
    return found


def _requests(figures: Figures) -> list[str]:
    totals, met = figures["totals"], figures["answered_met"]
    if not totals["received"] and not totals["answered"]:
        return ["没有收到政府信息公开申请，也没有需要答复的申请。"]
    found = [f"收到政府信息公开申请{totals['received']}件，答复{totals['answered']}件。"]
    if totals["answered"]:
        days = _days(figures["answered_days"])
        found.append(
            f"答复的申请中，按期{met.get('met', 0)}件，逾期{met.get('late', 0)}件{days}；"
            f"办理结果为{_listed(figures['outcomes'], '件')}。"
        )
    return found


def _sections(figures: Figures) -> list[str]:
    totals = figures["totals"]
    found = ["各科室公开和答复的数量见附表。"]
    late = [
        f"{name}{_late(records, requests)}"
        for name, _published, _answered, records, requests in figures["sections"]
        if records or requests
    ]
    if late:
        found.append(
            f"期限已过而没有公开的{totals['late_records']}条、没有答复的"
            f"{totals['late_requests']}件：{'；'.join(late)}。请立即办理并说明原因。"
        )
    else:
        found.append("没有超期未公开的信息，也没有超期未答复的申请。")
    return found


def _late(records: int, requests: int) -> str:
    parts = [f"未公开{records}条"] if records else []
    parts += [f"未答复{requests}件"] if requests else []
    return "、".join(parts)


def _activities(lines: Sequence[Sequence[Any]]) -> str:
    if not lines:
        return "没有登记的会议、培训和宣传。"
    parts = []
    for label, count, came, copies in lines:
        more = [f"到会{came}人次"] if came else []
        more += [f"发放{copies}份"] if copies else []
        parts.append(f"{label}{count}次" + (f"（{'，'.join(more)}）" if more else ""))
    return "、".join(parts) + "。"


def _listed(pairs: Sequence[Sequence[Any]], unit: str) -> str:
    return "、".join(f"{label}{count}{unit}" for label, count in pairs)


def _days(days: Mapping[str, str]) -> str:
    if not days:
        return ""
    return f"，所用工作日的中位数为{days['median']}个，九成在{days['p90']}个以内"
