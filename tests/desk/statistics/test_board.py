"""The progress board: what it counts is what opens behind it, and it prints on one page."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse

from gongkai.assessment.actions.activities import record_activity
from gongkai.assessment.activities import ActivityText
from gongkai.orgs.models import Role
from gongkai.review.sheet_pdf import has_font
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.statistics.test_pages import asked
from tests.factories import NOW, Office


@pytest.fixture
def filled(office: Office) -> Office:
    """One of everything: published, late, due soon, asked, answered, waiting for the leader."""
    factories.published(office)
    factories.draft(office, created_on=date(2026, 9, 1))
    factories.draft(office, created_on=date(2026, 10, 9))
    sheet = factories.propose(factories.draft(office), office)
    factories.verify(sheet, office)
    asked(office, 1, section=office.section, due_on=date(2026, 11, 4))
    asked(office, 2, due_on=date(2026, 10, 30))
    ended = {"state": "replied", "outcome": "granted", "replied_on": date(2026, 10, 30)}
    asked(office, 3, section=office.section, in_time=True, received_on=date(2026, 10, 28), **ended)
    text = ActivityText("training", "培训", date(2026, 10, 20), attendance=12)
    record_activity(body=office.body, text=text, by=office.officer, now=NOW)
    return office


def test_every_figure_of_the_board_opens_its_rows(filled: Office, sign_in: SignIn) -> None:
    client = sign_in(filled.leader)
    page = client.get(reverse("desk:board"))
    assert page.status_code == 200
    shown = {each["label"]: each["count"] for each in page.context["numbers"]}
    assert shown == {
        "超期未公开": 1, "超期未答复": 1, "七天内要公开": 1, "七天内要答复": 1,
        "今年已公开": 1, "今年已答复": 1,
    }  # fmt: skip
    pairs = [(each["url"], each["count"]) for each in page.context["numbers"]]
    for line in (*page.context["lines"], page.context["sums"]):
        pairs += [(url, count) for _label, count, url, _tone in line["cells"]]
    pairs += [(url, figure.count) for figure, url in page.context["changes"]]
    assert sum(count for _url, count in pairs) > 20
    for url, count in pairs:
        assert client.get(url).context["page"].paginator.count == count, url


def test_sections_add_up_to_the_whole(filled: Office, sign_in: SignIn) -> None:
    context = sign_in(filled.leader).get(reverse("desk:board")).context
    columns = zip(
        *[[n for _l, n, _u, _t in line["cells"]] for line in context["lines"]], strict=True
    )
    assert [sum(column) for column in columns] == [n for _l, n, _u, _t in context["sums"]["cells"]]
    labels = [line["label"] for line in context["lines"]]
    assert set(labels) == {
        "办公室",
        "法规科",
        "未定科室",
    }


def test_decisions_lead_to_the_leaders_task(filled: Office, sign_in: SignIn) -> None:
    client = sign_in(filled.leader)
    page = client.get(reverse("desk:board"))
    ((task, url),) = page.context["tasks"]
    assert task.note == "确定公开属性"
    assert client.get(url).status_code == 200
    text = page.content.decode()
    assert "等您决定的" in text and "培训1次（12人次）" in text
    office = sign_in(filled.officer).get(reverse("desk:board")).content.decode()
    assert "等主管领导决定的" in office


def test_only_leader_and_office(filled: Office, sign_in: SignIn) -> None:
    for person in (filled.clerk, factories.person("督办", Role.SUPERVISOR, filled.body)):
        client = sign_in(person)
        assert client.get(reverse("desk:board")).status_code == 403
        assert client.get(reverse("desk:board_pdf")).status_code == 403
    other = sign_in(factories.office().leader).get(reverse("desk:board"))
    assert all(each["count"] == 0 for each in other.context["numbers"])


def test_what_changes_is_seen_at_once(filled: Office, sign_in: SignIn) -> None:
    client = sign_in(filled.leader)
    client.get(reverse("desk:board"))
    factories.published(filled)
    counts = {e["label"]: e["count"] for e in client.get(reverse("desk:board")).context["numbers"]}
    assert counts["今年已公开"] == 2


def test_it_prints_on_one_page(filled: Office, sign_in: SignIn) -> None:
    if not has_font(()):
        pytest.skip("这台机器没有中文字体。")
    answer = sign_in(filled.leader).get(reverse("desk:board_pdf"))
    with pypdfium2.PdfDocument(BytesIO(answer.content)) as paper:
        assert len(paper) == 1
        text = paper[0].get_textpage().get_text_range()
    assert "政府信息公开工作进展" in text and "法规科" in text
    # What an applicant asked for is never printed.
    assert "某项" not in text


def test_bulletins_from_draft_to_issue(filled: Office, sign_in: SignIn) -> None:
    client = sign_in(filled.officer)
    made = client.post(reverse("desk:bulletin_new"), {"term": "quarter-2026-4"})
    page = made["Location"]
    assert "接下来" in client.get(page).content.decode()
    edited = {"title": "四季度通报", "occasion": "汇报会", "text": "一、情况\n按期。"}
    assert client.post(f"{page}edit/", edited).status_code == 302
    assert client.post(f"{page}issue/", {}).status_code == 422
    assert client.post(f"{page}issue/", {"sure": "on"})["Location"] == page
    text = client.get(page).content.decode()
    assert "2026年第1期" in text and "与印发时一致" in text and "接下来" not in text
    assert client.post(f"{page}discard/").status_code == 409
    assert client.get(f"{page}bulletin.docx").content[:2] == b"PK"
    leader = sign_in(filled.leader)
    assert leader.get(page).status_code == 200
    assert leader.post(f"{page}issue/", {"sure": "on"}).status_code == 403
    assert sign_in(factories.office().leader).get(page).status_code == 404
