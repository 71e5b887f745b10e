"""Statistics: one measure with its break-downs, the rows behind a figure, comparison, files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView
from gongkai.desk.statistics.answers import download
from gongkai.desk.statistics.asking import ALL, Asked
from gongkai.orgs.calendar import calendar
from gongkai.reporting.statistics import charts, comparing, counting
from gongkai.reporting.statistics.charts import Chart, Intervals
from gongkai.reporting.statistics.counting import Breakdown, Counted
from gongkai.reporting.statistics.keeping import kept
from gongkai.reporting.statistics.measures import MEASURES
from gongkai.reporting.tables import Table, to_csv, to_xlsx


class FiguresView(DeskView):
    """What every page of figures shares: who, what was asked, the bar of periods and bodies."""

    roles = AT_WORK
    task = "statistics"
    title = "统计"

    def asked(self, request: HttpRequest) -> Asked:
        """The question of the address."""
        return Asked(request, self.seat)

    def bar(self, asked: Asked) -> dict[str, Any]:
        """Period, body, measure: the head of the page."""
        return {
            "asked": asked,
            "form": asked.form,
            "presets": asked.presets(),
            "period": asked.period,
            "scope": asked.scope,
            "bodies": asked.bodies if len(asked.bodies) > 1 else [],
            "chosen": asked.base["body"],
            "narrow": asked.narrow,
        }


class Statistics(FiguresView):
    """One measure of a period: its figure, by each dimension, over time, how long it took."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, or its tables as a file."""
        asked = self.asked(request)
        answer = self.answer(asked)
        form = request.GET.get("format")
        if form in ("csv", "xlsx"):
            made = list(tables(asked, answer))
            name = f"{asked.measure.label}-{asked.period.label}.{form}"
            return download(to_csv(made) if form == "csv" else to_xlsx(made), name)
        rows = reverse("desk:statistics_rows")
        return self.show(
            "desk/statistics/statistics.html",
            **self.bar(asked),
            measure=asked.measure,
            answer=answer,
            measures=self.overview(asked),
            parts=[_part(asked, each, rows) for each in answer.breakdowns],
            time=_time(asked, answer, rows),
            rows_url=f"{rows}?{asked.query()}",
            chips=asked.chips(),
            files=[(f.upper(), "?" + asked.query(format=f)) for f in ("xlsx", "csv")],
            compare_url=f"{reverse('desk:statistics_compare')}?{urlencode(asked.base)}",
        )

    def answer(self, asked: Asked) -> Counted:
        """The figures, counted once for as long as nothing changes."""
        question = asked.question
        return kept(question.key(), lambda: counting.count(question, calendar()))

    def overview(self, asked: Asked) -> list[tuple[str, str, str, int, bool]]:
        """Every measure of the period with its figure: key, label, address, figure, current."""
        period, scope, today = asked.period, asked.scope, self.seat.today

        def count() -> dict[str, int]:
            return {
                m.key: counting.total(counting.Question(m, period, scope, today)) for m in MEASURES
            }

        name = f"overview:{scope.key}:{period.first}:{period.last}:{today}"
        totals = kept(name, count)
        return [
            (
                m.key,
                m.label,
                "?" + urlencode({"m": m.key, **asked.base}),
                totals[m.key],
                m is asked.measure,
            )
            for m in MEASURES
        ]


def _part(asked: Asked, of: Breakdown, rows: str) -> dict[str, Any]:
    """A break-down with chart and table; each figure leads to its rows, each word narrows."""
    total = sum(cell.count for cell in of.cells)
    lines = [
        {
            "label": cell.label,
            "count": cell.count,
            "share": f"{cell.count * 100 / total:.1f}%",
            "rows": f"{rows}?{asked.query(**{of.key: cell.value})}",
            "narrow": "?" + asked.query(**{of.key: cell.value}),
        }
        for cell in of.cells
    ]
    chart: Chart | None = None
    if len(lines) > 1:
        title = f"{asked.measure.label}按{of.label}"
        chart = charts.lying(f"by-{of.key}", title, [(c.label, c.count) for c in of.cells])
    chosen = of.key in dict(asked.narrow)
    return {"label": of.label, "lines": lines, "total": total, "chart": chart, "chosen": chosen}


def _time(asked: Asked, answer: Counted, rows: str) -> dict[str, Any]:
    pairs = [(span.label, span.count) for span in answer.spans]
    chart = charts.upright("by-time", f"{asked.measure.label}按时间", pairs)
    lines = [
        (span.label, span.count, f"{rows}?{asked.query(**span.period.query)}")
        for span in answer.spans
    ]
    return {"chart": chart if len(pairs) > 1 else None, "lines": lines}


def tables(asked: Asked, answer: Counted) -> Iterator[Table]:
    """The page as tables: what was asked, each break-down, the time, the working days."""
    chips = [(chip.label, chip.value) for chip in asked.chips()]
    head = [("统计项目", asked.measure.label), ("时间", asked.period.label), *chips]
    head += [("合计", str(answer.total)), ("口径", asked.measure.sentence)]
    yield Table("说明", ("项目", "内容"), head)
    for of in answer.breakdowns:
        total = sum(cell.count for cell in of.cells) or 1
        rows = [(c.label, c.count, round(c.count / total, 4)) for c in of.cells]
        yield Table(of.label, (of.label, "数量", "占比"), rows)
    yield Table("时间", ("时间", "数量"), [(span.label, span.count) for span in answer.spans])
    if answer.spread is not None and asked.measure.gap is not None:
        spread = answer.spread
        rows_of_days = [
            ("计入的件数", spread.count),
            ("中位数", spread.median),
            ("九成在此以内", spread.p90),
            ("最长", spread.longest),
        ]
        title = f"{asked.measure.gap.label}（工作日）"
        yield Table("所用工作日", (title, "数值"), rows_of_days)


class Rows(FiguresView):
    """The list behind a figure: as many rows as the figure says, in pages."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the list."""
        asked = self.asked(request)
        rows = _ordered(asked.question.rows(), asked)
        page: Page[Any] = paging.page_of(rows, request.GET.get("page"))
        return self.show(
            "desk/statistics/rows.html",
            measure=asked.measure,
            period=asked.period,
            page=page,
            chips=asked.chips(),
            many_bodies=asked.body is None,
            back_url=f"{reverse('desk:statistics')}?{asked.query()}",
            is_request=asked.measure.lists == "request",
        )


# What a line of a list prints of a record; the rest of its wide row is left where it is.
_PRINTED = (
    "uuid", "title", "document_number", "index_number", "created_on", "state", "attribute",
    "publish_due_on", "publish_due_provisional", "section__name", "body__name",
    "catalog_class__name",
)  # fmt: skip


def _ordered(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """The newest first, with what each line prints."""
    ordered = rows.order_by(f"-{asked.measure.day}", "-id")
    if asked.measure.lists == "request":
        return ordered.select_related("section", "body", "case_officer")
    if asked.measure.lists == "entry":
        related = ("record__section", "record__body", "record__catalog_class")
        names = (f"record__{name}" for name in _PRINTED)
        return ordered.select_related(*related).only("published_on", *names)
    return ordered.select_related("section", "body", "catalog_class").only(*_PRINTED)


class Compare(FiguresView):
    """Sections of a body, or bodies, beside each other, fair to those with few cases."""

    title = "比较"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Both duties: published in time, answered in time."""
        asked = self.asked(request)
        whole = asked.body is None
        name = f"compare:{asked.scope.key}:{asked.period.first}:{asked.period.last}"
        lines = kept(
            name,
            lambda: (
                comparing.bodies(asked.bodies, asked.period)
                if whole
                else comparing.sections(asked.scope, asked.period)
            ),
        )
        return self.show(
            "desk/statistics/compare.html",
            **self.bar(asked),
            what="机关" if whole else "科室",
            tables=[
                _side(asked, lines, "published", "按期公开", "有法定期限的公开信息"),
                _side(asked, lines, "answered", "按期答复", "答复的申请"),
            ],
            few=comparing.TOO_FEW,
            least=settings.GONGKAI_COMPARE_LEAST,
            back_url=f"{reverse('desk:statistics')}?{urlencode(asked.base)}",
        )


def _side(
    asked: Asked, lines: tuple[comparing.Line, ...], measure: str, title: str, of: str
) -> dict[str, Any]:
    """One duty as a table and a chart."""
    sides = [(line, getattr(line, measure)) for line in lines]
    shown = [(line, side) for line, side in sides if side.total]
    chart: Intervals | None = None
    if any(side.judged for _line, side in shown):
        pairs = [(line.label, side) for line, side in shown]
        chart = charts.intervals(f"compare-{measure}", f"{title}的比例", pairs)
    rows = [
        {"line": line, "side": side, "url": _rows_url(asked, measure, line.value)}
        for line, side in shown
    ]
    return {"title": title, "of": of, "rows": rows, "chart": chart}


def _rows_url(asked: Asked, measure: str, value: str) -> str:
    """The rows of a section, where the person may see them; bodies lead to their own page."""
    if asked.body is None:
        code = next((b.code for b in asked.bodies if str(b.pk) == value), ALL)
        query = urlencode({**asked.base, "m": measure, "body": code})
        return f"{reverse('desk:statistics')}?{query}"
    query = urlencode({"m": measure, **asked.base, "section": value})
    return f"{reverse('desk:statistics_rows')}?{query}"
