"""Findings of a run answered together: one answer, each on its own record, nothing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.inventory import alike
from gongkai.inventory.models import InventoryRun
from gongkai.journal.models import Entry
from gongkai.records.models import Record
from gongkai.review.models import Finding
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.test_inventory_pages import taken_in

ROWS = "".join(
    f"关于第{n}号市场的通知,云商字〔2008〕{n}号,2008-01-2{n},本通知自2008228日起施行&ldquo;试行&rdquo;。\n"
    for n in range(1, 4)
)
TABLE = f"信息名称,文号,生成日期,正文\n{ROWS}"


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn, data_dir: Path) -> Client:
    return sign_in(office.clerk)


@pytest.fixture
def run(browser: Client, office: factories.Office) -> InventoryRun:
    return taken_in(browser, office, ("清单.csv", TABLE.encode()))


def url(run: InventoryRun, finding: Finding | None = None) -> str:
    if finding is None:
        return reverse("desk:run_findings", kwargs={"uuid": run.uuid})
    return reverse("desk:run_finding", kwargs={"uuid": run.uuid, "finding": finding.uuid})


def first(run: InventoryRun, kind: str) -> Finding:
    return alike.open_in(run).filter(kind=kind).order_by("id")[0]


def texts() -> list[str]:
    return [record.body_text.text for record in Record.objects.order_by("id")]


def test_those_alike_are_one_line(run: InventoryRun, browser: Client) -> None:
    page = browser.get(url(run))
    counted = {card.group.first.evidence: card.group.count for card in page.context["cards"]}
    assert counted == {"2008228日": 3, "&ldquo;": 3, "&rdquo;": 3}
    only = browser.get(f"{url(run)}?kind=damaged_date")
    assert [c.group.first.evidence for c in only.context["cards"]] == ["2008228日"]
    assert "3 处都采用建议" in only.content.decode()
    shown = browser.get(reverse("desk:run", args=[run.uuid])).content.decode()
    assert '<span class="figure-number">9</span> <span>处发现待答复' in shown


def test_accepting_changes_each_record_and_writes_each_down(
    run: InventoryRun, browser: Client
) -> None:
    before = Entry.objects.filter(event="record.finding_answered").count()
    answer = browser.post(url(run, first(run, "damaged_date")), {"answer": "accepted"}, follow=True)
    assert "已答复3处" in answer.content.decode()
    assert all("自2008年2月28日起施行&ldquo;" in text for text in texts())
    assert Entry.objects.filter(event="record.finding_answered").count() == before + 3
    assert alike.open_in(run).count() == 6, "the others wait"
    browser.post(url(run, first(run, "html_entity")), {"answer": "accepted"})
    assert all("施行“试行&rdquo;。" in text for text in texts()), "places moved with the words"


def test_what_a_page_shows_is_accepted_at_once(run: InventoryRun, browser: Client) -> None:
    page = browser.get(url(run))
    assert "本页 3 组都采用建议" in page.content.decode()
    shown = [str(card.group.first.uuid) for card in page.context["cards"]]
    there = reverse("desk:run_findings_accept", args=[run.uuid])
    done = browser.post(there, {"shown": [*shown[:2], "no-uuid"]}, follow=True)
    assert "已答复6处" in done.content.decode()
    assert alike.open_in(run).count() == 3, "what was not shown waits"
    again = browser.post(there, {"shown": shown}, follow=True).content.decode()
    assert "已答复3处" in again and "已经答复过" in again
    assert all("自2008年2月28日起施行“试行”。" in text for text in texts())
    assert browser.get(there).status_code == 302


def test_keeping_wants_one_reason_for_all(run: InventoryRun, browser: Client) -> None:
    row = first(run, "damaged_date")
    name = f"{row.pk}-kept-reason"
    refused = browser.post(url(run, row), {"answer": "kept", name: ""})
    assert refused.status_code == 422 and "2008228日" in texts()[0]
    browser.post(url(run, row), {"answer": "kept", name: "原件如此"})
    kept = Finding.objects.filter(kind="damaged_date")
    assert {(f.answer, f.answer_reason) for f in kept} == {("kept", "原件如此")}


def test_one_that_moved_on_holds_up_none_of_the_others(
    run: InventoryRun, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = first(run, "damaged_date")
    changed = Record.objects.order_by("id")[1]
    changed.body_text.text = "另外的话。"
    changed.body_text.save()
    page = browser.post(url(run, row), {"answer": "accepted"}, follow=True).content.decode()
    assert "已答复2处" in page and "1处没有改动" in page
    assert texts()[1] == "另外的话。"


def test_so_many_at_a_time(
    run: InventoryRun, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.inventory.actions.answering.MOST", 2)
    page = browser.post(url(run, first(run, "damaged_date")), {"answer": "accepted"}, follow=True)
    assert "已答复2处。还有1处相同的" in page.content.decode()


def test_another_bodys_run_and_readers_are_refused(
    run: InventoryRun, office: factories.Office, sign_in: SignIn
) -> None:
    reader = sign_in(office.verifier)
    row = first(run, "damaged_date")
    assert reader.get(url(run)).status_code == 200
    assert reader.post(url(run, row), {"answer": "accepted"}).status_code == 403
    there = reverse("desk:run_findings_accept", args=[run.uuid])
    assert reader.post(there, {"shown": [str(row.uuid)]}).status_code == 403
    assert "2008228日" in texts()[0]


def test_after_an_answer_the_page_goes_on_at_the_next_group(
    run: InventoryRun, browser: Client
) -> None:
    cards = browser.get(f"{url(run)}?kind=html_entity&page=1").context["cards"]
    row, below = cards[0].group.first, cards[1].group.first.pk
    assert (cards[0].below, cards[1].below) == (below, None)
    asked = f"?kind=html_entity&page=1&below={below}"
    answer = browser.post(url(run, row) + asked, {"answer": "accepted"})
    assert answer["Location"] == f"{url(run)}?kind=html_entity&page=1#g-{below}"
    other = browser.post(
        f"{url(run, first(run, 'damaged_date'))}?below=x%0d", {"answer": "accepted"}
    )
    assert other["Location"] == f"{url(run)}?"


def test_from_draft_to_draft_of_the_run_that_waits(run: InventoryRun, browser: Client) -> None:
    there = [
        reverse("desk:record_findings", args=[record.uuid])
        for record in Record.objects.order_by("id")
    ]
    ways = [browser.get(address).context["way"] for address in there]
    assert [way.next_url for way in ways] == [*there[1:], there[0]]
    assert browser.get(ways[0].row_url).status_code == 200 and ways[0].label == run.label
    alike.open_in(run).filter(record=Record.objects.order_by("id")[1]).update(
        answer="kept", answered_by=run.opened_by, answered_at=run.opened_at
    )
    assert browser.get(there[0]).context["way"].next_url == there[2]
