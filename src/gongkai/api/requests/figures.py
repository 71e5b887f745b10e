"""Figures, the register as a file, and whom a case can be given to."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongkai.api.fields import Field, read_query
from gongkai.api.requests import told
from gongkai.api.requests.call import Caller
from gongkai.api.requests.door import told as answer
from gongkai.api.requests.listing import RECEIVED
from gongkai.api.requests.reading import download
from gongkai.api.requests.refs import own_body
from gongkai.disclosure import policies, queries
from gongkai.disclosure.actions.exporting import note_register_export
from gongkai.disclosure.register_file import as_csv, as_xlsx
from gongkai.disclosure.register_rows import ALL_KEYS, PUBLIC_KEYS, register_of, row_of
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role, Section

FORMATS = (("csv", "CSV"), ("xlsx", "Excel"))
BODY = Field("body", "机关代码", most=40, hint="不填为账号所在机关")
REGISTER = (
    BODY,
    Field("year", "收到的年份", "number", required=True, most=2200),
    Field("format", "格式", "choice", choices=FORMATS, hint="不填为 csv"),
    Field("personal", "连同申请人信息和申请内容导出（留痕）", "yes"),
)
DESKS = (BODY,)
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WORKERS = (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.DISCLOSURE_OFFICE)


def statistics(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How many stand in each state and ended in which way, of what this person may see."""
    wanted = read_query(RECEIVED, request.GET.lists())
    rows = queries.visible_to(caller.person, caller.today)
    if wanted["received_from"]:
        rows = rows.filter(received_on__gte=wanted["received_from"])
    if wanted["received_to"]:
        rows = rows.filter(received_on__lte=wanted["received_to"])
    counted = queries.counts(rows, caller.today)
    replied = rows.exclude(outcome="").order_by()
    ended = replied.aggregate(
        right=Count("id", filter=Q(in_time=True)), late=Count("id", filter=Q(in_time=False))
    )
    return answer(
        {
            "today": caller.today.isoformat(),
            "states": counted.states,
            "open": counted.open,
            "overdue": counted.overdue,
            "due_this_week": counted.due_this_week,
            "outcomes": dict(replied.values_list("outcome").annotate(n=Count("id"))),
            "replied_in_time": ended["right"],
            "replied_late": ended["late"],
        }
    )


def register(request: HttpRequest, caller: Caller) -> HttpResponseBase:
    """The register of a body and a year as a file; applicants' data only when asked for."""
    wanted = read_query(REGISTER, request.GET.lists())
    body = own_body(caller, wanted["body"])
    policies.may_export_register(caller.person, body, caller.today).require(policies.BASIS)
    keys = ALL_KEYS if wanted["personal"] else PUBLIC_KEYS
    found = map(row_of, register_of(body, wanted["year"]))
    rows = [{key: row[key] for key in keys} for row in found]
    if wanted["personal"]:
        note_register_export(body=body, count=len(rows), by=caller.person)
    kind = wanted["format"] or "csv"
    content = {"csv": as_csv, "xlsx": as_xlsx}[kind](keys, rows)
    return download(content, MEDIA[kind], f"申请台账-{body.code}-{wanted['year']}.{kind}")


def desks(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Sections and people of a body a case can be given to, and other bodies."""
    wanted = read_query(DESKS, request.GET.lists())
    body = own_body(caller, wanted["body"])
    policies.may_register(caller.person, body, caller.today).require(policies.BASIS)
    known = {p.pk for role in WORKERS for p in orgs.people_with_role(body, role, caller.today)}
    people = Person.objects.filter(pk__in=known).order_by("username")
    others = Body.objects.filter(is_active=True).exclude(pk=body.pk).order_by("code")
    sections = Section.objects.filter(body=body, is_active=True)
    return answer(
        {
            "body": body.code,
            "sections": [told.section(row) for row in sections],
            "people": [told.person(row) for row in people],
            "bodies": [{"code": row.code, "name": row.name} for row in others],
        }
    )
