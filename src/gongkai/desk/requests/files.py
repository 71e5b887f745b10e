"""One file of a case, fetched by somebody who may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from gongkai.desk.requests.case_page import CasePage
from gongkai.desk.views.bulk import named
from gongkai.disclosure import policies, store


class OneFile(CasePage):
    """The bytes, always as a download. Looking at an identity proof is written down."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
        """Refused where the person may not see this kind of file."""
        file = get_object_or_404(self.case.files.all(), pk=pk)
        policies.may_open_file(self.seat.person, file, self.seat.today).require(policies.BASIS)
        content = store.read(file=file, by=self.seat.person, now=self.seat.now)
        response = HttpResponse(content, content_type="application/octet-stream")
        response.headers["Cache-Control"] = "no-store"
        return named(response, file.name)
