"""Self-inspection begun, carried on piece by piece, finished; samples of availability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.assessment import policies
from gongkai.assessment.flow import INSPECTION_FLOW
from gongkai.assessment.inspection.data import check_data, untold
from gongkai.assessment.inspection.pages import Found, check_page, sample
from gongkai.assessment.inspection.site import Site
from gongkai.assessment.models import Inspection, InspectionFinding, Probe
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.law.assessment.site_rules import CHECKS, RULES, SLOW_SECONDS
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person

PIECE = 10
PROBES_KEPT = timedelta(days=400)


@transaction.atomic
def begin_inspection(*, body: Body, by: Person | None, now: datetime) -> Inspection:
    """Choose the sample and begin; whoever carries it out calls `work` until nothing is left."""
    policies.may_inspect(by, body, civil_day(now)).require(RULES)
    inspection = Inspection(body=body, started_at=now, started_by=by, pages=sample(body))
    save_checked(inspection, code="inspection.not_valid")
    data = {"pages": len(inspection.pages), "body": body.name}
    _write_down("inspection.started", inspection, by, Change(to_state="running", data=data))
    return inspection


def work(*, inspection: Inspection, now: datetime) -> bool:
    """The next pages, or the data checks and the end; True while something is left.

    Pages are read outside the transaction that keeps what they showed: a killed worker reads the
    same pages again and finds the same, once.
    """
    kept = Inspection.objects.select_related("body").get(pk=inspection.pk)
    if kept.state != "running":
        return False
    if kept.done >= len(kept.pages):
        found = list(check_data(kept.body, now))
        _finish(kept, found, now)
        return False
    answers, site = dict(kept.answers), Site()
    pages = kept.pages[kept.done : kept.done + PIECE]
    has_code = bool(kept.body.site_code)
    found = [
        f
        for kind, address in pages
        for f in check_page(kind, address, site, answers, has_code=has_code)
    ]
    with transaction.atomic():
        row = Inspection.objects.select_for_update(no_key=True).get(pk=kept.pk)
        if row.done != kept.done:  # another worker was quicker
            return True
        _keep(row, found)
        row.done, row.answers = kept.done + len(pages), answers
        row.save(update_fields=["done", "answers"])
    return True


def _keep(inspection: Inspection, found: Iterable[Found]) -> None:
    rows = [
        InspectionFinding(
            inspection=inspection, check_key=f.check, place=f.place[:300], sentence=f.sentence[:300]
        )
        for f in found
    ]
    InspectionFinding.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)


@transaction.atomic
def _finish(inspection: Inspection, found: list[Found], now: datetime) -> None:
    row = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    step = INSPECTION_FLOW.step(row.state, "finish")
    _keep(row, found)
    counts = Counter(row.findings.values_list("check_key", flat=True))
    blank = untold(now)
    row.result = {c.key: counts[c.key] for c in CHECKS if c.key not in blank}
    row.failures = sum(check.vetoes(counts[check.key]) for check in CHECKS)
    row.state, row.finished_at = step.target, now
    row.answers = {}
    row.save(update_fields=["result", "failures", "state", "finished_at", "answers"])
    data = {
        "findings": sum(counts.values()),
        "failures": row.failures,
        "body": inspection.body.name,
    }
    change = Change("running", step.target, RULES, data=data)
    _write_down("inspection.finished", inspection, None, change)


def probe(*, now: datetime) -> Probe:
    """One sample of availability: the home page, read as a visitor reads it. Old ones are swept."""
    page = Site().read("/")
    opened = page.status == 200 and page.milliseconds < SLOW_SECONDS * 1000
    Probe.objects.filter(at__lt=now - PROBES_KEPT).delete()
    return Probe.objects.create(
        at=now, opened=opened, status=page.status, milliseconds=page.milliseconds
    )


def _write_down(event: str, row: Inspection, by: Person | None, change: Change) -> None:
    append(
        event=event,
        actor=orgs.actor(by, body=row.body, role="disclosure_office"),
        subject=Subject("inspection", row.pk, row.uuid),
        change=change,
    )
