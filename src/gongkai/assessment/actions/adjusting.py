"""A scheme adjusted for one body by its supervisor: a new dated row, never an edit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from gongkai.assessment import policies, queries
from gongkai.assessment.flow import BASIS
from gongkai.assessment.models import SchemeVersion
from gongkai.assessment.writing import need_reason
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.assessment import scheme as named_scheme
from gongkai.law.assessment.adjusting import Adjustment, adjusted
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person, Role


@transaction.atomic
def adjust_scheme(
    *,
    body: Body,
    scheme: str,
    change: Adjustment,
    from_on: date,
    reason: str,
    by: Person | None,
    now: datetime,
) -> SchemeVersion:
    """Adjust a scheme for `body` from a day on; `change` is measured against the scheme as such.

    Rounds already planned keep the version they were planned with.
    """
    policies.may_adjust(by, body, civil_day(now)).require(BASIS)
    found = adjusted(named_scheme(scheme), change)
    why = need_reason(reason, most=300)
    if not found.changes:
        raise Refusal("assessment.no_change", "没有改动任何分值，不必另立一版。")
    standing = queries.standing_version(body, scheme, date.max)
    if standing is not None and from_on < standing.from_on:
        sentence = f"已有从{standing.from_on}起的一版，新的一版不能更早开始，请改正日期。"
        raise Refusal("assessment.from_on", sentence, fields={"from_on": sentence})
    rows = SchemeVersion.objects.filter(body=body, scheme=scheme)
    content = {
        "weights": dict(change.weights),
        "points": {key: str(points) for key, points in change.points.items()},
    }
    version = SchemeVersion(
        body=body, scheme=scheme, number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        from_on=from_on, content=content, reason=why, by=by, made_at=now,
    )  # fmt: skip
    save_checked(version, code="assessment.not_valid")
    append(
        event="assessment.scheme_adjusted",
        actor=orgs.actor(by, body=body, role=Role.SUPERVISOR),
        subject=Subject("scheme_version", version.pk),
        change=Change(
            basis=found.basis, reason=why,
            data={"target": body.name, "scheme": found.title, "number": version.number,
                  "changes": list(found.changes)},
        ),
    )  # fmt: skip
    return version
