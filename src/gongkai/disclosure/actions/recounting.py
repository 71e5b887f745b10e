"""A holiday notice came: open due dates are counted anew, each change with its own trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from gongkai.disclosure import recipients
from gongkai.disclosure.actions.reminding import remind
from gongkai.disclosure.casework import OPEN_STATES, locked, refresh, write_down
from gongkai.disclosure.models import DisclosureRequest, Reminder, ReminderKind
from gongkai.journal.actions import append
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import HolidayNotice, Person

BASIS = "《条例》第三十三条"
MOST_NAMED = 500


def recount(years: frozenset[int], by: Person | None, now: datetime) -> int:
    """Count every open request's due date anew after a holiday notice; the number that changed.

    Called inside the notice's transaction. Each case gets its own journal line; who handles one
    whose date moved finds it on his list. One line more names all dates before and after.
    """
    notice = _notice(years)
    changed = [row for pk in _open(years) if (row := _one(pk, notice, by, now)) is not None]
    if changed:
        append(
            event="request.deadlines_recounted",
            actor=orgs.actor(by, body=None, role="system_admin"),
            subject=None,
            change=Change(basis=BASIS, data={"moved": len(changed), "rows": changed[:MOST_NAMED]}),
        )
    return len(changed)


def _notice(years: Iterable[int]) -> str:
    """The name of the notice just kept."""
    row = HolidayNotice.objects.filter(year__in=list(years)).order_by("-id").first()
    return (row.document_number or f"{row.year}年放假安排") if row else "放假安排"


def _open(years: frozenset[int]) -> list[int]:
    rows = DisclosureRequest.objects.filter(
        state__in=OPEN_STATES,
        due_on__isnull=False,
        due_on__year__gte=min(years) - 1,
        due_on__year__lte=max(years) + 1,
    )
    return list(rows.order_by("id").values_list("pk", flat=True))


def _one(pk: int, notice: str, by: Person | None, now: datetime) -> dict[str, object] | None:
    """One case under its lock; what changed, for the line of all of them."""
    request = locked(DisclosureRequest(pk=pk))
    before, provisional = request.due_on, request.due_provisional
    refresh(request)
    if (before, provisional) == (request.due_on, request.due_provisional):
        return None
    moved = before != request.due_on
    write_down(
        "request.due_moved" if moved else "request.due_certified",
        request=request,
        by=by,
        change=Change(
            basis=BASIS,
            reason=notice,
            data={
                "notice": notice,
                "from_on": before,
                "due_on": request.due_on,
                "provisional_before": provisional,
                "provisional": request.due_provisional,
            },
        ),
    )
    if moved:
        _tell(request, before, notice, now)
    return {"id": request.pk, "from": str(before), "to": str(request.due_on)}


def _tell(request: DisclosureRequest, before: date | None, notice: str, now: datetime) -> None:
    row = Reminder(
        request=request,
        kind=ReminderKind.MOVED,
        due_on=request.due_on,
        from_on=before,
        reason=notice[:200],
        made_at=now,
    )
    remind(row, recipients.handlers_of(request, civil_day(now)))
