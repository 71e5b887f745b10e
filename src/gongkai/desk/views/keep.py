"""Autosave: what is being typed is kept on the server, page by page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from gongkai.desk import access, actions
from gongkai.desk.page import DeskView


class Keep(DeskView):
    """Keeps the posted fields for the page named by `_path`. Answers with the time, or 413."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep; only for pages of the desk itself."""
        path = request.POST.get("_path", "")
        if not path.startswith("/desk/"):
            return HttpResponse(status=400)
        fields = {name: v for name, v in access.typed(request).items() if name != "_path"}
        kept = actions.keep_input(
            person=self.seat.person, path=path, fields=fields, cause="autosave", now=self.seat.now
        )
        if kept is None:
            return HttpResponse(status=413)
        return HttpResponse(f"{localtime(kept.kept_at):%H:%M}", content_type="text/plain")
