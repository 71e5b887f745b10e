"""The register of requests: by due date, filtered, in pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse

from gongkai.desk import paging
from gongkai.desk.page import DeskView
from gongkai.desk.requests.boards import OFFICE
from gongkai.desk.requests.case_page import AT_REQUESTS
from gongkai.desk.requests.entry_forms import Filters
from gongkai.desk.requests.listed import COLUMNS, rows_of
from gongkai.desk.seat import Seat
from gongkai.disclosure import queries
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.models import DisclosureRequest, Letter, LetterState, RequestState
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Person, Role

REGISTRARS = (Role.DISCLOSURE_OFFICE, Role.CASE_OFFICER)
WEEK = 7
QUICK = (
    ("在办的", ""),
    ("已超期", "due=overdue"),
    ("7日内到期", "due=week"),
    ("还没有交办", "due=unassigned"),
    ("有文书待审批", "due=letters"),
    ("待双方确认", f"state={RequestState.AWAITING_CONFIRMATION}"),
    ("已答复", f"state={RequestState.REPLIED}"),
    ("全部", "state=all"),
)


class Register(DeskView):
    """Every request the person may see; the open ones at first, the nearest due date on top."""

    roles = AT_REQUESTS
    task = "requests"
    title = "公开申请"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the register."""
        person, today = self.seat.person, self.seat.today
        visible = queries.visible_to(person, today)
        # Asked person by person: there are few, and an index leads from each to his cases.
        handled = visible.order_by().filter(case_officer=OuterRef("pk"))
        officers = Person.objects.filter(Exists(handled)).order_by("name")
        form = Filters(data=request.GET or None, officers=officers)
        wanted: Mapping[str, Any] = {}
        if form.is_bound:
            form.is_valid()
            wanted = form.cleaned_data
        size = paging.bounded(request.GET.get("size"), least=25, most=100, otherwise=25)
        rows = narrowed(visible, wanted, self.seat).only(*COLUMNS)
        page = paging.page_of(rows, request.GET.get("page"), size=size)
        return self.show(
            "desk/requests/register.html",
            form=form,
            page=page,
            rows=rows_of(page, own_body=person.body_id, today=today, calendar=calendar()),
            counts=queries.counts(visible, today),
            narrowed=any(wanted.values()),
            may_enter=self.seat.holds(*REGISTRARS),
            may_take_mail=self.seat.holds(Role.DISCLOSURE_OFFICE),
            sees_all=self.seat.holds(*OFFICE),
            quick=QUICK,
        )


def narrowed(
    rows: QuerySet[DisclosureRequest], wanted: Mapping[str, Any], seat: Seat
) -> QuerySet[DisclosureRequest]:
    """The rows that match, the nearest due date first."""
    state, due, number = wanted.get("state"), wanted.get("due"), str(wanted.get("q") or "").strip()
    if number:
        rows = rows.filter(
            Q(number__icontains=number)
            | Q(receipt_number__iexact=number)
            | Q(document_number__icontains=number)
        )
    elif state and state != "all":
        rows = rows.filter(state=state)
    elif not state:
        rows = rows.filter(state__in=OPEN_STATES)
    for field, name in (("channel", "channel"), ("case_officer", "officer")):
        if wanted.get(name):
            rows = rows.filter(**{field: wanted[name]})
    if due:
        rows = rows.filter(pk__in=_due(rows, str(due), seat).order_by().values("pk"))
    return rows.order_by(IsNull(F("due_on"), True), "due_on", "id")


def _due(rows: QuerySet[DisclosureRequest], due: str, seat: Seat) -> QuerySet[DisclosureRequest]:
    if due == "overdue":
        return queries.overdue(rows, seat.today)
    if due == "week":
        return queries.due_within(rows, seat.today, WEEK)
    if due == "letters":
        waiting = Letter.objects.filter(state=LetterState.SUBMITTED)
        return rows.filter(pk__in=waiting.exclude(drafted_by=seat.person).values("request"))
    return queries.unassigned(rows)
