"""What the pages about one yearly report share: finding it, its head, its tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk.forms.base import DeskForm
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView, FormPage
from gongkai.kit.refusal import Answer
from gongkai.law.annual_report.model import Number
from gongkai.orgs.models import Body, Person
from gongkai.reporting import policies, queries
from gongkai.reporting.flow import ARTICLE, REPORT_FLOW
from gongkai.reporting.layout import Grid, shown
from gongkai.reporting.models import AnnualReport

F = TypeVar("F", bound=DeskForm)


class ReportPage(DeskView):
    """A page about one report the person may see; any other is simply not found."""

    roles = AT_WORK
    task = "reports"

    @cached_property
    def report(self) -> AnnualReport:
        """The report of the address."""
        visible = queries.visible_to(self.seat.person, self.seat.today)
        return get_object_or_404(visible, uuid=self.kwargs["uuid"])

    def url(self, name: str = "report", **more: object) -> str:
        """A page of this report."""
        return reverse(f"desk:{name}", kwargs={"uuid": self.report.uuid, **more})

    def frame(self) -> dict[str, Any]:
        if "report" not in self.__dict__:
            return super().frame()
        return {
            **super().frame(),
            "report": self.report,
            "back_url": self.url(),
            "back_label": f"{self.report.year}年年度报告",
        }

    def may_prepare(self) -> bool:
        """Whether this person is of the office that prepares it."""
        return bool(policies.may_prepare(self.seat.person, self.report.body, self.seat.today))

    def may_approve(self) -> bool:
        """Whether this person is the leader who approves it."""
        return bool(policies.may_approve(self.seat.person, self.report.body, self.seat.today))

    def can(self, step: str) -> bool:
        """Whether the step is possible from where the report stands."""
        return REPORT_FLOW.can(self.report.state, step)


class StepPage(ReportPage, FormPage[F], Generic[F]):
    """One step of a report on a screen of its own; refused where the action would refuse it."""

    step: ClassVar[str] = ""
    allowed: ClassVar[Callable[[Person, Body, date], Answer]] = policies.may_prepare
    intro: ClassVar[str] = ""
    grave: ClassVar[bool] = False

    def allow(self) -> None:
        super().allow()
        person, body, today = self.seat.person, self.report.body, self.seat.today
        type(self).allowed(person, body, today).require(ARTICLE)
        REPORT_FLOW.step(self.report.state, self.step)

    def context(self) -> dict[str, Any]:
        return {"intro": self.intro, "grave": self.grave}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box of a table on the page; `href` opens what is behind its figure."""

    text: str
    rows: int
    columns: int
    href: str = ""
    is_figure: bool = False
    by_hand: bool = False
    missing: bool = False


def drawn(
    grid: Grid,
    values: Mapping[str, Number],
    *,
    address: str,
    by_hand: Collection[str] = (),
    missing: Collection[str] = (),
) -> list[list[Drawn]]:
    """The rows of a table; `address` has a `KEY` where the key of a cell goes, or is empty."""
    lines: list[list[Drawn]] = []
    for row in grid.rows:
        line = []
        for box in row:
            if not box.key:
                line.append(Drawn(box.text, box.rows, box.columns))
                continue
            lacks = box.key in missing
            line.append(
                Drawn(
                    "填写" if lacks else shown(values.get(box.key, 0)),
                    box.rows,
                    box.columns,
                    href=address.replace("KEY", box.key),
                    is_figure=True,
                    by_hand=box.key in by_hand,
                    missing=lacks,
                )
            )
        lines.append(line)
    return lines
