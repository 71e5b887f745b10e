"""The journal for the auditor: filters, pages, a sentence per line, and the proof of wholeness."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from gongkai.desk import paging
from gongkai.desk.forms.journal import JournalFilter
from gongkai.desk.navigation import JOURNAL_READERS
from gongkai.desk.page import DeskView
from gongkai.journal import events
from gongkai.journal import queries as journal
from gongkai.journal.models import Entry
from gongkai.journal.verify import verify
from gongkai.kit.dates import CHINA
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Role
from gongkai.records.flow import STATES

SIZE = 50
GROUPS = (
    ("record.", "政府信息"),
    ("entry.", "公开目录"),
    ("guide.", "公开指南"),
    ("class.", "信息分类"),
    ("inventory.", "清理"),
    ("body.", "机关"),
    ("section.", "科室"),
    ("person.", "账号"),
    ("role.", "角色"),
    ("account.", "登录"),
    ("notice.", "节假日"),
)
ROLE_LABELS = {str(role.value): str(role.label) for role in Role} | {"system": "系统"}


class Journal(DeskView):
    """Reads, changes nothing."""

    roles = JOURNAL_READERS
    task = "journal"
    title = "留痕"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of lines, newest first."""
        return self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check the whole chain now and show the result."""
        return self.page(report=verify())

    def page(self, **more: Any) -> HttpResponse:
        """The page; only lines of the bodies this person audits."""
        request = self.request
        form = JournalFilter(data=request.GET or None, events=GROUPS)
        wanted = form.cleaned_data if form.is_bound and (form.is_valid() or True) else {}
        rows = matching(self.lines(), wanted)
        before = paging.bounded(request.GET.get("before"), most=10**15, otherwise=0)
        if before:
            rows = rows.filter(seq__lt=before)
        found = list(rows.order_by("-seq")[: SIZE + 1])
        return self.show(
            "desk/journal.html",
            form=form,
            rows=[line_of(entry) for entry in found[:SIZE]],
            next_before=found[SIZE - 1].seq if len(found) > SIZE else None,
            head=journal.head_seq(),
            **more,
        )

    def lines(self) -> QuerySet[Entry]:
        """Lines of the bodies audited and of those below; of no body: for auditors at a root."""
        held = [
            g.body
            for g in orgs.grants_of(self.seat.person, self.seat.today)
            if g.role in JOURNAL_READERS
        ]
        bodies = {b.pk for body in held for b in (body, *orgs.descendants(body))}
        seen = Q(body_id__in=bodies)
        if any(body.parent_id is None for body in held):
            seen |= Q(body_id__isnull=True)
        return journal.entries(journal.Filter()).filter(seen)


def line_of(entry: Entry) -> dict[str, Any]:
    """A line as it is read: sentence, role and states in words."""
    states = (STATES.get(entry.from_state, ""), STATES.get(entry.to_state, ""))
    return {
        "entry": entry,
        "sentence": events.sentence(entry),
        "role": ROLE_LABELS.get(entry.role, entry.role),
        "move": " → ".join(states) if all(states) else "",
    }


def matching(rows: QuerySet[Entry], wanted: dict[str, Any]) -> QuerySet[Entry]:
    """The lines that the filters leave."""
    if wanted.get("event"):
        rows = rows.filter(event__startswith=wanted["event"])
    if wanted.get("actor"):
        rows = rows.filter(actor_name__icontains=wanted["actor"])
    if wanted.get("from_on"):
        rows = rows.filter(at__gte=_midnight(wanted["from_on"]))
    if wanted.get("to_on"):
        rows = rows.filter(at__lt=_midnight(wanted["to_on"] + timedelta(days=1)))
    return _about(rows, str(wanted.get("subject") or ""))


def _about(rows: QuerySet[Entry], subject: str) -> QuerySet[Entry]:
    """Lines of an act or about a thing, by UUID; or about a thing by its number."""
    if not subject:
        return rows
    if subject.isascii() and subject.isdigit() and len(subject) <= 15:
        return rows.filter(subject_id=int(subject))
    try:
        uuid = UUID(subject)
    except ValueError:
        return rows.none()
    return rows.filter(Q(act=uuid) | Q(subject_uuid=uuid))


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA)
