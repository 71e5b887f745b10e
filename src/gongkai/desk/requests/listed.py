"""A request as lists show it: its due date and state as marks, its row of the register.

Written out here and not in templates: the register draws them dozens of times on every page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.desk.requests import words
from gongkai.disclosure.models import DisclosureRequest
from gongkai.law.workdays import Calendar
from gongkai.records.queries import light

MOST_LETTERS = 60
_NIL = UUID(int=0)
_PROVISIONAL = mark_safe('<span class="small">（暂定）</span>')
# What `Row` reads of a request and of whom it is with.
COLUMNS = (
    "uuid", "number", "state", "channel", "subject", "description", "received_on", "replied_on",
    "in_time", "closed_at", "due_on", "due_provisional", "body__name", "section__name",
    "case_officer__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register, as written on the page."""

    url: str
    number: str
    words: str
    received: str
    channel: str
    body: str
    section: str
    officer: str
    due: SafeString
    state: SafeString


def rows_of(
    page: Iterable[DisclosureRequest], *, own_body: int | None, today: date, calendar: Calendar
) -> list[Row]:
    """The lines of a page; the body is named where it is not `own_body`."""
    # One address looked up, and the rest made from it: each look-up walks every pattern.
    pattern = reverse("desk:request", kwargs={"uuid": _NIL})
    return [
        Row(
            url=pattern.replace(str(_NIL), str(row.uuid)),
            number=row.number,
            words=_words(row.subject or row.description),
            received=row.received_on.isoformat() if row.received_on else "待确认",
            channel=words.channel(row.channel),
            body="" if row.body_id == own_body else row.body.name,
            section=row.section.name if row.section else "（未交办）",
            officer=row.case_officer.name if row.case_officer else "",
            due=due_mark(row, today, calendar),
            state=state_mark(row),
        )
        for row in page
    ]


def _words(text: str) -> str:
    if len(text) > MOST_LETTERS:
        return text[: MOST_LETTERS - 1] + "…"
    return text or "（没有写明名称）"


def due_mark(row: DisclosureRequest, today: date, calendar: Calendar) -> SafeString:
    """When an answer is due and how near that is; of an answered request when it was given."""
    if row.replied_on:
        return _replied(row.replied_on, row.in_time)
    if row.closed_at:
        return mark_safe("—")
    if row.due_on is None:
        said = "停止计时" if row.received_on else "未起算"
        return format_html('<span class="soft">{}</span>', said)
    near, day = light(row.due_on, today, calendar), row.due_on.isoformat()
    return format_html(
        '<span class="due {}"><time datetime="{}">{}</time>{} <span class="left">{}</span></span>',
        near.colour,
        day,
        day,
        _PROVISIONAL if row.due_provisional else "",
        near.sentence,
    )


def _replied(on: date, in_time: bool | None) -> SafeString:
    said = "，按期" if in_time else ""
    found = format_html('<span class="soft">{} 答复{}</span>', on.isoformat(), said)
    late = mark_safe(' <span class="tag grave">逾期答复</span>')
    return found + late if in_time is False else found


def state_mark(row: DisclosureRequest) -> SafeString:
    """The state as a mark of its colour."""
    label = row.get_state_display()
    return format_html('<span class="tag request-{}">{}</span>', row.state, label)
