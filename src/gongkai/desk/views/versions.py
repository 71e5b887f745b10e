"""Versions of a record and the readable difference between two of them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk import paging
from gongkai.desk.difference import difference
from gongkai.desk.record_page import RecordPage
from gongkai.records import queries as records
from gongkai.records.models import RecordVersion


class Versions(RecordPage):
    """The frozen versions, newest first, and a choice of two to compare."""

    tab = "versions"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The list, or the difference when `from` and `to` are given."""
        self.title = f"版本：{self.record.title}"
        rows = list(self.record.versions.select_related("frozen_by").order_by("-number")[:200])
        if len(rows) >= 2 and "from" not in request.GET:
            chosen = (rows[1].number, rows[0].number)
        else:
            chosen = (_number(request.GET.get("from")), _number(request.GET.get("to")))
        pair = self._pair(*chosen) if len(rows) >= 2 else None
        return self.show(
            "desk/record_versions.html",
            versions=rows,
            older=pair[0] if pair else None,
            newer=pair[1] if pair else None,
            fields=records.header_changes(*pair) if pair else [],
            pieces=difference(*(text_of_version(v) for v in pair)) if pair else [],
        )

    def _pair(self, one: int, other: int) -> tuple[RecordVersion, RecordVersion]:
        older, newer = sorted((one, other))
        if older == newer:
            raise Http404
        versions = self.record.versions.select_related("body_text")
        return get_object_or_404(versions, number=older), get_object_or_404(versions, number=newer)


def text_of_version(version: RecordVersion) -> str:
    """Body text of a frozen version; empty where it has none."""
    body_text = getattr(version, "body_text", None)
    return str(body_text.text) if body_text is not None else ""


def _number(raw: object) -> int:
    return paging.bounded(raw, most=10**6, otherwise=0)


class OneVersion(RecordPage):
    """One frozen version: what a review judged."""

    tab = "versions"

    def get(self, request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
        """The version as it was."""
        version = get_object_or_404(
            self.record.versions.select_related("body_text", "catalog_class"), number=number
        )
        self.title = f"第{number}版：{version.title}"
        return self.show(
            "desk/record_version.html",
            version=version,
            lines=text_of_version(version).split("\n"),
            files=version.files.select_related("file"),
        )
