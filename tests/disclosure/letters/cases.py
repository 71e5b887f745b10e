"""An invented office, its requests and the letters of them, through real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from gongkai.disclosure import casework, store
from gongkai.disclosure.actions import filing
from gongkai.disclosure.actions.replying import draft_reply
from gongkai.disclosure.actions.sending import serve
from gongkai.disclosure.actions.writing import approve, draft_letter, submit
from gongkai.disclosure.models import DisclosureRequest, FilePart, Letter, SealedFile
from gongkai.disclosure.values import ApplicantText, Application, AskedText, LetterDraft, Upload
from gongkai.kit.dates import CHINA, civil_day
from gongkai.law.clock_events import ClockEvent, Kind
from gongkai.law.receipt import Arrival, Channel
from gongkai.law.service import Service, Way
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Person
from tests import factories as make

_next = count(1)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
ASKED = "2025年度农贸市场改造补贴资金分配方案"


@dataclass(frozen=True, slots=True)
class Case:
    """A request with the people who handle it."""

    at: make.Office
    request: DisclosureRequest

    @property
    def body_code(self) -> str:
        return self.at.body.code


def office(**fields: Any) -> make.Office:
    """An office with everything its letters need."""
    above = orgs.create_body(
        fields={"code": f"gov{next(_next)}", "name": "云岭区人民政府", "level": "district"},
        by=None,
        now=NOW,
    )
    at = make.office(parent=above, phone="010-60000000", address="云岭区广场路1号", **fields)
    profile = {
        **at.body.profile,
        "letter_word": "云商",
        "fee_payment": "扫描本通知书所附缴款码缴纳",
    }
    orgs.edit_body(body=at.body, fields={"profile": profile}, by=None, now=NOW)
    at.body.refresh_from_db()
    return at


def case(at: make.Office | None = None, *, now: datetime = NOW, **fields: Any) -> Case:
    """A request handed in over the counter today; `fields` of applicant and of what is asked."""
    here = at or office()
    who = {"kind": "natural", "name": "张三", "phone": "13900000000", **fields.pop("who", {})}
    asked = {"subject": ASKED, "provided_as": "electronic", "provided_by": "email", **fields}
    filed = filing.file_request(
        body=here.body,
        application=Application(ApplicantText(**who), AskedText(**asked)),
        arrival=Arrival(Channel.COUNTER, now.date()),
        by=here.officer,
        now=now,
    )
    return Case(here, filed.request)


def letter(of: Case, kind: str, *, now: datetime = NOW, **draft: Any) -> Letter:
    """A letter that is no reply, drafted by the disclosure officer."""
    parts = draft.pop("parts", {})
    return draft_letter(
        request=of.request, draft=LetterDraft(kind, parts, **draft), by=of.at.officer, now=now
    )


def reply(of: Case, outcome: str, *, now: datetime = NOW, **stated: Any) -> Letter:
    """A reply, drafted by the disclosure officer."""
    return draft_reply(
        request=of.request, outcome=outcome, stated=stated, by=of.at.officer, now=now
    )


def reply_with(of: Case, *files: SealedFile) -> Letter:
    """A grant with files attached."""
    return draft_reply(
        request=of.request,
        outcome="granted",
        stated={"provided": "随附文件。"},
        attachments=files,
        by=of.at.officer,
        now=NOW,
    )


def approved(drafted: Letter, of: Case, *, now: datetime = NOW) -> Letter:
    """The same letter submitted and approved by the responsible leader."""
    submit(letter=drafted, by=of.at.officer, now=now)
    return approve(letter=drafted, by=of.at.leader, now=now)


def file_of(of: Case, name: str = "分配方案.pdf", part: str = FilePart.REPLY) -> SealedFile:
    """A file kept in the case."""
    upload = Upload(name, b"%PDF-1.7 invented", "application/pdf", part)
    return store.keep(request=of.request, upload=upload, by=of.at.officer, now=NOW)


def days(many: int) -> datetime:
    """So many days after the day of receipt."""
    return NOW + timedelta(days=many)


def on(month: int, day: int) -> date:
    """A day of the year of the cases."""
    return date(2026, month, day)


def office_person(of: Case, name: str, role: str) -> Person:
    """One more member of staff of the office."""
    return make.person(name, role, of.at.body)


def extended(of: Case, *, days: int) -> None:
    """An extension approved on the day of receipt (the step alone)."""
    event = ClockEvent(Kind.EXTENDED, NOW.date(), days)
    casework.add_step(of.request, event, by=of.at.officer, now=NOW)


def handed(letter: Letter, of: Case, *, now: datetime = NOW) -> Letter:
    """The letter approved, and handed over the same day."""
    sent = approved(letter, of, now=now)
    service = Service(Way.HANDED, signed_on=civil_day(now))
    serve(letter=sent, service=service, by=of.at.officer, now=now)
    sent.refresh_from_db()
    of.request.refresh_from_db()
    return sent


def supplement_asked(of: Case) -> Letter:
    """A supplement notice served on the day of receipt, due on 20 November."""
    drafted = letter(of, "supplement", parts={"points": "1．所需信息的年度。"}, due_on=on(11, 20))
    return handed(drafted, of)


def supplement_asked_and_taken(of: Case) -> None:
    """The same, answered on the same day."""
    supplement_asked(of)
    event = ClockEvent(Kind.SUPPLEMENTED, NOW.date())
    casework.add_step(of.request, event, by=of.at.officer, now=NOW)


def reasons_asked(of: Case) -> Letter:
    """A letter asking for reasons, served on the day of receipt."""
    drafted = letter(of, "reasons", parts={"reason": "本月四十二件"}, due_on=on(11, 20))
    return handed(drafted, of)
