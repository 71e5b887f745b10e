"""One answer given to all findings of a run that are alike; each keeps it on its own record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from gongkai.inventory import alike, policies
from gongkai.inventory.flow import BASIS
from gongkai.inventory.models import InventoryRun
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.review import actions as review
from gongkai.review.models import Finding
from gongkai.review.values import FindingReply

MOST = 200
"""Answered in one go: each is a change of its own, and a person waits for the page."""


@dataclass(slots=True)
class Answered:
    """How many were answered, how many wait still, and why some could not be."""

    count: int = 0
    left: int = 0
    refused: dict[str, int] = field(default_factory=dict)


def answer_alike(
    *, run: InventoryRun, finding: Finding, answer: FindingReply, by: Person, now: datetime
) -> Answered:
    """Answer `finding` and those alike in the run, `MOST` at a time.

    Each is its own change with its own line in the journal: one that is refused (a draft that
    moved on, another section's) is counted with the reason and holds up none of the others.
    A reply that suits none of them is refused as it would be for one.
    """
    policies.may_run(by, run.body, run.section, civil_day(now)).require(BASIS)
    if not alike.open_in(run).filter(pk=finding.pk).exists():
        raise Refusal("finding.answered", "这一组已经答复过，请刷新页面。")
    rows = alike.alike(run, finding)
    waiting = list(rows.values_list("pk", flat=True)[: MOST + 1])
    done = Answered()
    refusal: Refusal | None = None
    for pk in waiting[:MOST]:
        # Read anew each time: an accepted proposal moves the places behind it.
        row = Finding.objects.filter(pk=pk).first()
        if row is None:
            continue
        try:
            review.answer_finding(finding=row, answer=answer, by=by, now=now)
        except Refusal as error:
            refusal = error
            done.refused[error.sentence] = done.refused.get(error.sentence, 0) + 1
        else:
            done.count += 1
    if refusal is not None and not done.count:
        raise refusal
    done.left = rows.count() if len(waiting) > MOST else 0
    return done
