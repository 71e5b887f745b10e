"""Everything the law says to people: each call and the sentence (or the refusal) it ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from gongkai.kit.refusal import Refusal
from gongkai.law import document_number, in_force, index_number, letters
from gongkai.law.annual_report import check, form_for
from gongkai.law.annual_report.model import Values, check_sum_of_bodies
from gongkai.law.annual_report.shares import CleanUp, check_classes
from gongkai.law.applications import check_application, check_form
from gongkai.law.catalog import check_entry
from gongkai.law.clock import ClockEvent, Kind, run
from gongkai.law.deadlines import reply_due
from gongkai.law.duties import Reporter, SecrecyLevel, annual_report_due, secrecy_end
from gongkai.law.fees import Cost, Usage, Way, check_notice, quote, require_cost
from gongkai.law.grounds import Force, ground, require_ground
from gongkai.law.guide import check_guide
from gongkai.law.ics import Entry, calendar_file
from gongkai.law.metadata import require_true_moment
from gongkai.law.questions import QUESTIONS, Given
from gongkai.law.receipt import Arrival, Channel, receipt, require_open
from gongkai.law.remedies import BodyKind, check_letter, remedies
from gongkai.law.replies import OUTCOMES, check_reply, outcome
from gongkai.law.service import Service, served_on
from gongkai.law.service import Way as ServiceWay
from gongkai.law.workdays import Calendar, YearNotice
from tests.law.clock_cases import EARLIER, OPEN, REFUSED, day, event
from tests.law.plain import line, told

Call = tuple[str, Callable[[], object]]
DAY, TODAY = date(2026, 3, 2), date(2026, 11, 23)
NEW, OLD = in_force(DAY), in_force(date(2016, 3, 2))


def sentences(calendar: Calendar) -> Iterator[str]:
    """One line per call."""
    for calls in PARTS:
        for name, call in calls(calendar):
            try:
                yield line(name, call())
            except Refusal as refusal:
                yield line(name, told(refusal))


def _model(calendar: Calendar) -> Iterator[Call]:
    yield "before the decree", lambda: in_force(date(2008, 4, 30))
    yield "no such term", lambda: OLD.term("third_party")
    yield "no reason", lambda: NEW.with_term("reply", 3, reason="")
    yield "negative", lambda: NEW.with_term("reply", -3, reason="x")
    yield "own term", lambda: NEW.with_term("reply", 3, reason="区里要求").term("reply").basis
    yield "unknown year", lambda: calendar.is_workday(date(2041, 1, 1))
    notice = YearNotice.of(2024, source="甲", off=[(DAY, "")], work=[(DAY, "")])
    yield "foreign day", lambda: calendar.adding(notice)
    same = YearNotice.of(2026, source="甲", off=[(DAY, "")], work=[(DAY, "")])
    yield "contradiction", lambda: calendar.adding(same)
    yield "extension", lambda: reply_due(DAY, law=NEW, calendar=calendar, extended_by=21)
    yield "due", lambda: reply_due(DAY, law=NEW, calendar=calendar).as_dict()
    far = date(2026, 12, 15)
    yield "provisional", lambda: reply_due(far, law=NEW, calendar=calendar).sentence()
    for reporter in Reporter:
        for year in (2008, 2018, 2019, 2025):
            due = partial(annual_report_due, year, reporter, calendar=calendar)
            yield f"report {year} {reporter}", due
    for level in SecrecyLevel:
        for today in (date(2004, 6, 1), date(2040, 1, 1)):
            end = partial(secrecy_end, level, date(2004, 1, 1), today=today)
            yield f"{level.label} {today}", end


def _receipt(calendar: Calendar) -> Iterator[Call]:
    for law in (NEW, OLD):
        for channel in Channel:
            for confirmed in (None, DAY, date(2026, 3, 4)):
                arrival = Arrival(channel, DAY, confirmed)
                yield f"receipt {law.key}", partial(receipt, arrival, law=law)
    early = Arrival(Channel.FAX, DAY, date(2026, 3, 1))
    yield "confirmed early", lambda: receipt(early, law=NEW)
    yield "closed", lambda: require_open(Channel.WEB, [])
    for service in (
        Service(ServiceWay.COURIER, DAY),
        Service(ServiceWay.POST, DAY, freight_collect=True),
        Service(ServiceWay.POST, None, DAY),
        Service(ServiceWay.HANDED, DAY),
    ):
        yield f"service {service.way}", partial(served_on, service)


def _replies(calendar: Calendar) -> Iterator[Call]:
    yield "no outcome", lambda: outcome("x")
    for found in OUTCOMES:
        for law in (NEW, OLD):
            yield f"reply {found.key}", partial(check_reply, found.key, {}, law=law)
        for on in (date(2023, 12, 31), date(2026, 6, 1)):
            yield f"remedy {found.key} {on}", partial(_remedy, calendar, found.key, on)
    for kind in BodyKind:
        yield f"remedy {kind}", partial(_remedy, calendar, "not_held", DAY, kind)
    first = "refused_deliberative"
    yield "precedence", lambda: check_letter("可以起诉。", first, DAY)
    yield (
        "direct suit",
        lambda: check_letter("先申请行政复议，也可提起诉讼。", first, DAY),
    )
    for key in letters.LETTERS:
        yield f"letter {key}", partial(letters.check_letter, key, {})
    supplement = letters.LETTERS["supplement"]
    yield "letter number", lambda: letters.letter_number("门商", supplement, 2026, 0)
    for law in (NEW, OLD):
        asked = partial(check_application, {}, law=law, own_records=True)
        yield f"application {law.key}", asked
        yield f"form {law.key}", partial(check_form, ["purpose", "age", "name"], law=law)


def _fees(calendar: Calendar) -> Iterator[Call]:
    yield "no tariff", lambda: quote(Usage(0), on=date(2020, 12, 31))
    yield "bad count", lambda: quote(Usage(-1), on=DAY)
    yield "no pages", lambda: quote(Usage(0), on=DAY).amount(Way.PAGES)
    for way in Way:
        yield f"quote {way}", partial(quote(Usage(9, 30, 60), on=DAY).sentence, way)
    for cost in Cost:
        yield f"cost {cost}", partial(require_cost, cost, DAY)
    yield "fee notice", lambda: check_notice({}, law=NEW)


def _tables(calendar: Calendar) -> Iterator[Call]:
    yield "no ground", lambda: ground("x", NEW)
    yield "no ground given", lambda: require_ground("", "", NEW)
    yield "no reason given", lambda: require_ground("privacy", "", NEW)
    yield "forces", lambda: [force.label for force in Force]
    for law in (NEW, OLD):
        yield f"guide {law.key}", partial(check_guide, {}, law=law)
        yield f"entry {law.key}", partial(check_entry, {"abstract": "字" * 101}, law=law)
    yield (
        "forged date",
        lambda: require_true_moment(datetime(2026, 1, 1), datetime(2026, 1, 2)),
    )


def _remedy(calendar: Calendar, key: str, on: date, kind: BodyKind = BodyKind.DEPARTMENT) -> object:
    found = remedies(key, on, law=in_force(on), calendar=calendar, kind=kind)
    days = [due.sentence() for due in (found.reconsideration, found.lawsuit) if due]
    return [found.remedy, found.reconsideration_body, found.sentence, found.basis, days]


def _index(text: str) -> object:
    return index_number.parse(text).as_dict()


def _document(text: str) -> object:
    return document_number.parse(text).as_dict()


def _numbers(calendar: Calendar) -> Iterator[Call]:
    for text in (
        "11J025/ZK-2008-000368",
        "11Z999/ZK-2008-000001",
        "035210000/2025-00016",
        "00000000z/2013-191568",
        "11341702486344516H/202110-00013",
        "1134170248634451HX/2021-1",
        "abc",
        " ",
    ):
        yield f"index {text}", partial(_index, text)
    for text in (
        "门商字〔2008〕71号",
        "门商字[2008]第071",
        "的通知渝府发〔2021〕22号",
        "门商字 〔2008〕71号",
        "省政府令第208号",
        "130号",
        "关于",
    ):
        yield f"document {text}", partial(_document, text)


def _reports(calendar: Calendar) -> Iterator[Call]:
    yield "no form", lambda: form_for(2007)
    form, old = form_for(2025), form_for(2010)
    cell = "requests.new.natural"
    given: tuple[Values, ...] = ({cell: 1}, {cell: -1}, {cell: Decimal("0.5")}, {"x": 1})
    for values in given:
        yield f"report {values}", partial(check, form, values)
    yield "sum of bodies", lambda: check_sum_of_bodies(form, {cell: 2}, [{cell: 1}])
    wrong: Values = {
        "proactive.total.count": 366,
        "proactive.full_text.count": 367,
        "proactive.updates.count": 368,
        "proactive.updates.share": Decimal(100),
        "proactive.plans.share": Decimal(3),
        "requests.total.count": 1,
        "replies.total.count": 1,
        "replies.refused.count": 2,
    }
    yield "report 2010", lambda: check(old, wrong)
    yield "classes", lambda: check_classes({"甲": 1, "乙": 3}, 3)

    def too_many() -> str:
        try:
            CleanUp(1, 1, 1)
        except ValueError as error:
            return str(error)
        return ""

    yield "clean-up", too_many


def _asked(calendar: Calendar) -> Iterator[Call]:
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        ("due", {}),
        ("due", {"from": "x"}),
        ("due", {"from": "2026-02-06"}),
        ("due", {"from": "2026-02-06", "term": "x"}),
        ("due", {"from": "2026-02-06", "working_days": "x"}),
        ("due", {"from": "2026-02-06", "term": "reply"}),
        ("due", {"from": "2026-02-06", "term": "reply", "pauses": "2026-02-09..2026-02-10"}),
        ("due", {"from": "2026-02-06", "term": "reply", "pauses": "x"}),
        ("due", {"from": "2026-02-06", "term": "reply", "pauses": "2026-02-09..2026-02-08"}),
        ("receipt", {"channel": "web", "arrived": "2026-03-02"}),
        ("receipt", {"channel": "post"}),
        ("receipt", {"channel": "counter", "arrived": "2026-03-02"}),
        ("progress", {"received": "2026-03-02"}),
        ("progress", {"received": "2026-03-02", "events": "third_party_asked@2026-03-04"}),
        ("progress", {"received": "2026-03-02", "events": "x"}),
        ("progress", {"received": "2026-03-02", "events": "extended@2026-03-03:20"}),
        ("progress", {"received": "2026-03-02", "events": "fee_noticed@2026-03-03:2026-03-05"}),
        ("progress", {"received": "2026-03-02", "events": "delayed@2026-03-03:2026-06-05"}),
        ("fee", {}),
        ("fee", {"items": "12"}),
        ("fee", {"items": "12", "pages": "40"}),
        ("remedy", {"outcome": "not_held", "delivered": "2026-06-01"}),
        ("remedy", {"outcome": "other", "delivered": "2026-06-01"}),
        ("index-number", {"number": "11J025/ZK-2008-000368"}),
        ("document-number", {"number": "门商字[2008]071号"}),
        ("document-number", {"number": "130号"}),
        ("calendar", {"day": "2026-10-10"}),
        ("calendar", {"day": "2027-02-05"}),
        ("calendar", {"year": "2026"}),
        ("calendar", {"year": "2027"}),
        ("calendar", {"year": "0"}),
    )
    for key, values in asked:
        given = Given(values, TODAY, lambda: calendar)
        yield f"{key} {values}", partial(QUESTIONS[key].answer, given)


def _clock(calendar: Calendar) -> Iterator[Call]:
    for code, events in REFUSED:
        yield f"clock {code}", partial(run, day(OPEN), events, law=NEW, calendar=calendar)
        yield f"clock before {code}", partial(_state, calendar, OPEN, events[:-1])
    third, back = (Kind.THIRD_PARTY_ASKED, Kind.OPINION_RECEIVED)
    supplement = (Kind.SUPPLEMENT_ASKED, Kind.SUPPLEMENTED)
    for received in (OPEN, EARLIER):
        for asked, answered in ((third, back), supplement):
            year = received[:4]
            events = [event(asked, f"{year}-04-07"), event(answered, f"{year}-06-14")]
            yield f"clock {received} {asked}", partial(_state, calendar, received, events)
    yield "clock of 2010 with a fee", partial(_state, calendar, EARLIER, [event(
        Kind.FEE_NOTICED, "2010-04-07")])  # fmt: skip
    late = [event(Kind.SUPPLEMENT_ASKED, "2026-04-14")]
    yield "clock late notice", partial(_state, calendar, OPEN, late)
    reasons = [event(Kind.REASONS_ASKED, "2026-04-14")]
    yield "clock reasons", partial(_state, calendar, OPEN, reasons)
    yield (
        "entry",
        partial(
            calendar_file,
            [Entry("reply", "答复，a,b;c\\d\ne", DAY, "甲" * 40)],
            case="a",
            stamp=datetime(2026, 1, 2, 3, 4, 5),
        ),
    )


def _state(calendar: Calendar, received: str, events: list[ClockEvent]) -> object:
    """Everything a clock shows."""
    found = run(day(received), events, law=in_force(day(received)), calendar=calendar)
    skipped = [s for s in found.due.skipped if "不计" in s.reason] if found.due else []
    days = [found.started_on, found.due.on if found.due else None, found.extended_by]
    pauses = [*found.pauses, *found.consulting.values()]
    return [found.state, days, pauses, found.duties(), found.warnings, skipped, found.fee_noticed]


PARTS = (_model, _receipt, _replies, _fees, _tables, _numbers, _reports, _asked, _clock)
