"""Two pages over all requests a person may see: remedies with their fifteen cells, and what
several applicants asked for or suggested to publish."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from gongkai.desk import paging
from gongkai.desk.page import DeskView
from gongkai.disclosure import asked_by_many, queries, remedy_cells
from gongkai.disclosure.models import DisclosureRequest, RemedyCase, RemedyKind
from gongkai.orgs.models import Body, Role

OFFICE = (Role.DISCLOSURE_OFFICE, Role.RESPONSIBLE_LEADER)
FIRST_YEAR, LAST_YEAR = 2008, 2200


class Board(DeskView):
    """Over the requests of the whole body: the disclosure office and the responsible leader."""

    roles = OFFICE
    task = "requests"

    def rows(self) -> QuerySet[DisclosureRequest]:
        """The requests this person may see."""
        return queries.visible_to(self.seat.person, self.seat.today)


class Remedies(Board):
    """Reconsiderations and lawsuits of a year, counted as table four of the report."""

    title = "复议诉讼"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Fifteen cells, and the cases behind the chosen one."""
        this = self.seat.today.year
        year = paging.bounded(
            request.GET.get("year"), least=FIRST_YEAR, most=LAST_YEAR, otherwise=this
        )
        kinds = dict(RemedyKind.choices)
        outcomes = {outcome.value: label for outcome, label in remedy_cells.RESULTS}
        kind, outcome = request.GET.get("kind", ""), request.GET.get("outcome", "")
        every = RemedyCase.objects.filter(request__in=self.rows().order_by().values("pk"))
        chosen = every.filter(kind=kind) if kind in kinds else every
        if outcome in outcomes:
            chosen = chosen.filter(remedy_cells.cell(outcome, year))
        else:
            chosen = chosen.filter(filed_on__year__lte=year)
        page = paging.page_of(
            chosen.select_related("request").order_by("-filed_on", "-id"), request.GET.get("page")
        )
        counted = remedy_cells.counted(every, year)
        return self.show(
            "desk/requests/remedies.html",
            year=year,
            years=(year - 1, year + 1 if year < this else None),
            results=remedy_cells.RESULTS,
            blocks=[(key, label, counted[key]) for key, label in kinds.items()],
            page=page,
            chosen="，".join(filter(None, (kinds.get(kind), outcomes.get(outcome)))),
        )


class Repeated(Board):
    """What several applicants asked for, and what applicants suggested to publish (Art. 44)."""

    title = "多人申请和建议公开"

    def get(self, request: HttpRequest) -> HttpResponse:
        """By document number, and the suggestions with what became of them."""
        rows = self.rows()
        page = paging.page_of(asked_by_many.suggested(rows), request.GET.get("page"))
        records = asked_by_many.converted(list(page))
        found = asked_by_many.by_number(rows)
        names = dict(
            Body.objects.filter(pk__in={g.body_id for g in found}).values_list("pk", "name")
        )
        return self.show(
            "desk/requests/repeated.html",
            groups=[(g, names.get(g.body_id, "")) for g in found],
            page=page,
            suggestions=[(row, records.get(str(row.uuid))) for row in page],
        )
