"""Bulletins: drafted from the figures, issued once, and from then on never changed."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from docx import Document

from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role
from gongkai.reporting import bulletin_guards, bulletin_paper, bulletins
from gongkai.reporting.actions.bulletins import (
    discard_bulletin,
    draft_bulletin,
    edit_bulletin,
    issue_bulletin,
    recount_bulletin,
)
from gongkai.reporting.bulletins import Term
from gongkai.reporting.models import Bulletin
from gongkai.review.sheet_pdf import has_font
from tests import factories
from tests.factories import NOW, Office

Q4 = Term("quarter", 2026, 4)


@pytest.fixture
def office(db: None) -> Office:
    made = factories.office()
    factories.published(made)
    return made


def drafted(office: Office, term: Term = Q4) -> Bulletin:
    return draft_bulletin(body=office.body, term=term, by=office.officer, now=NOW)


def issued(office: Office) -> Bulletin:
    return issue_bulletin(bulletin=drafted(office), by=office.officer, now=NOW)


def test_the_draft_tells_the_figures(office: Office) -> None:
    bulletin = drafted(office)
    assert bulletin.title == "云岭区商务局2026年第四季度政府信息公开工作通报"
    assert bulletin.occasion == "四季度工作汇报会"
    assert bulletin.figures["totals"]["published"] == 1
    assert "公开政府信息1条，按类别为法规文件1条。" in bulletin.text
    assert "有法定公开期限的1条中，按期公开1条" in bulletin.text
    assert "没有收到政府信息公开申请" in bulletin.text
    assert bulletin.figures["sections"] == [["法规科", 1, 0, 0, 0]]
    with pytest.raises(Refusal, match="已有一份通报"):
        drafted(office)


def test_it_is_issued_with_number_and_digest(office: Office) -> None:
    words = {"text": "一、情况\n按期公开。", "occasion": "汇报会"}
    bulletin = edit_bulletin(bulletin=drafted(office), words=words, by=office.officer, now=NOW)
    done = issue_bulletin(bulletin=bulletin, by=office.officer, now=NOW)
    assert (done.number, done.text) == ("2026年第1期", words["text"])
    assert bulletins.is_intact(Bulletin.objects.select_related("body").get())
    line = Entry.objects.get(event="bulletin.issued")
    assert line.data["digest"] == done.digest
    second = draft_bulletin(body=office.body, term=Term("year", 2026), by=office.officer, now=NOW)
    assert issue_bulletin(bulletin=second, by=office.officer, now=NOW).number == "2026年第2期"


def test_moved_figures_are_not_issued(office: Office) -> None:
    bulletin = drafted(office)
    factories.published(office)
    with pytest.raises(Refusal, match="公开的信息由1变为2"):
        issue_bulletin(bulletin=bulletin, by=office.officer, now=NOW)
    bulletin = recount_bulletin(bulletin=bulletin, by=office.officer, now=NOW)
    assert "公开政府信息2条" in bulletin.text
    assert issue_bulletin(bulletin=bulletin, by=office.officer, now=NOW).state == "issued"


def test_an_issued_one_is_refused_every_change(office: Office) -> None:
    bulletin = issued(office)
    for act in (recount_bulletin, issue_bulletin, discard_bulletin):
        with pytest.raises(Refusal, match="已印发"):
            act(bulletin=bulletin, by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="已印发"):
        edit_bulletin(bulletin=bulletin, words={"text": "别的"}, by=office.officer, now=NOW)


def test_the_database_itself_refuses(office: Office) -> None:
    bulletin, rows = issued(office), Bulletin.objects.filter(state="issued")
    for change in (
        lambda: rows.update(text="改过"),
        lambda: rows.update(state="draft", number="", digest="", issued_at=None),
        lambda: rows.delete(),
    ):
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            change()
    bulletin_guards.remove(connection)
    rows.update(text="改过")
    assert not bulletins.is_intact(Bulletin.objects.select_related("body").get(pk=bulletin.pk))


def test_only_the_office_of_the_body(office: Office) -> None:
    with pytest.raises(Refusal, match="通报由"):
        draft_bulletin(body=office.body, term=Q4, by=office.leader, now=NOW)
    with pytest.raises(Refusal, match="还没有开始"):
        drafted(office, Term("quarter", 2027, 1))
    bulletin = drafted(office)
    today = NOW.date()
    assert bulletins.visible_to(office.leader, today).get() == bulletin
    assert not bulletins.visible_to(factories.office().officer, today).exists()
    above = factories.office(name="云岭区人民政府")
    office.body.parent = above.body
    office.body.save(update_fields=["parent"])
    supervisor = factories.person("督办", Role.SUPERVISOR, above.body)
    assert not bulletins.visible_to(supervisor, today).exists()
    issue_bulletin(bulletin=bulletin, by=office.officer, now=NOW)
    assert bulletins.visible_to(supervisor, today).get() == bulletin


@pytest.mark.parametrize(
    ("term", "label", "days"),
    [
        (Q4, "2026年第四季度", (date(2026, 10, 1), date(2026, 12, 31))),
        (Term("half", 2024, 1), "2024年上半年", (date(2024, 1, 1), date(2024, 6, 30))),
        (Term("year", 2008), "2008年度", (date(2008, 1, 1), date(2008, 12, 31))),
    ],
)
def test_terms(term: Term, label: str, days: tuple[date, date]) -> None:
    assert term.label == label
    assert (term.period.first, term.period.last) == days


@pytest.mark.parametrize(
    "wrong", [("quarter", 5), ("quarter", 0), ("half", 3), ("year", 1), ("x", 0)]
)
def test_there_are_no_other_terms(wrong: tuple[str, int]) -> None:
    with pytest.raises(ValueError, match="no bulletin"):
        Term(wrong[0], 2026, wrong[1])


def test_terms_offered_have_begun() -> None:
    offered = bulletins.terms(date(2026, 11, 2))
    assert offered[0].label == "2026年度"
    assert all(term.period.first <= date(2026, 11, 2) for term in offered)
    assert Term("quarter", 2026, 4) in offered and len(offered) == len(set(offered)) == 21


def test_papers(office: Office) -> None:
    draft = bulletin_paper.draw_docx(drafted(office))
    words = "\n".join(p.text for p in Document(BytesIO(draft)).paragraphs)
    assert "草稿　未印发" in words and "一、主动公开情况" in words
    bulletin = issue_bulletin(bulletin=Bulletin.objects.get(), by=office.officer, now=NOW)
    paper = bulletin_paper.paper_of(bulletin)
    assert paper.parts[0].heading == "2026年第1期　四季度工作汇报会通报"
    assert paper.parts[-1].grids[0].rows[-1][0].text == "合计"
    if has_font(()):
        first = bulletin_paper.draw_pdf(bulletin, now=NOW)
        assert first[:5] == b"%PDF-"
        assert first == bulletin_paper.draw_pdf(bulletin, now=NOW + timedelta(days=9))
