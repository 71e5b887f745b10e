"""What the body holds about an applicant, given to him on demand (个人信息保护法 Art. 45)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.casework import events_of, write_down
from gongkai.disclosure.models import DisclosureRequest, FilePart
from gongkai.journal.actions import append
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person

BASIS = "《个人信息保护法》第四十五条"
TAKEN_OUT = "《个人信息保护法》第五十一条"
_APPLICANT = (
    "kind", "name", "representative", "contact", "identity_kind", "identity_number", "phone",
    "email", "address", "postcode", "agent", "assistance",
)  # fmt: skip
_REQUEST = (
    "number", "receipt_number", "channel", "subject", "document_number", "description",
    "supplement", "purpose", "provided_as", "provided_by", "outcome",
)  # fmt: skip
_DAYS = ("arrived_on", "received_on", "due_on", "replied_on", "purge_on")


@transaction.atomic
def export_person(
    *, requests: Sequence[DisclosureRequest], by: Person | None, now: datetime
) -> dict[str, object]:
    """Plain values for JSON about one applicant's requests; every case notes that it was given.

    `by` is None for the applicant on his own page (then only the request he opened).
    """
    today = civil_day(now)
    for request in requests:
        if by is not None:
            policies.may_handle(by, request, today).require(BASIS)
        change = Change(basis=BASIS, data={"count": len(requests)})
        write_down("request.exported", request=request, by=by, change=change, applicant_acts=True)
    return {
        "exported_on": today.isoformat(),
        "requests": [_request(request) for request in requests],
    }


def _request(request: DisclosureRequest) -> dict[str, object]:
    days = {name: getattr(request, name) for name in _DAYS}
    files = request.files.filter(purged_at__isnull=True)
    return {
        **{name: getattr(request, name) for name in _REQUEST},
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "applicant": {name: getattr(request.applicant, name) for name in _APPLICANT},
        "steps": [{"kind": e.kind.value, "on": e.on.isoformat()} for e in events_of(request)],
        "files": [{"name": f.name, "part": FilePart(f.part).label, "bytes": f.size} for f in files],
        "letters": [
            {"kind": letter.kind, "number": letter.number, "state": letter.state}
            for letter in request.letters.all()
        ],
    }


@transaction.atomic
def note_register_export(*, body: Body, count: int, by: Person | None) -> None:
    """Write down that a register with applicants' data was taken out of the system."""
    append(
        event="request.register_exported",
        actor=orgs.actor(by, body=body, role="system" if by is None else ""),
        subject=None,
        change=Change(
            basis="《个人信息保护法》第五十一条", data={"body": body.name, "count": count}
        ),
    )
