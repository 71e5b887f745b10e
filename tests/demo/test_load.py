"""The demo as loaded: the counts of 2008 out of the database, live work in every state."""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, Authenticator
from django.db import connection, transaction
from django.db.models import F
from django.test import override_settings

from gongkai.catalog.models import CatalogEntry, Guide, PublicationOrder
from gongkai.inventory import queries as inventory
from gongkai.inventory.models import InventoryRun
from gongkai.journal import verify
from gongkai.kit.dates import CHINA
from gongkai.kit.refusal import Refusal
from gongkai.orgs import calendar as calendars
from gongkai.orgs.models import Body, Person
from gongkai.orgs.queries import needs_second_factor
from gongkai.project.demo import accounts, past
from gongkai.project.demo.load import Loaded, load
from gongkai.records.models import Allotment, Record
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.summary import sentences, summarise
from gongkai.review.models import Finding, ReviewSheet

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=CHINA)
TODAY = date(2026, 11, 23)
LATE = (date(2008, 3, 1), date(2008, 12, 25))
# One load of some 550 records for all tests of this file.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("demo")
    settings = {f"GONGKAI_{name}": folder / name.lower() for name in ("FILES", "SECRETS", "INDEX")}
    calendars.forget()
    with (
        django_db_blocker.unblock(),
        override_settings(**settings, MEDIA_ROOT=folder / "files"),
        transaction.atomic(),
    ):
        yield load(now=NOW)
        transaction.set_rollback(True)
    # The connection stays with the tests that come after.
    connection.close()


@pytest.fixture
def bureau(demo: Loaded) -> Body:
    return Body.objects.get(code="11Y025")


def kept(**where: object) -> dict[str, int]:
    rows = Record.objects.filter(column="catalog", **where).values_list("attribute", flat=True)
    return dict(Counter(rows))


def test_the_inventory_of_2008(bureau: Body) -> None:
    early = kept(created_on__lte=date(2008, 2, 28))
    late = kept(created_on__gte=LATE[0], created_on__lt=LATE[1])
    assert early == {"proactive": 330, "on_request": 1, "withheld": 122}
    assert late == {"proactive": 36, "on_request": 1, "withheld": 16}
    assert (sum(early.values()), sum(late.values())) == (453, 53)


def test_the_summary_of_2008_is_computed_from_the_rows(bureau: Body) -> None:
    found = summarise(bureau, 2008, until=date(2008, 12, 24))
    counts = [(p.total, p.proactive, p.on_request, p.withheld) for p in found.periods]
    assert counts == [(453, 330, 1, 122), (53, 36, 1, 16)]
    assert (found.proactive, found.on_request, found.of_classes) == (366, 2, 368)
    assert [(c.count, str(c.share)) for c in found.classes] == [
        (13, "3.53"),
        (19, "5.16"),
        (28, "7.61"),
        (44, "11.96"),
        (264, "71.74"),
    ]
    told = "".join(sentences(found))
    assert "截至2008年2月28日，共清理各类信息453条" in told
    assert "主动公开366条、依申请公开2条，按分类合计368条" in told
    assert "移送3次，共移送信息42件，每件6份" in told
    assert "截至2008年12月24日，未收到政府信息公开申请，受理0件" in told


def test_the_reports_of_the_demo(bureau: Body) -> None:
    old, new = AnnualReport.objects.filter(body=bureau).order_by("year")
    assert (old.year, old.state, old.findings) == (2008, "approved", [])
    assert (new.year, new.state, new.findings) == (TODAY.year, "drafted", [])
    assert new.figures["requests.new.total"] == 15


def test_the_classes_of_2008(bureau: Body) -> None:
    rows = Record.objects.filter(
        column="catalog", created_on__lt=LATE[1], attribute__in=["proactive", "on_request"]
    ).values_list("catalog_class__parent__name", flat=True)
    assert Counter(rows) == {
        "机构职能": 13, "法规文件": 19, "规划计划": 28, "行政职责": 44, "业务动态": 264,
    }  # fmt: skip
    assert len(rows) == 368


def test_the_board_of_the_clean_up_says_the_same(bureau: Body) -> None:
    runs = list(InventoryRun.objects.order_by("id"))
    assert [inventory.progress(run).outcomes["record"] for run in runs] == [453, 53]
    counted = inventory.figures(bureau, bounds=[LATE[0]])
    assert counted.broken() == []
    until, since = "/2008-03-01", "2008-03-01/"
    assert [counted.by(attribute=a, period=until) for a in ("proactive", "withheld")] == [330, 122]
    assert [counted.by(attribute=a, period=since) for a in ("proactive", "withheld")] == [36, 16]
    assert counted.by(attribute="on_request") == 2


def test_the_summary_of_2008(bureau: Body) -> None:
    entry = CatalogEntry.objects.get(document_number="云商字〔2008〕71号")
    assert entry.created_on == date(2008, 12, 24)
    assert entry.published_on == date(2008, 12, 26)
    assert entry.carried_from and entry.released_on > entry.published_on
    assert entry.column == "annual_report"
    assert re.fullmatch(r"11Y025/ZK-2008-\d{6}", entry.index_number)


def test_what_was_public_in_2008_is_public(bureau: Body) -> None:
    entries = CatalogEntry.objects.filter(column="catalog", year=2008, state="published")
    assert entries.count() == 366
    assert not entries.filter(carried_from="").exists()


def test_index_numbers_have_no_gap(bureau: Body) -> None:
    given = Allotment.objects.filter(series__kind="index", series__body=bureau)
    serials = sorted(given.values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))
    numbered = Record.objects.exclude(index_number="").count()
    assert numbered == len(serials) >= 368


def test_nothing_went_round_the_review(bureau: Body) -> None:
    assert not CatalogEntry.objects.exclude(sheet__state="decided").exists()
    for sheet in ReviewSheet.objects.filter(state="decided"):
        assert len({sheet.proposed_by_id, sheet.verified_by_id, sheet.decided_by_id}) == 3
    assert verify.verify().sound


def test_live_work_in_every_state(bureau: Body) -> None:
    recent = Record.objects.filter(created_on__gte=TODAY - timedelta(days=120), column="catalog")
    states = Counter(recent.values_list("state", flat=True))
    assert set(states) == {"draft", "proposed", "verified", "decided", "published", "withdrawn"}
    open_work = recent.filter(state__in=["draft", "proposed", "verified", "decided"])
    due = open_work.exclude(attribute__in=["withheld", "on_request"])
    days = sorted(r.publish_due_on for r in due if r.publish_due_on)
    assert [day for day in days if day < TODAY], "something is late"
    assert [day for day in days if TODAY <= day <= TODAY + timedelta(days=4)], "something is soon"
    assert Finding.objects.filter(answer="open", record__state="draft").count() >= 3
    assert ReviewSheet.objects.filter(state="returned").count() == 1


def test_turns_of_a_published_record(bureau: Body) -> None:
    order = PublicationOrder.objects.get(done_at=None, cancelled_at=None)
    assert order.not_before > NOW
    withdrawn = CatalogEntry.objects.filter(state="withdrawn")
    assert set(withdrawn.values_list("withdrawal_code", flat=True)) == {"error", "privacy"}
    revised = CatalogEntry.objects.get(version__number=2)
    assert "6.53元" in revised.version.body_text.text
    assert "6.35元" in revised.record.versions.get(number=1).body_text.text
    validities = set(CatalogEntry.objects.values_list("validity", flat=True))
    assert validities >= {"in_force", "lapsed", "repealed", "unknown"}
    overdue = Record.objects.filter(attribute="withheld", rereview_on__lt=TODAY, state="decided")
    assert overdue.count() == 1


def test_the_fixed_pages(bureau: Body) -> None:
    columns = Counter(CatalogEntry.objects.values_list("column", flat=True))
    assert (columns["measures"], columns["annual_report"]) == (7, 3)
    assert Guide.objects.get(body=bureau, is_draft=False).content["fax"]
    assert all(Body.objects.values_list("is_demo", flat=True))


def test_nothing_of_the_present_is_dated_ahead(bureau: Body) -> None:
    assert not Record.objects.filter(captured_at__gt=NOW).exists()
    assert not CatalogEntry.objects.filter(published_at__gt=NOW).exists()


def test_the_accounts_open_the_desk(demo: Loaded) -> None:
    path = accounts.path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    known = passwords(path)
    assert set(known) == set(Person.objects.values_list("username", flat=True))
    for username in ("linzhixia", "luwenheng"):
        person = Person.objects.get(username=username)
        assert person.check_password(known[username])
        assert not person.must_change_password
    leader = Person.objects.get(username="shenyanqiu")
    assert needs_second_factor(leader, TODAY)
    row = Authenticator.objects.get(user=leader, type="totp")
    assert TOTP(row).validate_code(accounts.code("shenyanqiu").code)
    assert not TOTP(row).validate_code("000000")


def passwords(path: Path) -> dict[str, str]:
    found = re.findall(
        r"^(\w+)　.*\n.*角色.*\n\s+密码\s+(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE
    )
    return dict(found)


def test_a_code_is_given_for_demo_accounts_with_a_second_factor_only(demo: Loaded) -> None:
    for username, code in (("nobody", "demo.not_demo"), ("linzhixia", "demo.no_factor")):
        with pytest.raises(Refusal) as caught:
            accounts.code(username)
        assert caught.value.code == code


def test_loading_again_changes_nothing(demo: Loaded) -> None:
    before = (Record.objects.count(), accounts.path().read_bytes())
    assert demo.fresh
    again = load(now=NOW + timedelta(days=3))
    assert not again.fresh
    assert (Record.objects.count(), accounts.path().read_bytes()) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day",
    ["2027-01-04T00:30", "2028-02-29T12:00"],
)
def test_any_day_will_do(day: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "take_in", lambda staff, *, now: 0)
    now = datetime.fromisoformat(day).replace(tzinfo=CHINA)
    calendars.forget()
    assert load(now=now).fresh
    assert not Record.objects.filter(captured_at__gt=now).exists()
    assert not CatalogEntry.objects.filter(published_at__gt=now).exists()
    assert not CatalogEntry.objects.filter(published_on__lt=F("created_on")).exists()
    states = set(Record.objects.values_list("state", flat=True))
    assert states == {"draft", "proposed", "verified", "decided", "published", "withdrawn"}
    assert len(set(Record.objects.values_list("title", flat=True))) == Record.objects.count()


@pytest.mark.django_db
def test_a_database_of_real_bodies_is_left_alone() -> None:
    Body.objects.create(code="real", name="某局")
    with pytest.raises(Refusal) as caught:
        load(now=NOW)
    assert caught.value.code == "demo.real_bodies"
    assert "某局" in caught.value.sentence
    assert Body.objects.count() == 1
