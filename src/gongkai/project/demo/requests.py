"""Requests of the demo in every state, each led there by the product's own actions.

A case is a generator: it yields on which day it goes on (working days back from the day of
loading), and acts. All cases go on in the order of their days, so that numbers follow time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.disclosure.actions import (
    assigning,
    charging,
    closing,
    consulting,
    extending,
    filing,
    releasing,
    remedies,
    replying,
    searching,
    sending,
    supplementing,
    writing,
)
from gongkai.disclosure.models import Consultation, DisclosureRequest, Letter
from gongkai.disclosure.values import (
    ApplicantText,
    Application,
    AskedText,
    Charge,
    Desk,
    Party,
    PartyOpinion,
    RemedyText,
    SearchNote,
)
from gongkai.kit.dates import civil_day
from gongkai.law.receipt import Arrival, Channel
from gongkai.law.service import Service, Way
from gongkai.law.workdays import Calendar
from gongkai.orgs.calendar import calendar
from gongkai.project.demo.content import table
from gongkai.project.demo.days import moment, workday
from gongkai.project.demo.steps import Staff

Course = Iterator[int]


@dataclass
class Case:
    """One request under way: who handles it, and the moment at which it goes on."""

    row: Mapping[str, str]
    staff: Staff
    today: date
    calendar: Calendar
    now: datetime
    found: DisclosureRequest | None = None

    @property
    def request(self) -> DisclosureRequest:
        if self.found is None:
            raise ValueError(f"{self.row['subject']}: not filed yet")
        return self.found

    @property
    def on(self) -> date:
        return civil_day(self.now)

    def ahead(self, days: int) -> date:
        """So many working days after the moment."""
        return self.calendar.add_workdays(self.on, days).on

    def file(self, channel: Channel = Channel.COUNTER, *, online: bool = False) -> None:
        """The request comes in; at the counter staff write it down."""
        row = self.row
        who = ApplicantText(
            kind=row["kind"],
            name=row["name"],
            identity_kind=row.get("identity_kind", "居民身份证"),
            identity_number=row.get("identity_number", "虚构证件"),
            phone=row["phone"],
            email=row["email"],
            address=row["address"],
        )
        asked = AskedText(
            subject=row["subject"],
            description=row["description"],
            provided_as="electronic",
            provided_by="email",
        )
        made = filing.file_request(
            body=self.staff.body,
            application=Application(who, asked),
            arrival=Arrival(channel, self.on),
            by=None if online else self.staff.office,
            now=self.now,
        )
        self.found = made.request

    def assign(self) -> None:
        """The disclosure office gives it to the section's case officer."""
        section = self.row["section"]
        desk = Desk(self.staff.sections[section], self.staff.officers[section])
        assigning.assign(request=self.request, to=desk, by=self.staff.office, now=self.now)

    def take(self) -> None:
        """Filed at the counter and assigned the same day."""
        self.file()
        self.assign()

    def send(self, letter: Letter) -> None:
        """Submitted, approved by the leader, handed over."""
        officer = self.staff.officers[self.row["section"]]
        writing.submit(letter=letter, by=officer, now=self.now)
        writing.approve(letter=letter, by=self.staff.leader, now=self.now)
        handed = Service(Way.HANDED, signed_on=self.on)
        sending.serve(letter=letter, service=handed, by=officer, now=self.now)

    def answer(self, outcome: str, **stated: str) -> None:
        """The reply, drafted by the officer and handed over."""
        letter = replying.draft_reply(
            request=self.request,
            outcome=outcome,
            stated=stated,
            by=self.staff.officers[self.row["section"]],
            now=self.now,
        )
        self.send(letter)

    def ask_supplement(self) -> None:
        """The one notice of what is missing, served the same day."""
        letter = supplementing.ask_supplement(
            request=self.request,
            points=["请明确所需信息的年度。", "请写明所指市场的名称。"],
            due_on=self.ahead(10),
            by=self.staff.officers[self.row["section"]],
            now=self.now,
        )
        self.send(letter)

    def consult(self) -> Consultation:
        """A third party is asked; its letter is handed over the same day."""
        party = Party(
            kind="third_party",
            name="云岭区溪桥便民商贸有限公司",
            address="岚川市云岭区溪桥路66号",
            information="补贴资金申报表中的门店租金和进货渠道",
            reason="可能涉及该公司的商业秘密",
        )
        by = self.staff.officers[self.row["section"]]
        row = consulting.consult(request=self.request, party=party, by=by, now=self.now)
        self.send(self.request.letters.get(kind="third_party", ref=row.ref))
        return row


def load(staff: Staff, *, now: datetime) -> int:
    """Lead every case to its state; the number of cases."""
    rows, today = table("requests")["requests"], civil_day(now)
    turns: list[tuple[int, int, Course, Case]] = []
    for n, row in enumerate(rows):
        case = Case(row, staff, today, calendar(), now)
        course = COURSES[row["course"]](case)
        heapq.heappush(turns, (-next(course), n, course, case))
    while turns:
        back, n, course, case = heapq.heappop(turns)
        case.now = moment(workday(case.calendar, today, -back), 9)
        following = next(course, None)
        if following is not None:
            heapq.heappush(turns, (-following, n, course, case))
    return len(rows)


def _granted(case: Case) -> Course:
    yield 58
    case.take()
    yield 50
    case.answer("granted", provided="随附《云岭区便民菜店设置规划》电子文本一份")
    yield 46
    closing.close(request=case.request, by=case.staff.office, now=case.now)
    releasing.release_answer(
        request=case.request,
        asked="全区便民菜店的设置规划",
        answered="予以公开，已提供规划全文。",
        by=case.staff.office,
        now=case.now,
    )


def _already_published(case: Case) -> Course:
    yield 60
    case.take()
    yield 57
    case.answer("already_published", where="本机关网站“规划计划”栏目，可直接查阅下载")
    yield 55
    closing.close(request=case.request, by=case.staff.office, now=case.now)
    yield 54
    closing.file_away(request=case.request, by=case.staff.office, now=case.now)


def _remedied(case: Case) -> Course:
    yield 56
    case.take()
    yield 48
    case.answer(
        "partly_granted",
        provided="隐去经营者个人信息后的检查记录",
        ground="privacy",
        reason="记录中的住址和电话属于个人隐私",
    )
    yield 40
    taken = RemedyText("reconsideration", "岚川市云岭区人民政府", case.on)
    office = case.staff.office
    opened = remedies.open_remedy(request=case.request, remedy=taken, by=office, now=case.now)
    yield 12
    remedies.end_remedy(remedy=opened, outcome="upheld", on=case.on, by=office, now=case.now)


def _not_held(case: Case) -> Course:
    yield 44
    case.take()
    yield 38
    note = SearchNote(
        "办公系统和档案室2020年以来的文件", "摊位、抽签、分配方案", "没有检索到", case.on
    )
    officer = case.staff.officers[case.row["section"]]
    searching.log_search(request=case.request, entry=note, by=officer, now=case.now)
    yield 36
    case.answer("not_held")


def _not_ours(case: Case) -> Course:
    yield 33
    case.take()
    yield 28
    case.answer("not_ours", reason="道路改造不属于本机关职责，建议向区住房和城乡建设委员会咨询")


def _refused(case: Case) -> Course:
    yield 42
    case.take()
    yield 39
    party = case.consult()
    yield 30
    opinion = PartyOpinion("disagrees", case.on, "进货渠道和租金是公司的商业秘密", True)
    officer = case.staff.officers[case.row["section"]]
    consulting.take_opinion(consultation=party, opinion=opinion, by=officer, now=case.now)
    yield 26
    case.answer(
        "refused_third_party",
        ground="trade_secret",
        reason="公开会损害该公司的合法权益，且不公开不会对公共利益造成重大影响",
    )


def _supplemented(case: Case) -> Course:
    yield 35
    case.take()
    yield 32
    case.ask_supplement()
    yield 27
    text = "所需为去年全年，溪桥农贸市场。"
    supplementing.take_supplement(
        request=case.request, text=text, on=case.on, by=None, now=case.now
    )
    yield 15
    case.answer("granted", provided="随附溪桥农贸市场去年检测情况汇总表一份")


def _withdrawn(case: Case) -> Course:
    yield 22
    case.take()
    yield 20
    closing.withdraw(request=case.request, by=None, now=case.now)


def _overdue(case: Case) -> Course:
    yield 24
    case.take()


def _extended(case: Case) -> Course:
    yield 21
    case.take()
    yield 6
    extending.extend(
        request=case.request,
        days=15,
        reason="所涉材料分散在六个街道，需要逐份核对",
        by=case.staff.office,
        now=case.now,
    )
    case.send(case.request.letters.get(kind="extension"))


def _nearly_due(case: Case) -> Course:
    yield 18
    case.take()


def _waiting_for_fee(case: Case) -> Course:
    yield 10
    case.take()
    yield 3
    officer = case.staff.officers[case.row["section"]]
    charge = Charge("items", units=14)
    charging.charge(request=case.request, charge=charge, by=officer, now=case.now)
    case.send(case.request.letters.get(kind="fee"))


def _consulting(case: Case) -> Course:
    yield 9
    case.take()
    yield 5
    case.consult()


def _waiting_for_supplement(case: Case) -> Course:
    yield 7
    case.take()
    yield 4
    case.ask_supplement()


def _received(case: Case) -> Course:
    yield 1
    case.file(Channel.SIGNED_POST, online=True)


def _unconfirmed(case: Case) -> Course:
    yield 0
    case.file(Channel.WEB, online=True)


COURSES: Mapping[str, Callable[[Case], Course]] = {
    "granted": _granted,
    "already_published": _already_published,
    "remedied": _remedied,
    "not_held": _not_held,
    "not_ours": _not_ours,
    "refused": _refused,
    "supplemented": _supplemented,
    "withdrawn": _withdrawn,
    "overdue": _overdue,
    "extended": _extended,
    "nearly_due": _nearly_due,
    "waiting_for_fee": _waiting_for_fee,
    "consulting": _consulting,
    "waiting_for_supplement": _waiting_for_supplement,
    "received": _received,
    "unconfirmed": _unconfirmed,
}
