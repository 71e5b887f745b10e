"""Whoever writes past the program is refused by the database, on both kinds of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.disclosure.actions import closing, papers, replying
from gongkai.disclosure.models import (
    DisclosureRequest,
    Letter,
    SealedFile,
    Sending,
    Step,
)
from gongkai.disclosure.values import Upload
from tests.disclosure.conftest import answered, at, filed, fresh, send
from tests.factories import Office

pytestmark = pytest.mark.usefixtures("no_paper")
Deed = Callable[[DisclosureRequest], object]


PAST_THE_PROGRAM: dict[str, Deed] = {
    "delete": lambda r: DisclosureRequest.objects.filter(pk=r.pk)._raw_delete("default"),
    "number": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(
        number="依申请〔2026〕9号"
    ),
    "receipt": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(receipt_number="X"),
    "outcome": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(outcome="granted"),
    "outcome away": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(
        outcome="", state="accepted"
    ),
    "reply day": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(
        replied_on=date(2026, 3, 3)
    ),
    "in time": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(in_time=None),
    "open again": lambda r: DisclosureRequest.objects.filter(pk=r.pk).update(state="accepted"),
    "step": lambda r: Step.objects.filter(request=r).update(on=date(2026, 3, 3)),
    "step away": lambda r: Step.objects.filter(request=r).delete(),
    "step after the end": lambda r: Step.objects.create(
        request=r, kind="extended", on=date(2026, 3, 5), days=5, recorded_at=at(2026, 3, 5)
    ),
    "letter": lambda r: Letter.objects.filter(request=r).update(number="云商信答〔2026〕9号"),
    "letter's words": lambda r: Letter.objects.filter(request=r).update(parts='{"provided":"无"}'),
    "letter's addressee": lambda r: Letter.objects.filter(request=r).update(addressee="李四"),
    "letter back": lambda r: Letter.objects.filter(request=r).update(state="approved"),
    "letter away": lambda r: Letter.objects.filter(request=r)._raw_delete("default"),
    "service": lambda r: Sending.objects.filter(letter__request=r).update(
        served_on=date(2026, 3, 3)
    ),
    "service away": lambda r: Sending.objects.filter(letter__request=r).delete(),
}


@pytest.mark.parametrize("name", PAST_THE_PROGRAM)
def test_what_happened_stays(office: Office, name: str) -> None:
    made = filed(office, date(2026, 3, 2)).request
    request = answered(made, office, date(2026, 3, 4), "petition", reason="投诉")
    with pytest.raises(IntegrityError), transaction.atomic():
        PAST_THE_PROGRAM[name](request)
    kept = fresh(request)
    assert (kept.outcome, kept.state, kept.steps.count()) == ("petition", "replied", 1)
    assert kept.letters.get().sendings.get().served_on == date(2026, 3, 4)


def test_an_ended_request_has_exactly_one_outcome_in_the_database(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    row = DisclosureRequest.objects.filter(pk=request.pk)
    for state in ("replied", "closed", "archived"):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state="replied", outcome="granted")


def test_an_archived_request_stays_archived(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    closing.withdraw(request=request, by=None, now=at(2026, 3, 2))
    closing.file_away(request=request, by=office.officer, now=at(2026, 3, 3))
    with pytest.raises(IntegrityError), transaction.atomic():
        DisclosureRequest.objects.filter(pk=request.pk).update(state="closed")


def reply_file(request: DisclosureRequest, office: Office) -> SealedFile:
    upload = Upload("合同.txt", "合同正文".encode(), "text/plain", "reply")
    return papers.add_file(request=request, upload=upload, by=office.officer, now=at(2026, 3, 3))


def test_no_letter_holds_another_cases_file(office: Office) -> None:
    """The recipient guard of the database: no way round the program either."""
    mine, other = (filed(office, date(2026, 3, 2)).request for _ in range(2))
    own, foreign = reply_file(mine, office), reply_file(other, office)
    letter = replying.draft_reply(
        request=mine, outcome="granted", stated={"provided": "合同"}, attachments=[own],
        by=office.officer, now=at(2026, 3, 3),
    )  # fmt: skip
    through = Letter.attachments.through
    past: list[Callable[[], object]] = [
        lambda: letter.attachments.add(foreign),
        lambda: through.objects.filter(letter=letter).update(sealedfile=foreign),
        lambda: SealedFile.objects.filter(pk=foreign.pk).update(request=mine),
        lambda: Letter.objects.filter(pk=letter.pk).update(request=other),
        lambda: Letter.objects.filter(pk=letter.pk).update(paper=foreign),
        lambda: Sending.objects.create(
            letter=letter, way="handed", served_on=date(2026, 3, 3), evidence=foreign,
            recorded_at=at(2026, 3, 3),
        ),
    ]  # fmt: skip
    for deed in past:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    assert list(letter.attachments.all()) == [own]
    send(letter, office, date(2026, 3, 3))
    late = reply_file(other, office)
    for deed in (lambda: letter.attachments.clear(), lambda: letter.attachments.add(late)):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
