"""Checks that read the data behind the site: freshness, empty columns, true dates, requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from gongkai.assessment.inspection.pages import Found
from gongkai.assessment.models import Probe
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.models import DisclosureRequest
from gongkai.journal.models import Entry
from gongkai.kit.dates import civil_day
from gongkai.law.assessment import site_rules as rules
from gongkai.orgs.models import Body
from gongkai.records.models import CatalogClass

MOST = 200
SITE_CODE_LENGTH = 10


def check_data(body: Body, now: datetime) -> Iterator[Found]:
    """Every check of the data, some seven queries."""
    today = civil_day(now)
    yield from _availability(now)
    yield from _home(body, today)
    yield from _columns(body, today)
    yield from _dates(body)
    yield from _requests(body, today)
    if len(body.site_code) != SITE_CODE_LENGTH or not body.site_code.isdigit():
        said = "没有登记10位网站标识码，页面标签和页脚缺这一项；请在机构信息里填写。"
        yield Found("site_code", body.name, said)


def untold(now: datetime) -> list[str]:
    """The checks that cannot tell yet: too few samples of availability."""
    return [] if _samples(now).enough else ["availability"]


def _availability(now: datetime) -> Iterator[Found]:
    found = _samples(now)
    if found.enough and not found.sound:
        yield Found("availability", "/", f"{found.sentence}。")


def _samples(now: datetime) -> rules.Reachable:
    since = now - timedelta(days=rules.PROBE_DAYS)
    told = Probe.objects.filter(at__gte=since).aggregate(
        samples=Count("id"), failed=Count("id", filter=Q(opened=False))
    )
    return rules.reachable(told["failed"], told["samples"], rules.PROBE_DAYS)


def _published(body: Body) -> QuerySet[CatalogEntry]:
    return CatalogEntry.objects.filter(body=body, state=EntryState.PUBLISHED)


def _home(body: Body, today: date) -> Iterator[Found]:
    last = _published(body).aggregate(last=Max("released_on"))["last"]
    if last is None or (today - last).days > rules.HOME_DAYS:
        said = f"最近一次更新是{last}" if last else "还没有发布过信息"
        yield Found("home_stale", "/", f"首页超过{rules.HOME_DAYS}天没有更新：{said}。")


def _columns(body: Body, today: date) -> Iterator[Found]:
    """Classes in use without a sub-class, each with the day of its newest entry: two queries."""
    classes = CatalogClass.objects.filter(body=body, is_active=True, children__isnull=True)
    newest = dict(
        _published(body)
        .order_by()
        .values_list("catalog_class")
        .annotate(last=Max("published_on"))
        .values_list("catalog_class", "last")
    )
    for pk, name in classes.order_by("ordinal", "code").values_list("pk", "name"):
        last = newest.get(pk)
        if last is None:
            yield Found("empty_column", name, "栏目里没有信息，请补充或者停用这一分类。")
        elif rules.is_stale(name, last, today):
            days, own = rules.longest_rest(name)
            more = "（期限是本平台的理解）" if own else ""
            yield Found("stale_column", name, f"最近一条是{last}，超过{days}天没有更新{more}。")


def _dates(body: Body) -> Iterator[Found]:
    """An entry whose date is not the one the journal keeps of its publication.

    The journal cannot be rewritten unseen (`gongkai journal verify`); what an older platform
    published before names that platform and is left out.
    """
    lines = Entry.objects.filter(
        event="record.published", subject_kind="record", subject_id=OuterRef("record_id")
    )
    # The newest line: what was withdrawn and published again has a new day, told anew.
    newest = lines.order_by("-seq").annotate(day=KT("data__published_on"))
    first, moment = Subquery(newest.values("day")[:1]), Subquery(newest.values("at")[:1])
    rows = _published(body).annotate(told=first, written=moment)
    for entry in rows.filter(carried_from="").iterator(chunk_size=2000):
        if entry.written is None:
            said = "留痕里没有这条信息的发布记录。"
        elif entry.told is not None and str(entry.told) != entry.published_on.isoformat():
            said = f"发布日期{entry.published_on}，留痕记的是{entry.told}。"
        else:
            continue
        yield Found("forged_date", entry.index_number, said)


def _requests(body: Body, today: date) -> Iterator[Found]:
    rows = DisclosureRequest.objects.filter(
        body=body, state__in=OPEN_STATES, due_on__lt=today, arrived_on__gt=today - timedelta(366)
    )
    for number, due, received in rows.order_by("due_on").values_list(
        "number", "due_on", "received_on"
    )[:MOST]:
        yield Found("overdue_request", number, f"应于{due}前答复，还没有答复。")
        if received and (today - received).days > rules.UNANSWERED_DAYS:
            yield Found("unanswered", number, f"{received}收到，超过三个月没有答复。")
