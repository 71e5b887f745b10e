"""Loading the demo: everything or nothing, in one transaction; loading again changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body
from gongkai.project.demo import (
    accounts,
    activities,
    assessed,
    bulletins,
    house,
    mails,
    papers,
    past,
    present,
    requests,
    yearly,
)
from gongkai.project.demo.content import table
from gongkai.project.demo.days import moment, workday

# The day on which the bureau went over to this platform, in working days before the loading:
# before the oldest record of `data/present.toml`.
OPENED = 66


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did; `records` is 0 when the demo was there already."""

    body: str
    records: int

    @property
    def fresh(self) -> bool:
        return self.records > 0


def load(*, now: datetime) -> Loaded:
    """Load the demo into a database that holds no real body; refused (`demo.real_bodies`) else."""
    _refuse_real_bodies()
    body = Body.objects.filter(code=house.CODE).first()
    if body is not None:
        return Loaded(body.name, 0)
    today = civil_day(now)
    opened = moment(workday(calendar(), today, OPENED), 9)
    with transaction.atomic(), _no_collector():
        staff, people = house.build(now=opened)
        count = past.take_in(staff, now=opened)
        papers.summary(staff, now=opened)
        count += papers.bulletins(staff, now=opened)
        papers.measures(staff, now=opened)
        papers.reports(staff, now=opened)
        papers.guide(staff, now=opened)
        activities.load(staff, now=opened)
        bulletins.load(staff, now=opened)
        count += present.load(staff, now=now)
        requests.load(staff, now=now)
        mails.load(staff, now=now)
        yearly.load(staff, now=now)
        assessed.load(staff, now=now)
        # Last: a failure above leaves no file with passwords of accounts that are not there.
        accounts.keep(people, today)
    others = 1 + len(table("papers")["measures"]) + len(table("papers")["reports"])
    return Loaded(staff.body.name, count + others)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Some hundred thousand small objects are made and none in rings: looking costs a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _refuse_real_bodies() -> None:
    real = Body.objects.filter(is_demo=False).first()
    if real is not None:
        raise Refusal(
            "demo.real_bodies",
            f"这个数据库里已有真实的机关（{real.name}），不能载入演示数据。"
            "请用GONGKAI_DATA另设一个空的数据目录后再载入。",
        )
