"""The report as plain values: facts, the sentence, the sum that proves it, tables of counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.timezone import localtime

from gongkai.inventory import queries, tally
from gongkai.inventory.board import Board, Line, board_of
from gongkai.inventory.kinds import label_of
from gongkai.inventory.models import InventoryRun, Outcome
from gongkai.journal import events
from gongkai.journal import queries as journal
from gongkai.kit.dates import civil_day
from gongkai.review.models import Finding, FindingAnswer, Severity

# Reasons that differ only in what they quote are one; so many are told apart.
MOST_REASONS = 30
MOST_STEPS = 60
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）|\d+")


Row = tuple[str | int, ...]


class Fact(NamedTuple):
    """One line of the head."""

    label: str
    text: str


class Table(NamedTuple):
    """A table of counts; the first cell of a row is its name."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All but the long lists."""

    run: InventoryRun
    title: str
    body: str
    made_at: datetime
    facts: tuple[Fact, ...]
    sentence: str
    proof: str
    broken: tuple[str, ...]
    tables: tuple[Table, ...]
    steps: tuple[Fact, ...]
    outcomes: dict[str, int]

    @property
    def file_name(self) -> str:
        """What its file is called, without a suffix."""
        return re.sub(r'[\\/:*?"<>|\s]+', " ", self.title).strip()[:80]


def made(run: InventoryRun, *, by: str, now: datetime) -> Report:
    """The report of a run as it stands; `by` names who asked for it, empty for the console."""
    counts = queries.figures(run.body, runs=[run], bounds=queries.scope_bounds(run))
    board = board_of(counts, run.body)
    until = civil_day(run.finished_at or now)
    tables = [_counts("按信息分类", "信息分类", board.classes, board), _by_section(board)]
    if board.periods:
        tables.append(_counts("按生成日期", "时段", board.periods, board))
    tables += [_reasons(run), _findings(run)]
    return Report(
        run=run,
        title=f"信息清理报告：{run.label}",
        body=run.body.name,
        made_at=now,
        facts=tuple(_facts(run, by, now)),
        sentence=tally.sentence(counts, until),
        proof=counts.proof(),
        broken=tuple(counts.broken()),
        tables=tuple(table for table in tables if table.rows),
        steps=tuple(_steps(run)),
        outcomes={o: counts.outcomes[o] for o in tally.OUTCOMES},
    )


def _facts(run: InventoryRun, by: str, now: datetime) -> Iterable[Fact]:
    scope = queries.scope(run)
    progress = queries.progress(run)
    files = f"{run.file_count}个" + (f"（{progress.unread}个还没有读）" if progress.unread else "")
    opened_by = run.opened_by.name if run.opened_by else "运维人员（命令行）"
    yield from (Fact("机关", run.body.name), Fact("批次编号", str(run.uuid)))
    yield Fact("清理时段", scope.period or "建立以来")
    yield Fact(
        "涉及科室", "、".join(scope.sections) or (run.section.name if run.section else "全机关")
    )
    yield Fact(
        "资料来源", "；".join(filter(None, (scope.source_words, run.platform))) or "没有写明"
    )
    yield Fact("文件", files)
    if said := queries.archives(run).sentence:
        yield Fact("压缩包", said)
    if said := queries.site(run).sentence:
        yield Fact("网站副本", said.removeprefix("网站副本："))
    yield Fact("状态", run.get_state_display())
    yield Fact("登记", f"{moment(run.opened_at)} {opened_by}")
    if run.started_at:
        yield Fact("开始", moment(run.started_at))
    if run.finished_at:
        yield Fact("完成", moment(run.finished_at))
    yield Fact("本报告生成", f"{moment(now)} {by or '运维人员（命令行）'}")


def moment(at: datetime) -> str:
    """2008-03-01 09:30, in China."""
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _counts(name: str, head: str, lines: Iterable[Line], board: Board) -> Table:
    heads = (head, *board.attributes, "合计")
    rows: list[Row] = [(f"　{x.label}" if x.is_sub else x.label, *x.counts, x.total) for x in lines]
    return Table(name, heads, (*rows, ("合计", *board.sums.counts, board.sums.total)))


def _by_section(board: Board) -> Table:
    return _counts("按负责的科室", "科室", board.sections, board)


def _reasons(run: InventoryRun) -> Table:
    """Why rows were not taken in. What a reason quotes is left out, so that like is with like."""
    rows = run.items.filter(outcome=Outcome.REJECTED).order_by().values_list("reason")
    grouped: Counter[str] = Counter()
    for reason, n in rows.annotate(n=Count("id")).iterator(chunk_size=1000):
        grouped[_QUOTED.sub("…", reason)] += n
    common = grouped.most_common(MOST_REASONS)
    rest = grouped.total() - sum(n for _, n in common)
    told = [*common, ("其他原因", rest)] if rest else common
    sums = [("合计", grouped.total())] if told else []
    return Table("未录入的原因", ("原因", "条数"), (*told, *sums))


def findings_of(run: InventoryRun) -> Q:
    """The findings of the records that the run took in."""
    return Q(record__inventory_items__run=run, record__inventory_items__outcome=Outcome.RECORD)


def _findings(run: InventoryRun) -> Table:
    """By kind: how many wait for an answer, how many were answered and how."""
    found = Finding.objects.filter(findings_of(run)).exclude(severity=Severity.INFO).order_by()
    counted: dict[str, Counter[str]] = {}
    for kind, answer, n in found.values_list("kind", "answer").annotate(n=Count("id")):
        counted.setdefault(kind, Counter())[answer] += n
    order = sorted(counted, key=lambda kind: (-counted[kind].total(), kind))
    counts = [[counted[k].total(), *(counted[k][a] for a in FindingAnswer.values)] for k in order]
    rows: list[Row] = [(label_of(kind), *row) for kind, row in zip(order, counts, strict=True)]
    sums: Row = ("合计", *map(sum, zip(*counts, strict=True)))
    heads = ("类别", "共", *(str(label) for label in FindingAnswer.labels))
    return Table("核查发现", heads, (*rows, sums) if rows else ())


def _steps(run: InventoryRun) -> Iterable[Fact]:
    """Who did what when, from the journal; the last ones if they are many."""
    entries = journal.of_subject("inventory_run", run.pk).order_by("-seq")[:MOST_STEPS]
    for entry in reversed(entries):
        yield Fact(moment(entry.at), events.sentence(entry))
