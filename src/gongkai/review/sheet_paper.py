"""What stands on a review sheet 政府信息公开保密审查单, as plain rows for every printed form.

The DOCX and the PDF are two drawings of the same `SheetPaper`, so they can never say different
things. Fields follow the sheet of the first document (科室提出, 审查小组核实, 主管领导确定) and the
written record that local rules ask for: name, class, carrier, date, opinion, date of approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from gongkai.kit.dates import civil_day
from gongkai.law import in_force
from gongkai.law.grounds import grounds
from gongkai.orgs.models import Person
from gongkai.records.choices import Attribute, Carrier, Origin
from gongkai.records.models import CatalogClass
from gongkai.review.checklist import QUESTIONS
from gongkai.review.models import Finding, FindingAnswer, ReviewSheet, SheetState

TITLE = "政府信息公开保密审查单"
PRINCIPLE = "谁公开谁审查、谁审查谁负责、先审查后公开"
_ANSWERS = {True: "是", False: "否", None: "未填", "yes": "是", "no": "否", "": "未填"}
_LONGEST_EVIDENCE = 40


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three steps: what was said, by whom, when; blanks are for the pen."""

    ordinal: str
    label: str
    lines: tuple[str, ...]
    signed_by: str
    signed_on: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding of the scan with the answer a person gave."""

    kind: str
    evidence: str
    answer: str


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """Everything printed on the sheet, in the order of the page. Every value is text."""

    title: str
    body: str
    number: str
    header: tuple[tuple[str, str], ...]
    checklist: tuple[tuple[str, str], ...]
    findings: tuple[FindingLine, ...]
    steps: tuple[Step, ...]
    remarks: tuple[str, ...]
    principle: str = PRINCIPLE


def chinese_date(moment: datetime | date | None) -> str:
    """2026年3月5日, Arabic numerals without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    if moment is None:
        return ""
    day = civil_day(moment) if isinstance(moment, datetime) else moment
    return f"{day.year}年{day.month}月{day.day}日"


def sheet_paper(sheet: ReviewSheet) -> SheetPaper:
    """The sheet as it stands now; steps not yet taken are left blank for the pen."""
    return SheetPaper(
        title=TITLE,
        body=sheet.body.name,
        number=sheet.number,
        header=_header(sheet),
        checklist=_checklist(sheet.checklist),
        findings=_findings(sheet),
        steps=(_proposed(sheet), _verified(sheet), _decided(sheet)),
        remarks=_remarks(sheet),
    )


def _header(sheet: ReviewSheet) -> tuple[tuple[str, str], ...]:
    version, record = sheet.version, sheet.record
    section = record.section.name if record.section else "未定"
    return (
        ("信息名称", version.title),
        ("文号", version.document_number or "无"),
        ("索引号", record.index_number or "公开时编号"),
        ("信息分类", _class_name(version.catalog_class)),
        ("生成日期", chinese_date(version.created_on) or "未填"),
        ("载体形式", Carrier(version.carrier).label),
        ("信息来源", Origin(version.origin).label),
        ("承办科室", section),
        ("承办人", _who(sheet.proposed_by)),
        ("送审版本", f"第{version.number}版，内容摘要值（SHA-256）{version.digest}"),
    )


def _class_name(chosen: CatalogClass | None) -> str:
    if chosen is None:
        return "未分类"
    return f"{chosen.parent.name}－{chosen.name}" if chosen.parent else chosen.name


def _who(person: Person | None) -> str:
    if person is None:
        return ""
    return f"{person.name}（{person.office_phone}）" if person.office_phone else person.name


def _checklist(answers: object) -> tuple[tuple[str, str], ...]:
    """Every question with its answer, in the order of the sheet; foreign keys come last."""
    given = dict(answers) if isinstance(answers, dict) else {}
    rows = [(label, _answer(given.pop(key, None))) for key, label, _ in QUESTIONS]
    return (*rows, *((str(key), _answer(value)) for key, value in given.items()))


def _answer(value: object) -> str:
    if value is None or isinstance(value, bool | str):
        return _ANSWERS.get(value, str(value))
    return str(value)


def _findings(sheet: ReviewSheet) -> tuple[FindingLine, ...]:
    """What had been found by the end of this sheet; later findings are of a later sheet."""
    until = sheet.decided_at or sheet.returned_at
    seen = Q(found_at__lte=until) if until else Q()
    found = Finding.objects.filter(seen, record=sheet.record).select_related("answered_by")
    return tuple(
        FindingLine(
            kind=row.sentence or row.kind,
            evidence=_short(row.evidence),
            answer=_finding_answer(row),
        )
        for row in found
    )


def _finding_answer(row: Finding) -> str:
    text = FindingAnswer(row.answer).label
    if row.answer == FindingAnswer.EDITED and row.answer_text:
        text += f"“{_short(row.answer_text)}”"
    if row.answer_reason:
        text += f"：{row.answer_reason}"
    if row.answered_by:
        text += f"（{row.answered_by.name}，{chinese_date(row.answered_at)}）"
    return text


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_EVIDENCE else plain[: _LONGEST_EVIDENCE - 1] + "…"


def _attribute(key: str) -> str:
    return Attribute(key).label if key else ""


def _ground(sheet: ReviewSheet, key: str, at: datetime | None) -> str:
    """The ground in words with its article, under the law of the day of the step."""
    if not key or at is None:
        return ""
    law = in_force(civil_day(at), region=sheet.body.region)
    found = next((g for g in grounds(law) if g.key == key), None)
    return f"{found.label}，{found.cite}" if found else key


def _lines(*pairs: tuple[str, str]) -> tuple[str, ...]:
    return tuple(f"{label}：{text}" for label, text in pairs if text)


def _proposed(sheet: ReviewSheet) -> Step:
    return Step(
        "第一步",
        "科室提出",
        _lines(
            ("拟公开属性", _attribute(sheet.proposed_attribute)),
            (
                "依据",
                _ground(sheet, sheet.proposed_ground, sheet.proposed_at),
            ),
            ("理由", sheet.proposed_reason),
        ),
        sheet.proposed_by.name,
        chinese_date(sheet.proposed_at),
    )


def _verified(sheet: ReviewSheet) -> Step:
    return Step(
        "第二步",
        "审查小组核实",
        _lines(
            ("核实属性", _attribute(sheet.verified_attribute)),
            ("审查意见", sheet.verified_opinion),
        ),
        sheet.verified_by.name if sheet.verified_by else "",
        chinese_date(sheet.verified_at),
    )


def _decided(sheet: ReviewSheet) -> Step:
    return Step(
        "第三步",
        "主管领导确定",
        _lines(
            ("确定属性", _attribute(sheet.decided_attribute)),
            ("依据", _ground(sheet, sheet.decided_ground, sheet.decided_at)),
            ("理由", sheet.decided_reason),
            ("下次评估日期", chinese_date(sheet.rereview_on)),
        ),
        sheet.decided_by.name if sheet.decided_by else "",
        chinese_date(sheet.decided_at),
    )


def _remarks(sheet: ReviewSheet) -> tuple[str, ...]:
    remarks = []
    if sheet.is_rereview:
        remarks.append("本单为不予公开信息的定期评估（《条例》第十八条）。")
    if sheet.state == SheetState.RETURNED:
        who = sheet.returned_by.name if sheet.returned_by else ""
        when = chinese_date(sheet.returned_at)
        remarks.append(f"{when}由{who}退回，理由：{sheet.returned_reason}")
    return tuple(remarks)
