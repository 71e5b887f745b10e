"""A report from its beginning to the receipt above, and what is refused on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.catalog import actions as catalog
from gongkai.journal.models import Entry as Line
from gongkai.kit.dates import CHINA
from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import form_for
from gongkai.orgs import actions as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Role
from gongkai.records import actions as records
from gongkai.reporting import actions, narrative, sums
from gongkai.reporting.cells import by_hand
from gongkai.reporting.figures import approval_of, compute, packed
from gongkai.reporting.models import AnnualReport, HandEntry, ReportState
from gongkai.reporting.values import Entry
from tests import factories
from tests.factories import Office
from tests.reporting.conftest import Asked, put

JANUARY = datetime(2026, 1, 12, 9, tzinfo=CHINA)
REGISTER = [
    Asked(date(2024, 12, 20), "natural", "granted", date(2025, 1, 8)),
    Asked(date(2025, 3, 1), "natural", "partly_granted", date(2025, 3, 20)),
    Asked(date(2025, 4, 1), "business", "not_held", date(2025, 4, 20)),
    Asked(date(2025, 12, 20), "business"),
]


@pytest.fixture
def begun(office: Office) -> AnnualReport:
    put(office.body, REGISTER)
    return actions.begin(body=office.body, year=2025, by=office.officer, now=JANUARY)


def enter_all(report: AnnualReport, office: Office, **given: str) -> None:
    """Every cell by hand: those given, else 0."""
    for cell in by_hand(form_for(report.year)):
        value = Decimal(given.get(cell.split(".")[1], "0"))
        entry = Entry(cell, value, "法制科台账")
        actions.enter(report=report, entry=entry, by=office.officer, now=JANUARY)


def approved(report: AnnualReport, office: Office) -> AnnualReport:
    enter_all(report, office, licences="5", fees="31.6441")
    actions.check(report=report, by=office.officer, now=JANUARY)
    actions.approve(report=report, by=office.leader, now=JANUARY)
    report.refresh_from_db()
    return report


def publish(report: AnnualReport, office: Office) -> None:
    at = replace(office, clerk=office.officer)
    factories.review_fully(report.record, at, now=JANUARY)  # type: ignore[arg-type]
    catalog.publish(record=report.record, by=office.officer, now=JANUARY)  # type: ignore[arg-type]


def test_from_rows_to_receipt(office: Office, begun: AnnualReport) -> None:
    above = orgs.create_body(
        fields={"code": "11Y900", "name": "云岭区人民政府"}, by=None, now=JANUARY
    )
    orgs.edit_body(body=office.body, fields={"parent": above}, by=None, now=JANUARY)
    supervisor = factories.person("督办戊", Role.SUPERVISOR, above)
    report = approved(begun, office)
    assert report.state == ReportState.APPROVED
    assert report.figures["requests.new.total"] == 3
    assert report.figures["requests.carried_in.total"] == 1
    assert report.figures["proactive.fees.amount"] == "31.6441"

    actions.make_record(report=report, section=office.section, by=office.officer, now=JANUARY)
    report.refresh_from_db()
    assert report.record is not None
    with pytest.raises(Refusal, match="还没有完成保密审查"):
        catalog.publish(record=report.record, by=office.officer, now=JANUARY)
    publish(report, office)
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED
    shown = report.record.entry.version.body_text.text
    assert "本年新收申请3件" in shown and "行政许可·本年处理决定数量5件" in shown

    package = actions.send(report=report, by=office.officer, now=JANUARY)
    assert package.content[:2] == b"PK"
    with pytest.raises(Refusal, match="上级主管部门签收"):
        actions.take_receipt(report=report, by=office.officer, now=JANUARY)
    actions.take_receipt(report=report, note="收到", by=supervisor, now=JANUARY)
    report.refresh_from_db()
    assert report.state == ReportState.RECEIPTED
    told = list(Line.objects.filter(subject_kind="annual_report").values_list("event", flat=True))
    assert told[0] == "report.begun" and told[-1] == "report.receipted"


def test_an_edited_record_is_not_published_as_the_report(
    office: Office, begun: AnnualReport
) -> None:
    report = approved(begun, office)
    record = actions.make_record(
        report=report, section=office.section, by=office.officer, now=JANUARY
    )
    records.edit(
        record=record, fields={"text": "本年新收申请4件。"}, by=office.officer, now=JANUARY
    )
    report.refresh_from_db()
    with pytest.raises(Refusal, match="与批准的不一致"):
        publish(report, office)


@pytest.mark.parametrize("corrected", [False, True])
def test_a_report_taken_off_the_site_waits_to_be_published_again(
    office: Office, begun: AnnualReport, corrected: bool
) -> None:
    report = approved(begun, office)
    at: dict[str, Any] = {"by": office.officer, "now": JANUARY}
    actions.make_record(report=report, section=office.section, **at)
    report.refresh_from_db()
    record = report.record
    assert record is not None
    publish(report, office)
    catalog.withdraw(record=record, code="error", note="附件有误", **at)
    report.refresh_from_db()
    assert (report.state, report.published_at) == (ReportState.APPROVED, None)
    assert Line.objects.filter(event="report.withdrawn").count() == 1
    record.refresh_from_db()
    if corrected:
        actions.reopen(report=report, reason="附件有误", **at)
        entry = Entry("proactive.licences.decisions", Decimal(6), "法制科台账")
        actions.enter(report=report, entry=entry, **at)
        actions.redraft(report=report, **at)
        actions.check(report=report, **at)
        actions.approve(report=report, by=office.leader, now=JANUARY)
        actions.make_record(report=report, section=office.section, **at)
    else:
        catalog.revise(record=record, reason="重新发布", **at)
    report.refresh_from_db()
    publish(report, office)
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED and report.published_at is not None


def test_what_was_sent_above_stays_sent(office: Office, begun: AnnualReport) -> None:
    above = orgs.create_body(
        fields={"code": "11Y900", "name": "云岭区人民政府"}, by=None, now=JANUARY
    )
    orgs.edit_body(body=office.body, fields={"parent": above}, by=None, now=JANUARY)
    report = approved(begun, office)
    at: dict[str, Any] = {"by": office.officer, "now": JANUARY}
    actions.make_record(report=report, section=office.section, **at)
    report.refresh_from_db()
    publish(report, office)
    report.refresh_from_db()
    actions.send(report=report, **at)
    assert report.record is not None
    catalog.withdraw(record=report.record, code="error", note="附件有误", **at)
    report.refresh_from_db()
    assert report.state == ReportState.APPROVED
    late = date(2026, 3, 1)
    (row,) = sums.handings(above, 2025, today=late, calendar=calendar())
    assert row.state == "sent"


def test_words_never_contradict_the_tables(office: Office, begun: AnnualReport) -> None:
    words = narrative.current(begun)
    number = begun.narratives.count()

    def save(**changed: str) -> Any:
        return actions.save_narrative(
            report=begun, sections={**words, **changed}, read_number=number, by=office.officer,
            now=JANUARY,
        )  # fmt: skip

    with pytest.raises(Refusal, match="表格为3") as refused:
        save(requests="全年新收申请4件。")
    assert set(refused.value.fields) == {"requests"}
    assert begun.narratives.count() == number
    save(requests="全年新收申请3件，去年新收申请4件。")
    with pytest.raises(Refusal, match="另一位同志保存了新的一版"):
        save(problems="没有。")


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("proactive.licences.decisions", "-1", "不能是负数"),
        ("proactive.licences.decisions", "1.5", "要填整数"),
        ("proactive.fees.amount", "1E+40", "数值过大"),
        ("proactive.fees.amount", "0.00000001", "最多六位小数"),
        ("proactive.fees.amount", "NaN", "数值过大"),
        ("requests.new.total", "3", "不能手工填写"),
        ("no.such.cell", "3", "不能手工填写"),
    ],
)
def test_a_bad_entry_is_refused(
    office: Office, begun: AnnualReport, cell: str, value: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        entry = Entry(cell, Decimal(value), "台账")
        actions.enter(report=begun, entry=entry, by=office.officer, now=JANUARY)
    assert not HandEntry.objects.exists()


def test_the_newest_entry_counts_and_older_ones_stay(office: Office, begun: AnnualReport) -> None:
    cell = "proactive.licences.decisions"
    for value in (5, 7, None):
        entry = Entry(cell, value, "台账")
        actions.enter(report=begun, entry=entry, by=office.officer, now=JANUARY)
        begun.refresh_from_db()
        assert begun.figures[cell] == (value or 0)
    assert HandEntry.objects.filter(cell=cell).count() == 3
    assert cell in compute(office.body, 2025).missing
    for act in (
        lambda: HandEntry.objects.update(value=9),
        lambda: HandEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_nothing_missing_and_the_year_over_before_the_approval(
    office: Office, begun: AnnualReport
) -> None:
    with pytest.raises(Refusal, match="没有填写"):
        actions.check(report=begun, by=office.officer, now=JANUARY)
    put(office.body, [Asked(date(2026, 1, 5))], first=90)
    running = actions.begin(body=office.body, year=2026, by=office.officer, now=JANUARY)
    with pytest.raises(Refusal, match="还没有结束"):
        actions.check(report=running, by=office.officer, now=JANUARY)


def test_a_frozen_report_shows_a_later_change_as_a_difference(
    office: Office, begun: AnnualReport
) -> None:
    report = approved(begun, office)
    frozen = approval_of(report)
    assert frozen is not None
    put(office.body, [Asked(date(2025, 5, 5), "natural", "granted", date(2025, 5, 9))], first=50)
    with pytest.raises(Refusal, match="不能修改"):
        actions.compute_anew(report=report, by=office.officer, now=JANUARY)
    now = packed(compute(office.body, 2025).values)
    assert now["requests.new.total"] == 4
    assert approval_of(report).figures["requests.new.total"] == 3  # type: ignore[union-attr]
    actions.reopen(report=report, reason="补录一件申请", by=office.officer, now=JANUARY)
    actions.compute_anew(report=report, by=office.officer, now=JANUARY)
    actions.redraft(report=report, by=office.officer, now=JANUARY)
    actions.check(report=report, by=office.officer, now=JANUARY)
    second = actions.approve(report=report, by=office.leader, now=JANUARY)
    assert second.number == 2 and second.digest != frozen.digest


def test_a_carry_in_that_differs_names_the_request(office: Office, begun: AnnualReport) -> None:
    approved(begun, office)
    put(office.body, [Asked(date(2025, 11, 5))], first=77)
    later = datetime(2027, 1, 10, 9, tzinfo=CHINA)
    report = actions.begin(body=office.body, year=2026, by=office.officer, now=later)
    broken = [f for f in report.findings if f["code"] == "I5"]
    assert broken and all("依申请77号" in f["sentence"] for f in broken)
    assert not any("依申请4号" in f["sentence"] for f in broken)
    enter_all(report, office)
    actions.check(report=report, by=office.officer, now=later)
    with pytest.raises(Refusal, match="请写明与上年不一致的原因"):
        actions.approve(report=report, by=office.leader, now=later)
    actions.approve(report=report, remark="补录一件", by=office.leader, now=later)


def test_who_may(office: Office, begun: AnnualReport) -> None:
    with pytest.raises(Refusal, match="工作机构编制"):
        actions.compute_anew(report=begun, by=office.clerk, now=JANUARY)
    enter_all(begun, office)
    actions.check(report=begun, by=office.officer, now=JANUARY)
    with pytest.raises(Refusal, match="主管领导批准"):
        actions.approve(report=begun, by=office.officer, now=JANUARY)
    with pytest.raises(Refusal, match="请写明理由"):
        actions.send_back(report=begun, reason=" ", by=office.leader, now=JANUARY)
    actions.send_back(report=begun, reason="请核对行政许可", by=office.leader, now=JANUARY)
    begun.refresh_from_db()
    assert begun.state == ReportState.DRAFTED


def test_guards_lie_on_every_kept_table(db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'reporting_%'")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'reporting_%'"
            )
        assert len(cursor.fetchall()) == 6
