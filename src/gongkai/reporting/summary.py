"""The classic summary of a year's work: clean-up by period, classes with shares, requests, copies.

Every share names the total it is of. The classes are counted over what the public may have,
proactive and on request together: a summary that calls that sum 主动公开 contradicts itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongkai.inventory import queries as inventory
from gongkai.inventory.tally import Tally, periods_of
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.model import Number
from gongkai.law.annual_report.shares import check_classes
from gongkai.law.catalog import FIVE_CLASSES
from gongkai.orgs.models import Body
from gongkai.records.models import CatalogClass
from gongkai.reporting.counting import requests
from gongkai.reporting.counting.span import Span
from gongkai.reporting.figures import entries_of

# The clean-up before the decree came into force was closed on 28 February 2008.
CUT: Mapping[int, tuple[date, ...]] = {2008: (date(2008, 2, 29),)}
SHOWN = ("proactive", "on_request")


@dataclass(frozen=True, slots=True)
class Period:
    """One clean-up: first day (None: from the beginning), last day, counts by attribute."""

    first: date | None
    last: date
    total: int
    proactive: int
    on_request: int
    withheld: int


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class: how many, and its percent of `Summary.of_classes`."""

    key: str
    label: str
    count: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a summary. `of_classes` is what the shares are of."""

    body: str
    year: int
    until: date
    periods: tuple[Period, ...]
    proactive: int
    on_request: int
    of_classes: int
    classes: tuple[ClassLine, ...]
    unclassified: int
    requests: int
    beside: Mapping[str, Number]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        whole = asdict(self)
        for line in whole["classes"]:
            line["share"] = float(line["share"])
        return {**whole, "sentences": list(sentences(self))}


def summarise(
    body: Body, year: int, *, bounds: Sequence[date] = (), until: date | None = None
) -> Summary:
    """Count the summary of a year from the clean-up's records, up to `until` (else its end)."""
    form_for(year)
    last = min(until or date(year, 12, 31), date(year, 12, 31))
    days = [*(bounds or CUT.get(year, ())), last + timedelta(days=1)]
    tally = inventory.figures(body, bounds=days)
    periods = tuple(_period(tally, p.start, p.until, p.key) for p in periods_of(days)[:-1])
    counts = _classes(body, days[-1])
    known = {c.key: counts.get(c.key, 0) for c in FIVE_CLASSES}
    shown = {a: sum(getattr(p, a) for p in periods) for a in SHOWN}
    checked = check_classes(known, sum(shown.values()))
    received = requests.counted(Span(body, year)).filter(
        received_on__range=(date(year, 1, 1), last)
    )
    return Summary(
        body=body.name,
        year=year,
        until=last,
        periods=periods,
        proactive=shown["proactive"],
        on_request=shown["on_request"],
        of_classes=checked.total_of_classes,
        classes=tuple(
            ClassLine(c.key, c.label, known[c.key], checked.shares[c.key]) for c in FIVE_CLASSES
        ),
        unclassified=sum(counts.values()) - sum(known.values()),
        requests=received.count(),
        beside={k: v for k, v in entries_of(body, year).items() if k.endswith(".count")},
    )


def _period(tally: Tally, start: date | None, until: date | None, key: str) -> Period:
    assert until is not None
    by = {a: tally.by(attribute=a, period=key) for a in (*SHOWN, "withheld")}
    last = until - timedelta(days=1)
    return Period(start, last, tally.by(period=key), **by)


def _classes(body: Body, before: date) -> dict[str, int]:
    """What the public may have, by top class; a class of the body's own under its own code."""
    rows = CatalogClass.objects.filter(body=body).values_list("code", "parent__code")
    top = {code: parent or code for code, parent in rows}
    counts: dict[str, int] = {}
    for code, n in inventory.of_classes(body, before=before, attributes=SHOWN).items():
        key = top.get(code, code)
        counts[key] = counts.get(key, 0) + n
    return counts


def sentences(summary: Summary) -> tuple[str, ...]:
    """The summary in its sentences, as a clerk would write them."""
    return (*_cleaned(summary), _by_class(summary), _asked(summary), *_handed_over(summary))


def _cleaned(summary: Summary) -> list[str]:
    told = []
    for period in summary.periods:
        if period.first is None:
            start = f"截至{_day(period.last)}，共清理各类信息{period.total}条"
        else:
            before = period.first - timedelta(days=1)
            start = f"清理{_day(before)}以后形成的信息{period.total}条"
        told.append(
            f"{start}，其中主动公开{period.proactive}条，依申请公开{period.on_request}条，"
            f"不予公开{period.withheld}条。"
        )
    return told


def _by_class(summary: Summary) -> str:
    lines = "；".join(
        f"{line.label}类信息{line.count}条，占{summary.of_classes}条的{line.share}%"
        for line in summary.classes
    )
    rest = f"；另有{summary.unclassified}条不属于这五类" if summary.unclassified else ""
    return (
        f"主动公开{summary.proactive}条、依申请公开{summary.on_request}条，"
        f"按分类合计{summary.of_classes}条：{lines}{rest}。"
    )


def _asked(summary: Summary) -> str:
    until = _day(summary.until)
    if not summary.requests:
        return f"截至{until}，未收到政府信息公开申请，受理0件。"
    return f"截至{until}，收到政府信息公开申请{summary.requests}件。"


def _handed_over(summary: Summary) -> list[str]:
    def n(name: str) -> Number | None:
        return summary.beside.get(f"{name}.count")

    told = []
    if n("transfers.batches") is not None:
        told.append(
            f"向档案馆、图书馆等查阅场所移送{n('transfers.batches')}次，"
            f"共移送信息{n('transfers.items') or 0}件，每件{n('transfers.copies') or 0}份。"
        )
    if n("leaflets.printed") is not None:
        told.append(f"印制宣传折页{n('leaflets.printed')}份。")
    return told


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
