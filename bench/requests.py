"""Thousands of invented requests, written straight into the tables. Only for measuring."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from bench.office import Bench
from gongkai.disclosure.models import Applicant, DisclosureRequest
from gongkai.kit.dates import CHINA
from gongkai.law.applications import ApplicantKind
from gongkai.law.receipt import Channel

OUTCOMES = ("granted", "partly_granted", "not_held", "not_ours", "already_published")
STEP = 2000


def fill_requests(at: Bench, count: int, today: date) -> None:
    """So many requests over eighteen years; one in forty is still open, some of those late."""
    chance = random.Random(20080501)  # the same requests in every run
    for start in range(0, count, STEP):
        numbers = range(start, min(start + STEP, count))
        made = DisclosureRequest.objects.bulk_create(_one(at, n, chance, today) for n in numbers)
        kinds = [kind.value for kind in ApplicantKind]
        Applicant.objects.bulk_create(
            Applicant(request=request, kind=chance.choice(kinds), name="某人") for request in made
        )


def _one(at: Bench, n: int, chance: random.Random, today: date) -> DisclosureRequest:
    is_open = n % 40 == 0
    received = today - timedelta(days=chance.randint(0, 60 if is_open else 6500))
    request = DisclosureRequest(
        body=at.body,
        number=f"申{n}",
        receipt_number=f"R{n}",
        state="accepted",
        channel=chance.choice([channel.value for channel in Channel]),
        arrived_on=received,
        received_on=received,
        subject="某项信息",
        section=chance.choice([*at.sections, None]),
        due_on=received + timedelta(days=28),
        created_at=datetime.now(CHINA),
    )
    if not is_open:
        request.state = chance.choice(("replied", "closed", "archived"))
        request.replied_on = min(received + timedelta(days=chance.randint(1, 40)), today)
        request.outcome = chance.choice(OUTCOMES)
        request.in_time = request.replied_on <= received + timedelta(days=28)
    return request
