"""A score sheet as a workbook and as a paper (typst, GB/T 9704 type area)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import typst

from gongkai.assessment.models import AssessmentRound, ScoreSheet
from gongkai.law.assessment.model import Scheme
from gongkai.law.assessment.ranking import TOO_FEW
from gongkai.law.assessment.scoring import Score
from gongkai.reporting.tables import Cell, Table, to_xlsx
from gongkai.review.sheet_pdf import choose_fonts, font_folders

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "desk" / "assessment" / "sheet.typ"
HEADINGS = ("项", "指标", "分值", "得分", "算法", "依据")
TOTALS = ("名称", "指标得分", "加分", "扣分", "总分", "等次", "名次")


def place_words(sheet: ScoreSheet) -> str:
    """The place in words."""
    if sheet.place is not None:
        return f"第{sheet.place}名"
    return f"{TOO_FEW}，不排名"


def _lines(scheme: Scheme, score: Score) -> list[list[Cell]]:
    lines: list[list[Cell]] = [
        [
            scheme.head(line.indicator.head).label,
            line.indicator.words,
            line.indicator.weight,
            "不适用" if line.points is None and not line.waiting else _number(line.points),
            line.sentence,
            line.indicator.basis,
        ]
        for line in score.lines
    ]
    lines += [
        ["加分" if e.rule.is_bonus else "扣分", e.rule.words, None, float(e.points), e.sentence,
         e.rule.basis]
        for e in score.events
    ]  # fmt: skip
    return lines


def _number(points: Any) -> Cell:
    return "待评分" if points is None else float(points)


def sheet_xlsx(sheet: ScoreSheet, scheme: Scheme, score: Score) -> bytes:
    """One sheet."""
    total: list[Cell] = ["总分", score.grade.label, scheme.full, float(score.total),
                         score.sentence, place_words(sheet)]  # fmt: skip
    return to_xlsx([Table(sheet.name, HEADINGS, [*_lines(scheme, score), total])])


def round_xlsx(
    round_: AssessmentRound, scheme: Scheme, scores: Sequence[tuple[ScoreSheet, Score]]
) -> bytes:
    """The totals first, then every sheet."""
    totals = Table(
        "总分和名次",
        TOTALS,
        [
            [s.name, float(c.base), float(c.bonus), float(c.deducted), float(c.total),
             c.grade.label, place_words(s)]
            for s, c in scores
        ],
    )  # fmt: skip
    rest = [Table(s.name, HEADINGS, _lines(scheme, c)) for s, c in scores]
    return to_xlsx([totals, *rest])


def sheet_pdf(sheet: ScoreSheet, scheme: Scheme, score: Score) -> bytes:
    """The sheet to print and sign."""
    round_, folders = sheet.round, font_folders()
    last = round_.period_until - timedelta(days=1)
    values = {
        "title": "政府信息公开工作考核得分表",
        "body": round_.body.name,
        "round": round_.title,
        "name": sheet.name,
        "period": f"{round_.period_from.isoformat()}至{last.isoformat()}",
        "scheme": f"{scheme.title}{scheme.number and f'（{scheme.number}）'}",
        "changes": "；".join(scheme.changes),
        "lines": [[str(c if c is not None else "") for c in row] for row in _lines(scheme, score)],
        "sum": score.sentence,
        "total": str(score.total),
        "grade": score.grade.label,
        "place": place_words(sheet),
        "digest": round_.digest,
        "fonts": choose_fonts(folders),
    }
    moment = round_.closed_at or round_.measured_at or round_.opened_at
    made: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=list(folders),
        sys_inputs={"sheet": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(moment.timestamp()),
    )
    return made
