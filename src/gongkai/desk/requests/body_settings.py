"""A body's settings for requests: the image of its seal, its numbers, channels and periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongkai.desk.page import FormPage
from gongkai.desk.requests.body_forms import RequestSettings, SealForm
from gongkai.desk.views.admin_bodies import BodyPage
from gongkai.desk.views.bulk import named
from gongkai.disclosure import letter_documents
from gongkai.disclosure.actions import seals
from gongkai.disclosure.letter_seal import MILLIMETRES, Seal
from gongkai.disclosure.seal_image import SealImage, read_seal
from gongkai.journal import queries as journal
from gongkai.orgs import actions as orgs_actions
from gongkai.orgs.models import Body
from gongkai.records import store
from gongkai.records.models import StoredFile

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a seal's history: when, who, which image (empty: taken away), how wide."""

    at: datetime
    who: str
    sha256: str
    millimetres: int


def history(body: Body) -> list[Change]:
    """Every setting of the body's seal, the newest first, from the journal."""
    wanted = journal.Filter(event_prefix="letter.seal_set", subject_kind="body", subject_id=body.pk)
    return [
        Change(
            line.at,
            line.actor_name,
            str(line.data.get("sha256") or ""),
            int(line.data.get("millimetres") or MILLIMETRES),
        )
        for line in journal.page(wanted, limit=MOST_SHOWN).entries
    ]


class SealPage(BodyPage, FormPage[SealForm]):
    """The seal now, a new one, and those before."""

    template = "desk/requests/seal.html"
    form_class = SealForm
    submit = "启用这枚印章"

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"文书印章：{self.row.name}"
        return {}

    def initial(self) -> dict[str, Any]:
        return {"millimetres": self._now().get("millimetres") or MILLIMETRES}

    def _now(self) -> dict[str, Any]:
        profile = self.row.profile if isinstance(self.row.profile, dict) else {}
        seal = profile.get("letter_seal")
        return seal if isinstance(seal, dict) else {}

    def context(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "seal": self._now(),
            "measured": self._measured(),
            "history": history(self.row),
            "back_url": self.url(),
            "back_label": self.row.name,
        }

    def _measured(self) -> SealImage | None:
        stored = StoredFile.objects.filter(sha256=self._now().get("sha256") or "").first()
        return read_seal(store.read(stored)) if stored else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the seal away, or what the form says."""
        if "remove" in request.POST:
            by, now = self.seat.person, self.seat.now
            seals.set_seal(body=self.row, image=b"", by=by, now=now)
            return self.done(self._here(), "已停用印章图样；以后审批的文书留空，打印后手工盖章。")
        return super().post(request, *args, **kwargs)

    def _here(self) -> str:
        return reverse("desk:body_seal", kwargs={"uuid": self.row.uuid})

    def act(self, form: SealForm) -> HttpResponse:
        image, width = form.cleaned_data["image"].read(), form.cleaned_data["millimetres"]
        found = seals.checked(image, width)
        if "sample" in self.request.POST:
            seal = Seal(image, width)
            sample = letter_documents.sample_pdf(self.row, seal, now=self.seat.now)
            response = HttpResponse(sample, content_type="application/pdf")
            response.headers["Cache-Control"] = "no-store"
            return response
        by, now = self.seat.person, self.seat.now
        seals.set_seal(body=self.row, image=image, millimetres=width, by=by, now=now)
        said = "已启用。从现在起审批的文书带这枚印章；以前审批的不变。"
        return self.done(self._here(), said + "".join(found.notes))


class SealPicture(BodyPage):
    """The image of a seal this body has or had."""

    def get(self, request: HttpRequest, uuid: UUID, sha256: str) -> HttpResponseBase:
        """The bytes; an image that never was this body's seal is not found."""
        known = {change.sha256 for change in history(self.row)}
        stored = StoredFile.objects.filter(sha256=sha256).first() if sha256 in known else None
        if stored is None:
            raise Http404
        response = HttpResponse(store.read(stored), content_type=stored.media_type)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return named(response, f"seal-{sha256[:8]}") if "save" in request.GET else response


class SettingsPage(BodyPage, FormPage[RequestSettings]):
    """Numbers, channels, payment, review, periods."""

    form_class = RequestSettings

    def form_kwargs(self) -> dict[str, Any]:
        self.title = f"依申请公开设置：{self.row.name}"
        return {}

    def _profile(self) -> dict[str, Any]:
        return dict(self.row.profile) if isinstance(self.row.profile, dict) else {}

    def initial(self) -> dict[str, Any]:
        return RequestSettings.told(self._profile())

    def context(self) -> dict[str, Any]:
        return {
            "back_url": self.url(),
            "back_label": self.row.name,
            "intro": "当面提交和邮寄的申请任何时候都要接收，不能关闭。",
        }

    def act(self, form: RequestSettings) -> HttpResponse:
        fields = {"profile": form.profile(self._profile())}
        by, now = self.seat.person, self.seat.now
        orgs_actions.edit_body(body=self.row, fields=fields, by=by, now=now)
        return self.done(self.url(), "依申请公开设置已保存。")
