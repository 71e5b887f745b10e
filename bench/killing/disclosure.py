"""Requests as load: filed on the portal, confirmed, supplemented, extended, answered, served.

The letters are really set and their papers sealed on disk; numbers come from three series at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from bench.killing.publishing import numbers
from gongkai.disclosure import casework, store
from gongkai.disclosure.actions import (
    extending,
    filing,
    replying,
    sending,
    supplementing,
    writing,
)
from gongkai.disclosure.models import DisclosureRequest, Letter, SealedFile, Step
from gongkai.disclosure.values import ApplicantText, Application, AskedText, Upload
from gongkai.journal.actions import act
from gongkai.journal.models import Entry as Line
from gongkai.kit.dates import civil_day
from gongkai.law.receipt import Arrival, Channel
from gongkai.law.service import Service, Way
from gongkai.records.models import Allotment
from tests import factories

MARK = "强制终止试验"
EVENTS = {
    "request.filed": "filed",
    "request.confirmed": "confirmed",
    "request.supplement_asked": "asked",
    "request.supplemented": "supplemented",
    "request.extended": "extended",
    "request.replied": "replied",
}
STEPS = {
    "supplement_asked": "asked",
    "supplemented": "supplemented",
    "extended": "extended",
    "replied": "replied",
}


class Disclosure:
    """Six acknowledged changes per operation, each by the product's own actions."""

    office: factories.Office

    def prepare(self) -> list[str]:
        """A body with its people and the word of its letters."""
        self.office = factories.office()
        body = self.office.body
        body.profile = body.profile | {"letter_word": "云商"}
        body.save(update_fields=["profile"])
        return []

    def do(self, op: str) -> Iterator[str]:
        """One request from the form to the answer in hand."""
        with act():
            request = self._filed(op)
            yield f"{op}.filed"
            filing.applicant_confirms(request=request, now=timezone.now())
            officer, now = self.office.officer, timezone.now()
            filing.office_confirms(request=request, by=officer, now=now)
            yield f"{op}.confirmed"
            until = civil_day(now) + timedelta(days=15)
            letter = supplementing.ask_supplement(
                request=request, points=["请写明文号"], due_on=until, by=officer, now=now
            )
            self._send(letter)
            yield f"{op}.asked"
            supplementing.take_supplement(
                request=request, text=op, on=civil_day(now), by=None, now=timezone.now()
            )
            yield f"{op}.supplemented"
            extending.extend(
                request=request, days=20, reason="检索量大", by=officer, now=timezone.now()
            )
            yield f"{op}.extended"
            letter = replying.draft_reply(
                request=request,
                outcome="granted",
                stated={"provided": "合同复印件一份"},
                by=officer,
                now=timezone.now(),
            )
            self._send(letter)
            yield f"{op}.replied"

    def _filed(self, op: str) -> DisclosureRequest:
        now = timezone.now()
        who = ApplicantText(kind="natural", name="赵小满", phone="13900001234", address="梅花街")
        asked = AskedText(subject=f"施工合同{op}", document_number=f"{MARK}{op}")
        paper = Upload("说明.txt", op.encode(), "text/plain")
        return filing.file_request(
            body=self.office.body,
            application=Application(who, asked, (paper,)),
            arrival=Arrival(Channel.WEB, civil_day(now)),
            by=None,
            now=now,
        ).request

    def _send(self, letter: Letter) -> None:
        now = timezone.now()
        writing.submit(letter=letter, by=self.office.officer, now=now)
        writing.approve(letter=letter, by=self.office.leader, now=now)
        handed = Service(Way.HANDED, signed_on=civil_day(now))
        sending.serve(letter=letter, service=handed, by=self.office.officer, now=timezone.now())

    def done(self) -> Counter[str]:
        """From the rows: requests, their day of receipt, and the steps of their clocks."""
        found: Counter[str] = Counter()
        for name, received in self._rows().values_list("document_number", "received_on"):
            found[f"{_op(name)}.filed"] += 1
            found[f"{_op(name)}.confirmed"] += received is not None
        steps = Step.objects.filter(request__in=self._rows())
        for name, kind in steps.values_list("request__document_number", "kind"):
            found[f"{_op(name)}.{STEPS[kind]}"] += 1
        return +found

    def faults(self) -> list[str]:
        """Journal against rows, numbers without gap, clocks in the rows, papers on disk."""
        return [*self._journal(), *numbers(), *self._numbers(), *self._cases(), *self._papers()]

    def _rows(self) -> QuerySet[DisclosureRequest]:
        return DisclosureRequest.objects.filter(document_number__startswith=MARK)

    def _journal(self) -> Iterator[str]:
        ops = {pk: _op(name) for pk, name in self._rows().values_list("pk", "document_number")}
        told: Counter[str] = Counter()
        lines = Line.objects.filter(event__in=EVENTS, subject_kind="request")
        for pk, event in lines.values_list("subject_id", "event"):
            told[f"{ops.get(pk or 0, f'unknown {pk}')}.{EVENTS[event]}"] += 1
        done = self.done()
        for name, found in (("without a line", done - told), ("without a row", told - done)):
            if found:
                yield f"{name}: {sorted(found)[:5]}"

    def _numbers(self) -> Iterator[str]:
        """Every number given stands on the one thing it was given to."""
        requests = set(self._rows().values_list("number", "pk"))
        letters = set(Letter.objects.exclude(number="").values_list("number", "pk"))
        for kind, used in (("request", requests), ("letter", letters)):
            rows = Allotment.objects.filter(subject_kind=kind)
            given = set(rows.values_list("number", "subject_id"))
            if given != used:
                yield f"{kind} numbers given and used differ: {sorted(given ^ used)[:5]}"

    def _cases(self) -> Iterator[str]:
        for row in self._rows().select_related("body"):
            clock = casework.clock_of(row)
            due = clock.due.on if clock and clock.due else None
            if (row.due_on, row.state) != (due, casework.state_of(row, clock)):
                yield f"{_op(row.document_number)}: {row.due_on} {row.state}, clock {due}"
        served = Letter.objects.filter(state="served").exclude(outcome="").values("request")
        twice = served.annotate(n=Count("pk")).filter(n__gt=1).count()
        answered = self._rows().exclude(outcome="").count()
        if twice or served.count() != answered:
            yield f"{answered} answered, {served.count()} answers served, {twice} twice"

    def _papers(self) -> Iterator[str]:
        for file in SealedFile.objects.filter(request__in=self._rows()):
            try:
                whole = len(store.opened(file)) == file.size
            except Exception as error:
                yield f"file {file.pk}: {type(error).__name__} {error}"
                continue
            if not whole:
                yield f"file {file.pk}: not {file.size} bytes"


def _op(document_number: str) -> str:
    return document_number.removeprefix(MARK)
