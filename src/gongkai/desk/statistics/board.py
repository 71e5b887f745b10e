"""The progress board for the leadership: one screen, one printed page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk.page import DeskView
from gongkai.desk.statistics.answers import download
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Role
from gongkai.reporting.progress import board_pdf
from gongkai.reporting.progress.board import Board, Deadline, Figure, SectionLine, Task, board_of
from gongkai.reporting.statistics import charts
from gongkai.reporting.statistics.keeping import kept
from gongkai.reporting.statistics.period import Period
from gongkai.reporting.statistics.scope import bodies_of, scope_of

LEADERS = (Role.RESPONSIBLE_LEADER, Role.DISCLOSURE_OFFICE)


class BoardView(DeskView):
    """What the screen and the printed page share."""

    roles = LEADERS
    task = "board"
    title = "进展看板"

    def board(self) -> Board:
        """The board of the person's own body, made once for as long as nothing changes."""
        body, person, today = self.body(), self.seat.person, self.seat.today

        def make() -> Board:
            scope = scope_of(person, today, bodies_of(person, today), body)
            return board_of(body, scope, today, calendar())

        return kept(f"board:{person.pk}:{body.pk}:{today}", make)


class ProgressBoard(BoardView):
    """Readable at a glance: late first, then by section, the week, decisions, days to come."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The screen."""
        board = self.board()
        months = [(span.label, span.count) for span in board.months]
        return self.show(
            "desk/statistics/board.html",
            board=board,
            is_leader=self.seat.holds(Role.RESPONSIBLE_LEADER),
            numbers=self.numbers(board),
            lines=[self.line(board, line) for line in board.sections],
            heads=board_pdf.HEADS[1:],
            sums=self.line(board, board.sums),
            changes=[(each, self.rows_of(each)) for each in board.changes],
            tasks=[(task, task_url(task)) for task in board.tasks],
            tasks_more=max(board.tasks_total - len(board.tasks), 0),
            deadlines=[(each, _deadline_url(each)) for each in board.deadlines],
            activities=board_pdf.activity_words(board.activities),
            chart=charts.upright("months", f"{board.today.year}年各月公开条数", months),
        )

    def numbers(self, board: Board) -> list[dict[str, Any]]:
        """The numbers on top with their colours."""
        sums, year, ever, soon = board.sums, board.year, _ever(board), board.soon
        given = (
            ("超期未公开", sums.owed_late, self.rows("late_records", ever), "overdue"),
            ("超期未答复", sums.cases_late, self.rows("late_requests", ever), "overdue"),
            ("七天内要公开", sums.owed_soon, self.rows("due_records", soon), "amber"),
            ("七天内要答复", sums.cases_soon, self.rows("due_requests", soon), "amber"),
            ("今年已公开", sums.published, self.rows("published", year), "good"),
            ("今年已答复", sums.answered, self.rows("answered", year), "good"),
        )
        return [
            {"label": label, "count": n, "url": url, "tone": tone if n else "good"}
            for label, n, url, tone in given
        ]

    def line(self, board: Board, line: SectionLine) -> dict[str, Any]:
        """A section: for each figure its word, the number, the rows behind it."""
        year, soon, late = board.year, board.soon, _ever(board)
        every = Period(late.first, late.last.replace(year=2200, day=1))
        given = (
            ("已公开", line.published, "published", year, ""),
            ("待公开", line.owed, "due_records", every, ""),
            ("七天内要公开", line.owed_soon, "due_records", soon, ""),
            ("超期未公开", line.owed_late, "late_records", late, "bad"),
            ("已答复", line.answered, "answered", year, ""),
            ("待答复", line.cases, "due_requests", every, ""),
            ("七天内要答复", line.cases_soon, "due_requests", soon, ""),
            ("超期未答复", line.cases_late, "late_requests", late, "bad"),
        )
        cells = [
            (label, count, self.rows(measure, period, line.value), tone if count else "")
            for label, count, measure, period, tone in given
        ]
        return {"label": line.label, "cells": cells}

    def rows(self, measure: str, period: Period, section: str = "") -> str:
        """The address of the rows behind a figure of this body."""
        pairs = {"m": measure, "body": self.body().code, **period.query}
        if section:
            pairs["section"] = section
        return f"{reverse('desk:statistics_rows')}?{urlencode(pairs)}"

    def rows_of(self, figure: Figure) -> str:
        """The rows behind a figure of the week."""
        return self.rows(figure.measure, figure.period)


class BoardPrint(BoardView):
    """The printed page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One A4 page as PDF."""
        board = self.board()
        content = board_pdf.draw(board, made_at=self.seat.now)
        return download(content, f"政府信息公开工作进展-{board.today.isoformat()}.pdf")


def _ever(board: Board) -> Period:
    """Long enough for everything that was ever due."""
    return Period(board.year.first.replace(year=2000), board.today)


def task_url(task: Task) -> str:
    """Where the leader decides."""
    if task.kind == "sheet":
        return reverse("desk:record_decide", args=[task.uuid])
    return reverse("desk:request_paper", args=[task.uuid, task.pk])


def _deadline_url(each: Deadline) -> str:
    name = "desk:record" if each.kind == "record" else "desk:request"
    return reverse(name, args=[each.uuid])
