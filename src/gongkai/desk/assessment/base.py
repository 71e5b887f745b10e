"""What the pages of the assessment share: finding a round or a sheet, links of evidence."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.assessment import queries
from gongkai.assessment.models import AssessmentRound, ScoreSheet
from gongkai.assessment.sheets import scheme_of
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView
from gongkai.law.assessment.model import Scheme

PAGES = {"record": "desk:record", "request": "desk:request", "sheet": "desk:sheet",
         "run": "desk:run", "inspection": "desk:inspection"}  # fmt: skip


class AssessmentView(DeskView):
    """A page about assessment, for everyone at work."""

    roles: ClassVar[tuple[Any, ...]] = AT_WORK
    task = "assessment"


class RoundPage(AssessmentView):
    """A page about one round the person may see; any other is simply not found."""

    @cached_property
    def round(self) -> AssessmentRound:
        """The round of the address."""
        rows = queries.visible_to(self.seat.person, self.seat.today)
        return get_object_or_404(
            rows.select_related("closed_by", "record"), uuid=self.kwargs["uuid"]
        )

    @cached_property
    def scheme(self) -> Scheme:
        """Its scheme, as adjusted."""
        return scheme_of(self.round)

    def url(self, name: str = "assessment_round") -> str:
        """A page of this round."""
        return reverse(f"desk:{name}", kwargs={"uuid": self.round.uuid})

    def frame(self) -> dict[str, Any]:
        """The frame, with the round."""
        if "round" not in self.__dict__:
            return super().frame()
        return {
            **super().frame(),
            "round": self.round,
            "scheme": self.scheme,
            "back_url": self.url(),
            "back_label": self.round.title,
        }


class SheetPage(AssessmentView):
    """A page about one score sheet of a visible round."""

    @cached_property
    def sheet(self) -> ScoreSheet:
        """The sheet of the address, with its round, marks and appeals."""
        rounds = queries.visible_to(self.seat.person, self.seat.today).order_by()
        rows = ScoreSheet.objects.filter(round__in=rounds.values("pk"))
        rows = rows.select_related("round__body", "round__scheme_version", "section", "body")
        rows = rows.prefetch_related("marks__by", "appeals__filed_by", "appeals__decided_by")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme of its round."""
        return scheme_of(self.sheet.round)

    def url(self, name: str = "score_sheet", **more: object) -> str:
        """A page of this sheet."""
        return reverse(f"desk:{name}", kwargs={"uuid": self.sheet.uuid, **more})

    def frame(self) -> dict[str, Any]:
        """The frame, with the sheet."""
        if "sheet" not in self.__dict__:
            return super().frame()
        return {
            **super().frame(),
            "sheet": self.sheet,
            "round": self.sheet.round,
            "scheme": self.scheme,
            "back_url": self.url(),
            "back_label": f"{self.sheet.name}的得分表",
        }


def page_link(page: str, uuid: str) -> str:
    """The address of what a row of evidence is about; empty where it has no page."""
    return reverse(PAGES[page], kwargs={"uuid": uuid}) if page in PAGES else ""
