"""Redacting a paper of a case: the copy becomes a reply file."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk.page import DeskView
from gongkai.desk.redaction import Marking, Redact, page_number, png
from gongkai.desk.requests.case_page import CasePage
from gongkai.disclosure import casework, store
from gongkai.disclosure.actions import redacting
from gongkai.disclosure.models import SealedFile
from gongkai.law.model import Law
from gongkai.orgs.models import Body
from gongkai.records import redaction


class _OfPaper(CasePage):
    """A page about one paper of a case that this person works on."""

    @cached_property
    def file(self) -> SealedFile:
        """The file of the address, of this very case."""
        rows = self.case.files.select_related("request__body")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def allow(self) -> None:
        super().allow()
        redacting.require_possible(self.file, self.seat.person, self.seat.now)

    @cached_property
    def _paper(self) -> redaction.Paper:
        return redaction.Paper(self.file.name, store.opened(self.file))

    def paper(self) -> redaction.Paper:
        """The file with its bytes."""
        return self._paper


class RedactPaper(_OfPaper, Marking):
    """The form with the pages beside it."""

    template = "desk/requests/redact.html"
    title = "遮盖"

    def law(self) -> Law:
        """The law of the case."""
        return casework.law_of(self.case)

    def owner(self) -> Body:
        return self.case.body

    def context(self) -> dict[str, Any]:
        return {**super().context(), "page_url": self.url() + f"files/{self.file.pk}/pages/"}

    def act(self, form: Redact) -> HttpResponse:
        copy = redacting.redact_file(
            file=self.file,
            removals=form.removals(),
            as_image=form.cleaned_data["as_image"],
            by=self.seat.person,
            now=self.seat.now,
        )
        said = (
            f"已生成“{copy.result.name}”，复查没有残留，作为答复附件；原件不外发。"
            "请打开副本看一遍；草拟部分公开答复时会带上它和各处的理由。"
        )
        return self.done(self.url(), said)


class PaperPicture(_OfPaper, DeskView):
    """One page as a picture."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int, page: str) -> HttpResponse:
        """PNG."""
        return png(redaction.picture(self.paper(), page_number(page)))
