"""What the pages about one request share: finding it, its head, who may do what."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk.forms.base import DeskForm
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.requests import words
from gongkai.desk.requests.entry_forms import beside_file
from gongkai.disclosure import deeds, policies, queries
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest, Letter
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role

F = TypeVar("F", bound=DeskForm)
AT_REQUESTS: tuple[Role, ...] = (
    Role.CASE_OFFICER,
    Role.SECTION_HEAD,
    Role.DISCLOSURE_OFFICE,
    Role.RESPONSIBLE_LEADER,
)


class CasePage(DeskView):
    """A page about one request the person may see; anybody else's is simply not found."""

    roles = AT_REQUESTS
    task = "requests"

    @cached_property
    def visible(self) -> QuerySet[DisclosureRequest]:
        """Every request the person may see."""
        return queries.visible_to(self.seat.person, self.seat.today)

    @cached_property
    def case(self) -> DisclosureRequest:
        """The request of the address."""
        whole = self.visible.select_related(
            "body", "section", "case_officer", "applicant", "fee", "public_answer"
        )
        return get_object_or_404(whole, uuid=self.kwargs["uuid"])

    def url(self, name: str = "request", **more: object) -> str:
        """A page of this request."""
        return reverse(f"desk:{name}", kwargs={"uuid": self.case.uuid, **more})

    def frame(self) -> dict[str, Any]:
        """The frame, with the case."""
        if "case" not in self.__dict__:
            return super().frame()
        return {
            **super().frame(),
            "case": self.case,
            "back_url": self.url(),
            "back_label": f"回到{self.case.number}",
        }

    def drafted(self, letter: Letter) -> HttpResponse:
        """After drafting: on to the letter itself."""
        said = f"已草拟{words.letter(letter.kind)}，请核对全文后提交审批。"
        return self.done(self.url("request_paper", pk=letter.pk), said)

    def may_handle(self) -> bool:
        """Whether this person works on the case."""
        return bool(policies.may_handle(self.seat.person, self.case, self.seat.today))

    def may_lead(self) -> bool:
        """Whether this person is of the disclosure office."""
        return bool(policies.may_lead(self.seat.person, self.case, self.seat.today))


class DeedPage(CasePage, FormPage[F], Generic[F]):
    """One deed on one case, on a screen of its own.

    The page is refused where the action would refuse it anyway: to the wrong person, and in the
    wrong state.
    """

    template: ClassVar[str] = "desk/requests/form.html"
    deed: ClassVar[str] = ""
    intro: str = ""
    grave: ClassVar[bool] = False

    def allow(self) -> None:
        super().allow()
        found = deeds.BY_NAME[self.deed]
        found.allowed(self.seat.person, self.case, self.seat.today).require(found.basis)
        if found.step:
            REQUEST_FLOW.step(self.case.state, found.step)
        self.title = found.label

    def context(self) -> dict[str, Any]:
        return {"intro": self.intro, "grave": self.grave}

    def on_refusal(self, form: F, refusal: Refusal) -> None:
        super().on_refusal(form, beside_file(form, refusal))
