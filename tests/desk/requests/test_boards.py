"""Remedies counted in fifteen cells; what several ask for, shown without saying who."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.disclosure import asked_by_many, queries, remedy_cells
from gongkai.disclosure.actions import releasing, remedies
from gongkai.disclosure.models import DisclosureRequest, RemedyCase
from gongkai.disclosure.values import ApplicantText, AskedText, RemedyText
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import to
from tests.disclosure.conftest import ROAD, ZHAO, answered, at, filed, fresh, no_paper

__all__ = ["no_paper"]
QIAN = ApplicantText(kind="natural", name="钱多多", identity_number="E76543210", phone="138")
SUN = ApplicantText(kind="natural", name="孙大江", identity_number="未提供", phone="137")
LI = ApplicantText(kind="natural", name="李小草", identity_number="未提供", phone="136")


def remedy(
    case: DisclosureRequest,
    at_: factories.Office,
    kind: str,
    on: date,
    end: tuple[str, date] | None = None,
) -> RemedyCase:
    text = RemedyText(kind, "云岭区人民政府", on, "云复〔2026〕1号")
    row = remedies.open_remedy(request=case, remedy=text, by=at_.officer, now=at(2026, 12, 1))
    if end:
        remedies.end_remedy(
            remedy=row, outcome=end[0], on=end[1], by=at_.officer, now=at(2027, 12, 1)
        )
    return row


def test_fifteen_cells_count_each_case_once_a_year(
    office: factories.Office, no_paper: None, sign_in: SignIn
) -> None:
    case = answered(filed(office, date(2026, 3, 2)).request, office, date(2026, 3, 10))
    remedy(case, office, "reconsideration", date(2026, 4, 1), ("corrected", date(2026, 6, 1)))
    remedy(case, office, "reconsideration", date(2026, 11, 1), ("upheld", date(2027, 1, 4)))
    remedy(case, office, "suit_after", date(2026, 7, 1))
    every = RemedyCase.objects.all()
    assert remedy_cells.counted(every, 2026) == {
        "reconsideration": (0, 1, 0, 1, 2),
        "direct_suit": (0, 0, 0, 0, 0),
        "suit_after": (0, 0, 0, 1, 1),
    }
    assert remedy_cells.counted(every, 2027)["reconsideration"] == (1, 0, 0, 0, 1)
    assert remedy_cells.counted(every, 2025)["suit_after"] == (0, 0, 0, 0, 0)
    desk, url = sign_in(office.officer), reverse("desk:request_remedies")
    page = desk.get(f"{url}?year=2026&kind=reconsideration&outcome=corrected").content.decode()
    assert case.number in page and page.count("云复〔2026〕1号") == 1 and "重新办理" in page
    assert desk.get(f"{url}?year=99999999999999&page=-1&kind=x").status_code == 200
    assert sign_in(office.clerk).get(url).status_code == 403


def test_the_like_of_other_applicants_is_found_without_saying_who(
    office: factories.Office, db: None, sign_in: SignIn
) -> None:
    mine = filed(office, date(2026, 3, 2)).request
    filed(office, date(2026, 3, 3))  # the same applicant again: not another
    for who in (QIAN, SUN, LI):
        filed(office, date(2026, 3, 4), applicant=who)
    filed(office, date(2026, 3, 4), applicant=SUN)
    filed(office, date(2026, 3, 4), applicant=QIAN, asked=AskedText(subject="公务用车数量"))
    visible = queries.visible_to(office.officer, date(2026, 3, 9))
    found = asked_by_many.also_asked(mine, visible)
    assert (found.applicants, len(found.requests)) == (3, 4)
    assert all(like.percent == 100 for like in found.requests)
    page = sign_in(office.officer).get(to("request", mine)).content.decode()
    assert "另有3个申请人提出过相近的申请" in page
    assert not [name for name in ("钱多多", "孙大江", "李小草") if name in page]
    # Nobody is counted with another because neither gave a number.
    sun = DisclosureRequest.objects.filter(applicant__contact_index__gt="").latest("id")
    assert sun.applicant.identity_index or sun.applicant.contact_index


def test_documents_wanted_by_several_and_suggestions_are_listed(
    office: factories.Office, no_paper: None, sign_in: SignIn
) -> None:
    wanted = AskedText(subject="方案", document_number="云商字〔2026〕7号")
    first = filed(office, date(2026, 3, 2), asked=wanted).request
    filed(office, date(2026, 3, 2), asked=wanted)
    assert asked_by_many.by_number(DisclosureRequest.objects.all()) == []
    filed(office, date(2026, 3, 3), applicant=QIAN, asked=wanted)
    (group,) = asked_by_many.by_number(DisclosureRequest.objects.all())
    assert (group.document_number, group.applicants, group.requests) == ("云商字〔2026〕7号", 2, 3)
    done = answered(first, office, date(2026, 3, 10))
    releasing.suggest_publication(request=done, now=at(2026, 3, 11))
    desk, url = sign_in(office.officer), reverse("desk:requests_repeated")
    page = desk.get(url).content.decode()
    assert "云商字〔2026〕7号" in page and done.number in page and "转为主动公开" in page
    decline = to("request_decline", done)
    assert desk.post(decline, {"reason": " "}).status_code == 422
    assert desk.post(decline, {"reason": "内容已在年报中公开"}).status_code == 302
    assert "不转：内容已在年报中公开" in desk.get(url).content.decode()
    assert fresh(done).declined_on and sign_in(office.clerk).get(decline).status_code in (403, 404)
    record = releasing.convert_to_record(
        request=fresh(done), section=office.section, by=office.officer, now=at(2026, 3, 12)
    )
    page = desk.get(url).content.decode()
    assert str(record.uuid) in page and "已转为" in page
    assert record.title in desk.get(to("request", done)).content.decode()
    assert ROAD.subject not in page and ZHAO.name not in page
