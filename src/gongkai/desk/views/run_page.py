"""One clean-up run: how far it is, its rows by outcome, a row beside its original."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk import paging
from gongkai.desk.navigation import EDITORS
from gongkai.desk.record_page import text_of
from gongkai.desk.views.findings import in_order, marked_parts
from gongkai.desk.views.inventory import InventoryView
from gongkai.inventory import actions, alike, queries, tally
from gongkai.inventory.board import board_of
from gongkai.inventory.models import InventoryItem, Outcome
from gongkai.review import queries as review

SIZE = 50
# More open findings than this are not counted: the page would wait for nothing useful.
MOST_COUNTED = 499


def lasting(seconds: int) -> str:
    """A length of time in words."""
    if seconds < 90:
        return f"{seconds} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 90 else f"{minutes // 60} 小时 {minutes % 60} 分钟"


def outcome_of(request: HttpRequest) -> str:
    """The outcome that the address asks for; empty for all."""
    outcome = request.GET.get("outcome", "")
    return outcome if outcome in Outcome.values else ""


class Run(InventoryView):
    """One run: how far it is, its rows by outcome."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The asked rows; the worker does the run, this page only looks."""
        run, outcome = self.run, outcome_of(request)
        progress = queries.progress(run)
        self.title = run.label
        # While it works the page comes again every few seconds: nothing that counts rows.
        at_work = run.state == "running"
        known = progress.outcomes[outcome] if outcome else progress.total
        bounds = queries.scope_bounds(run)
        figures = None if at_work else queries.figures(run.body, runs=[run], bounds=bounds)
        rows = queries.listed(run, outcome)
        return self.show(
            "desk/run.html",
            board=board_of(figures, run.body) if figures else None,
            sentence=tally.sentence(figures, self.seat.today) if figures and progress.total else "",
            scope=queries.scope(run),
            left=lasting(progress.seconds_left or 0),
            run=run,
            at_work=at_work,
            progress=progress,
            page=paging.page_of(rows, request.GET.get("page"), size=SIZE, count=known),
            outcome=outcome,
            outcomes=[(o.value, o.label, progress.outcomes.get(o.value, 0)) for o in Outcome],
            archives=queries.archives(run),
            site=queries.site(run),
            may_run=self.seat.holds(*EDITORS),
            has_tables=run.state in ("open", "stopped") and queries.unread_tables(run).exists(),
            waiting=self._waiting(at_work),
        )

    def _waiting(self, at_work: bool) -> str:
        """How many findings wait for an answer."""
        waiting = alike.open_in(self.run).order_by()
        found = 0 if at_work else waiting[: MOST_COUNTED + 1].count()
        return f"{MOST_COUNTED}+" if found > MOST_COUNTED else str(found or "")

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Start, go on or pause."""
        by, now = self.seat.person, self.seat.now
        if request.POST.get("step") == "stop":
            actions.stop(run=self.run, by=by, now=now)
            return self.done(self.url(), "已暂停。")
        actions.start(run=self.run, by=by, now=now)
        return self.done(self.url(), "清理已开始。")


class Item(InventoryView):
    """One row: what came in beside what was read from it, and what must be answered."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """The row, with the ways to those before and behind it in the list it was opened from."""
        item = get_object_or_404(queries.items(self.run), pk=pk)
        self.title = item.title or "清理条目"
        raw = item.raw if isinstance(item.raw, dict) else {}
        record, outcome = item.record, outcome_of(request)
        asked = in_order(review.open_findings(record)) if record is not None else []
        way = queries.beside(item, outcome)
        total = queries.progress(self.run).outcomes[outcome] if outcome else self.run.row_count
        return self.show(
            "desk/run_item.html",
            run=self.run,
            item=item,
            raw=[(key, str(value)[:4000]) for key, value in raw.items()][:200],
            record=record,
            findings=asked,
            attachments=queries.attachments(item),
            address=queries.old_address(item),
            parts=marked_parts(record, text_of(record), asked) if record is not None else [],
            way=way,
            place=way.place + 1,
            total=total,
            list_url=self._list_url(item, outcome, way.place),
            query=f"?{urlencode({'outcome': outcome})}" if outcome else "",
            outcome=str(Outcome(outcome).label) if outcome else "",
        )

    def _list_url(self, item: InventoryItem, outcome: str, place: int) -> str:
        """The list on the page and at the line where the row stands."""
        asked = {"outcome": outcome, "page": str(place // SIZE + 1)}
        return f"{self.url()}?{urlencode(asked)}#i-{item.pk}"
