"""Service: the day that counts, the evidence, what is kept, and the end of the request."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gongkai.disclosure import store
from gongkai.disclosure.actions import sending, writing
from gongkai.disclosure.models import FilePart, Letter, Sending, Step
from gongkai.journal.models import Entry
from gongkai.kit.dates import CHINA
from gongkai.kit.refusal import Refusal
from gongkai.law.service import Service, Way
from tests.disclosure.letters import cases as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
HANDED = Service(Way.HANDED, signed_on=make.on(11, 2))


def granted(of: make.Case, *, now: datetime = make.NOW) -> Letter:
    return make.approved(make.reply(of, "granted", now=now, provided="电子文件1份"), of, now=now)


def serve(letter: Letter, of: make.Case, service: Service, **more: object) -> Sending:
    more.setdefault("now", make.days(40))
    return sending.serve(letter=letter, service=service, by=of.at.officer, **more)  # type: ignore[arg-type]


def test_the_served_reply_ends_the_request_on_the_posting_day() -> None:
    of = make.case()
    letter = granted(of)
    posted = Service(Way.POST, posted_on=make.on(11, 30), signed_on=make.on(12, 3))
    assert serve(letter, of, posted, tracking="XA123456789CN").served_on == make.on(11, 30)
    of.request.refresh_from_db()
    assert (of.request.state, of.request.outcome) == ("replied", "granted")
    assert of.request.replied_on == make.on(11, 30) and of.request.in_time is True
    assert Step.objects.get(request=of.request, kind="replied").on == make.on(11, 30)


def test_a_day_late_is_late() -> None:
    of = make.case()
    serve(granted(of), of, Service(Way.HANDED, signed_on=make.on(12, 1)))
    of.request.refresh_from_db()
    assert of.request.in_time is False


@pytest.mark.parametrize(
    ("service", "code"),
    [
        (Service(Way.COURIER, posted_on=make.on(11, 3)), "service.courier"),
        (
            Service(Way.POST, posted_on=make.on(11, 3), freight_collect=True),
            "service.freight_collect",
        ),
        (Service(Way.POST), "service.no_day"),
        (Service(Way.POST, posted_on=make.on(11, 3)), "service.no_evidence"),
        (Service(Way.HANDED, signed_on=make.on(11, 1)), "service.before_approval"),
        (Service(Way.HANDED, signed_on=date(2027, 1, 1)), "request.future_day"),
        (
            Service(Way.ELECTRONIC, posted_on=make.on(11, 9), signed_on=make.on(11, 8)),
            "service.signed_too_early",
        ),
    ],
)
def test_service_that_does_not_count_is_refused(service: Service, code: str) -> None:
    of = make.case()
    with pytest.raises(Refusal) as caught:
        serve(granted(of), of, service)
    assert caught.value.code == code
    assert not Sending.objects.exists() and not of.request.files.exists()


def test_what_was_sent_is_kept_and_never_drawn_anew() -> None:
    of = make.case()
    letter = granted(of)
    serve(letter, of, HANDED)
    letter.refresh_from_db()
    assert letter.state == "served" and letter.paper is not None
    kept = store.read(file=letter.paper, by=of.at.officer, now=make.NOW)
    assert kept[:4] in (b"%PDF", b"PK\x03\x04") and letter.paper.part == FilePart.LETTER
    assert letter.number in letter.paper.name


def test_serving_again_adds_a_service_and_changes_no_day() -> None:
    of = make.case()
    letter = granted(of)
    serve(letter, of, HANDED)
    again = Service(Way.POST, posted_on=make.on(11, 20))
    serve(letter, of, again, tracking="XA1CN")
    of.request.refresh_from_db()
    assert of.request.replied_on == make.on(11, 2)
    assert letter.sendings.count() == 2 and of.request.files.count() == 1
    assert of.request.steps.count() == 1


def test_evidence_of_another_case_is_refused() -> None:
    of = make.case()
    other = make.case(of.at)
    foreign = make.file_of(other, "回执.pdf", FilePart.EVIDENCE)
    with pytest.raises(Refusal) as caught:
        serve(granted(of), of, Service(Way.POST, posted_on=make.on(11, 3)), evidence=foreign)
    assert caught.value.code == "service.foreign_evidence"
    own = make.file_of(of, "回执.pdf", FilePart.EVIDENCE)
    posted = Service(Way.POST, posted_on=make.on(11, 3))
    assert serve(of.request.letters.get(), of, posted, evidence=own).evidence_id == own.pk


def test_only_an_approved_letter_is_served() -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="电子文件1份")
    with pytest.raises(Refusal, match="草拟"):
        serve(letter, of, HANDED)
    writing.void(letter=letter, reason="重拟", by=of.at.officer, now=make.NOW)
    with pytest.raises(Refusal, match="作废"):
        serve(letter, of, HANDED)


def test_a_remedy_that_the_new_year_made_wrong_stops_the_letter() -> None:
    """Approved in 2023, served in 2024: since then a refusal goes to 行政复议 first."""
    old = datetime(2023, 12, 28, 9, 0, tzinfo=CHINA)
    of = make.case(now=old)
    drafted = make.reply(of, "refused_deliberative", now=old, reason="讨论稿")
    letter = make.approved(drafted, of, now=old)
    with pytest.raises(Refusal) as caught:
        serve(letter, of, Service(Way.HANDED, signed_on=date(2024, 1, 2)))
    assert caught.value.code == "remedy.precedence_missing"
    assert serve(letter, of, Service(Way.HANDED, signed_on=date(2023, 12, 29))).pk


def test_the_journal_tells_who_served_what_when_and_no_name() -> None:
    of = make.case()
    letter = granted(of)
    serve(letter, of, HANDED)
    lines = Entry.objects.filter(event__startswith="letter.")
    assert [line.event for line in lines] == [
        "letter.drafted", "letter.submitted", "letter.approved", "letter.served",
    ]  # fmt: skip
    told = " ".join(f"{line.data} {line.reason} {line.basis}" for line in lines)
    assert letter.number in told and "张三" not in told and make.ASKED not in told


def test_a_remedy_that_names_last_years_reviewer_stops_the_letter_too() -> None:
    """Until 2024 the department above could review as well; a grant names it then."""
    old = datetime(2023, 12, 28, 9, 0, tzinfo=CHINA)
    of = make.case(now=old)
    letter = granted(of, now=old)
    with pytest.raises(Refusal) as caught:
        serve(letter, of, Service(Way.HANDED, signed_on=date(2024, 1, 2)))
    assert caught.value.code == "letter.remedy_changed"
    assert serve(letter, of, Service(Way.HANDED, signed_on=date(2023, 12, 29))).pk
