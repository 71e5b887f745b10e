"""The board on one printed page; the look stands in `templates/reporting/board.typ`."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import typst

from gongkai.assessment.activities import ActivityLine
from gongkai.reporting.progress.board import Board, SectionLine
from gongkai.review.sheet_pdf import choose_fonts, font_folders

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "reporting"
HEADS = (
    "科室", "已公开", "待公开", "七天内", "超期", "已答复", "待答复", "七天内", "超期",
)  # fmt: skip
_LATE = (4, 8)
_LONGEST = 36


def draw(board: Board, *, made_at: datetime) -> bytes:
    """The board as PDF/A-2b. Raises `Refusal` (`document.no_font`) without any Chinese font."""
    return compile_pdf("board.typ", "board", _values(board), made_at)


def compile_pdf(template: str, name: str, values: dict[str, object], made_at: datetime) -> bytes:
    """A template of this part with its values; the same values give the same bytes."""
    folders = font_folders()
    given = {**values, "fonts": choose_fonts(folders)}
    made: bytes = typst.compile(
        str(TEMPLATES / template),
        font_paths=_fonts(folders),
        sys_inputs={name: json.dumps(given, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(made_at.timestamp()),
    )
    return made


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """The machine's fonts, searched once: the search takes longer than the drawing."""
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders)
    )


def _values(board: Board) -> dict[str, object]:
    sums = board.sums
    return {
        "title": f"{board.body}政府信息公开工作进展",
        "body": board.body,
        "day": day_words(board.today),
        "foot": f"数字截至{day_words(board.today)}，由系统按登记自动统计。",
        "numbers": [
            {"label": label, "count": count, "bad": bad}
            for label, count, bad in (
                ("今年已公开（条）", sums.published, False),
                ("今年已答复（件）", sums.answered, False),
                ("七天内到期", sums.owed_soon + sums.cases_soon, False),
                ("超期未公开", sums.owed_late, True),
                ("超期未答复", sums.cases_late, True),
            )
        ],
        # Twenty sections still stand on one page.
        "small": len(board.sections) > 10,
        "heads": HEADS,
        "late_columns": _LATE,
        "rows": [{"cells": _cells(line), "sum": line is sums} for line in (*board.sections, sums)],
        "changes": "；".join(f"{f.label}{f.count}" for f in board.changes) + "。",
        "tasks": [
            {
                "label": task.label[:_LONGEST],
                "note": task.note,
                "since": f"{task.since.month}月{task.since.day}日送到" if task.since else "",
            }
            for task in board.tasks
        ],
        "tasks_total": board.tasks_total,
        "deadlines": [
            {
                "day": f"{each.due_on.month}月{each.due_on.day}日",
                "label": each.label[:_LONGEST],
                "section": each.section,
            }
            for each in board.deadlines
        ],
        "activities": activity_words(board.activities),
    }


def _cells(line: SectionLine) -> list[str]:
    numbers = (
        line.published, line.owed, line.owed_soon, line.owed_late, line.answered, line.cases,
        line.cases_soon, line.cases_late,
    )  # fmt: skip
    return [line.label, *(str(n) for n in numbers)]


def day_words(day: date) -> str:
    """2026年11月27日."""
    return f"{day.year}年{day.month}月{day.day}日"


def activity_words(lines: tuple[ActivityLine, ...]) -> str:
    """培训3次（70人次）；宣传折页1次（200份）。 Empty without any."""
    parts = []
    for line in lines:
        came = f"{line.attendance}人次" if line.attendance else ""
        given = f"{line.copies}份" if line.copies else ""
        more = "、".join(word for word in (came, given) if word)
        parts.append(f"{line.label}{line.count}次" + (f"（{more}）" if more else ""))
    return "；".join(parts) + "。" if parts else ""
