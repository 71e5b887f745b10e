"""Questions about days: due dates, receipt, the working calendar, remedies."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.deadlines import publish_due, reply_due
from gongkai.law.due import Due, Pause
from gongkai.law.duties import Reporter, annual_report_due, paper_transfer_due
from gongkai.law.ics import Entry
from gongkai.law.model import Law
from gongkai.law.periods import count
from gongkai.law.questions.model import (
    Field,
    Given,
    Question,
    Told,
    read_day,
    require_near,
)
from gongkai.law.receipt import Arrival, Channel, receipt
from gongkai.law.remedies import BodyKind, remedies
from gongkai.law.replies import OUTCOMES
from gongkai.law.versions import VERSIONS

_REPORTS = {
    "annual_report": ("年度报告（部门）", Reporter.DEPARTMENT),
    "annual_report_government": ("年度报告（政府）", Reporter.GOVERNMENT),
}
_HIDDEN = ("transfer_paper_day", "extension")
TERMS: tuple[tuple[str, str], ...] = (
    *{
        name: term.label
        for version in VERSIONS
        for name, term in version.terms.items()
        if name not in _HIDDEN
    }.items(),
    ("transfer_paper", "移送纸质文本"),
    *((key, label) for key, (label, _) in _REPORTS.items()),
)
CHANNELS = tuple((c.value, c.label) for c in Channel)
OUTCOME_CHOICES = tuple((o.key, o.label) for o in OUTCOMES)
_BODIES = (
    (BodyKind.DEPARTMENT.value, "政府工作部门"),
    (BodyKind.GOVERNMENT.value, "人民政府"),
    (BodyKind.VERTICAL.value, "实行垂直领导的机关"),
    (BodyKind.MINISTRY.value, "国务院部门、省级政府"),
)


_MOST_WORKDAYS, _MOST_EXTENSION, _MOST_LIST, _LAST_YEAR = 500, 99, 1000, 9998


def _law(given: Given, day: date) -> Law:
    return in_force(given.day("law_of") or day, region=given.text("region") or None)


def _pauses(given: Given) -> tuple[Pause, ...]:
    """`2026-04-13..2026-04-27, …`: the day sent and the day the opinion came in."""
    found = []
    for part in given.text("pauses").replace("，", ",").replace("；", ",").split(","):
        if not part.strip():
            continue
        after, dots, through = part.partition("..")
        if not dots:
            raise Refusal(
                "question.pause",
                f"“{part.strip()}”不是一段期间，请写成 2026-04-13..2026-04-27。",
                fields={"pauses": "请写成 2026-04-13..2026-04-27，多段用逗号分开。"},
            )
        begin, end = read_day(after.strip(), "pauses"), read_day(through.strip(), "pauses")
        if end < begin:
            raise Refusal(
                "question.pause",
                f"{begin}..{end}的结束早于开始，请核对。",
                fields={"pauses": "结束不能早于开始。"},
            )
        require_near(begin, end, "pauses")
        found.append(Pause(begin, end, "征求意见期间不计"))
    return tuple(found)


def _due(given: Given) -> Due:
    start = given.needed_day("from", "起算日期")
    calendar, days = given.calendar(), given.number("working_days")
    pauses = _pauses(given)
    for pause in pauses:
        require_near(start, pause.through, "pauses")
    if days is not None:
        return calendar.count_from(start, days, pauses=pauses)
    term = given.choice("term", TERMS)
    if term in _REPORTS:
        return annual_report_due(start.year, _REPORTS[term][1], calendar=calendar).due
    law = _law(given, start)
    if term == "publish":
        return publish_due(start, law=law, calendar=calendar)
    if term == "reply":
        extended = given.number("extended_by") or 0
        return reply_due(start, law=law, calendar=calendar, paused=pauses, extended_by=extended)
    if term == "transfer_paper":
        return paper_transfer_due(start, law=law, calendar=calendar)
    return count(law.term(term), start, calendar=calendar)


def _answer_due(given: Given) -> Told:
    due = _due(given)
    label = dict(TERMS).get(given.text("term"), "期限")
    skipped = [f"  {s.day.isoformat()} {s.reason}" for s in due.skipped]
    lines = [due.sentence()]
    if skipped:
        lines += ["不计算在内的日子：", *skipped]
    made_up = [f"  {m.day.isoformat()} {m.reason}" for m in due.makeup]
    if made_up:
        lines += ["计算在内的周末：", *made_up]
    entry = Entry(given.text("term") or "days", label, due.on, due.sentence(), due)
    return Told({"term": given.text("term"), **due.as_dict()}, tuple(lines), (entry,))


def _answer_receipt(given: Given) -> Told:
    channel = Channel(given.choice("channel", CHANNELS))
    arrived = given.needed_day("arrived", "到达（提交、签收）日期")
    arrival = Arrival(channel, arrived, given.day("confirmed"), given.day("promised"))
    found = receipt(arrival, law=_law(given, arrived))
    data = found.as_dict()
    lines = [found.sentence, *found.warnings, f"依据：{found.basis}。"]
    if found.on is None:
        return Told(data, tuple(lines))
    law = _law(given, found.on)
    due = reply_due(found.on, law=law, calendar=given.calendar())
    return Told(
        {**data, "reply_due": due.as_dict()},
        (*lines, f"答复期限：{due.sentence()}"),
        (Entry("reply", "政府信息公开申请答复", due.on, due.sentence(), due),),
    )


def _answer_remedy(given: Given) -> Told:
    outcome = given.choice("outcome", OUTCOME_CHOICES)
    delivered = given.needed_day("delivered", "收到答复的日期")
    notice = remedies(
        outcome,
        delivered,
        law=_law(given, delivered),
        calendar=given.calendar(),
        reviewer=given.text("reviewer"),
        kind=BodyKind(given.choice("body", _BODIES, BodyKind.DEPARTMENT.value)),
    )
    lines, entries = [notice.sentence or "这类结果没有救济告知。"], []
    for key, words, due in (
        ("reconsideration", "申请行政复议", notice.reconsideration),
        ("lawsuit", "提起诉讼", notice.lawsuit),
    ):
        if due is not None:
            lines.append(f"{words}：{due.sentence()}")
            entries.append(Entry(key, words, due.on, due.sentence(), due))
    return Told(notice.as_dict(), tuple(lines), tuple(entries))


def _answer_calendar(given: Given) -> Told:
    calendar, day = given.calendar(), given.day("day")
    if day is not None:
        works = calendar.is_workday(day)
        why = calendar.reason(day) or calendar.worked_because(day)
        certain = calendar.is_certified(day, day)
        data: dict[str, object] = {
            "day": day.isoformat(),
            "workday": works,
            "reason": why,
            "provisional": not certain,
        }
        words = f"{day.isoformat()}{'是' if works else '不是'}工作日{f'：{why}' if why else ''}。"
        return Told(data, (words if certain else f"{words}（暂定，该年放假安排尚未公布）",))
    asked = given.number("year")
    year = given.today.year if asked is None else asked
    if not 1 <= year <= _LAST_YEAR:
        raise Refusal("question.year", "请填写四位年份，例如：2026。")
    days = {m: calendar.workdays_in(year, m) for m in range(1, 13)}
    certain = year in calendar.certified_years
    data = {
        "year": year,
        "workdays": sum(days.values()),
        "months": days,
        "provisional": not certain,
        "sources": [n.source for n in calendar.notices if n.year == year],
    }
    head = f"{year}年共{sum(days.values())}个工作日{'' if certain else '（暂定）'}："
    return Told(data, (head, "，".join(f"{m}月{n}" for m, n in days.items()) + "。"))


_REGION = Field("region", "地区代码", hint="行政区划代码或其开头，例如：11（北京）")
_LAW_OF = Field("law_of", "适用哪一天的法", "date", hint="不填则按起算日期；改用他日的须有理由")

DUE = Question(
    "due",
    "算期限：从哪天起、哪种期限、截止到哪天",
    (
        Field("term", "期限种类", "choice", choices=TERMS),
        Field("working_days", "或者：工作日天数", "number", most=_MOST_WORKDAYS),
        Field("from", "起算日期", "date", hint="事情发生的那天，不计入", required=True),
        Field(
            "extended_by", "延长的工作日", "number", hint="仅用于答复，一次", most=_MOST_EXTENSION
        ),
        Field(
            "pauses",
            "征求意见的期间",
            hint="例如：2026-04-13..2026-04-27，多段用逗号分开",
            most=_MOST_LIST,
        ),
        _REGION,
        _LAW_OF,
    ),
    _answer_due,
)
RECEIPT = Question(
    "receipt",
    "定收到申请之日：按渠道确定，并算出答复期限",
    (
        Field("channel", "提交渠道", "choice", choices=CHANNELS, required=True),
        Field("arrived", "提交、签收或到达日期", "date", required=True),
        Field("confirmed", "双方确认日期", "date"),
        Field("promised", "渠道规则所定日期", "date", hint="仅用于2019年5月15日前"),
        _LAW_OF,
    ),
    _answer_receipt,
)
REMEDY = Question(
    "remedy",
    "查救济途径：对答复不服怎么办、到哪天为止",
    (
        Field("outcome", "答复类型", "choice", choices=OUTCOME_CHOICES, required=True),
        Field("delivered", "收到答复日期", "date", required=True),
        Field("body", "答复机关是", "choice", choices=_BODIES),
        Field("reviewer", "复议机关名称"),
        _LAW_OF,
    ),
    _answer_remedy,
)
CALENDAR = Question(
    "calendar",
    "查工作日：某天是不是工作日，某年各月有多少",
    (
        Field("day", "某一天", "date"),
        Field("year", "或者：某一年", "number", most=_LAST_YEAR),
    ),
    _answer_calendar,
)
