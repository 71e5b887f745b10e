"""Step one of the review: the section proposes the attribute."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from gongkai.desk import words
from gongkai.desk.forms.review import Propose, ground_choices
from gongkai.desk.navigation import EDITORS
from gongkai.desk.page import FormPage
from gongkai.desk.record_page import RecordPage
from gongkai.records.choices import Attribute
from gongkai.review import actions
from gongkai.review import queries as review
from gongkai.review.checklist import QUESTIONS
from gongkai.review.values import Proposal


def filled(data: QueryDict) -> dict[str, str]:
    """The typed values, with “no” for every question left open."""
    values = {name: str(value) for name, value in data.items()}
    return {f"check_{key}": "no" for key, _, _ in QUESTIONS} | values


class ProposePage(RecordPage, FormPage[Propose]):
    """Attribute, ground, reason and the checklist; hands the paper to the review group."""

    roles = EDITORS
    template = "desk/propose.html"
    form_class = Propose
    submit = "提出，送审查小组"
    title = "提出审查"

    def form_kwargs(self) -> dict[str, Any]:
        return {"grounds": ground_choices(words.grounds_on(self.seat.today))}

    def initial(self) -> dict[str, Any]:
        """Disclosure is the rule (2019 Art. 5): proposed unless the section says otherwise."""
        last = self.record.sheets.first()
        if last is None:
            return {"attribute": Attribute.PROACTIVE}
        return {
            "attribute": last.proposed_attribute,
            "ground": last.proposed_ground,
            "reason": last.proposed_reason,
        }

    def context(self) -> dict[str, Any]:
        return {
            "open_count": review.open_findings(self.record).count(),
            "text": self.text,
            "lines": self.text.split("\n"),
            "last": self.record.sheets.first(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Propose; or fill what is unanswered with “no”, to be looked through before proposing."""
        if request.POST.get("step") != "rest_no":
            return super().post(request, *args, **kwargs)
        form = Propose(initial=filled(request.POST), **self.form_kwargs())
        return self.page(form)

    def act(self, form: Propose) -> HttpResponse:
        data = form.cleaned_data
        sheet = actions.propose(
            record=self.record,
            proposal=Proposal(
                attribute=data["attribute"],
                ground=data["ground"],
                reason=data["reason"],
                checklist=form.checklist(),
            ),
            by=self.seat.person,
            now=self.seat.now,
        )
        url = reverse("desk:sheet", kwargs={"uuid": sheet.uuid})
        return self.done(url, f"已提出，审查单 {sheet.number} 已送审查小组。")
