"""The long lists of the report: each row listed, read as a stream, none held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gongkai.inventory.kinds import label_of
from gongkai.inventory.models import InventoryItem, InventoryRun, Outcome
from gongkai.inventory.report.content import findings_of, moment
from gongkai.records.choices import RecordState
from gongkai.review.fields import label_of as field_label
from gongkai.review.models import Finding, FindingAnswer, Severity
from gongkai.text.damage import KINDS as DAMAGE

Cell = str | int
CHUNK = 1000
NO_TITLE = "（没有名称）"
# A report goes through many hands. What a finding points at is repeated in it only for these
# kinds; of all others (signs of people, of secrets, whatever a scanner brings) it is not.
REPEATED = frozenset({
    *DAMAGE, "cut_title", "spread_title", "dates_disagree", "document_number",
    "document_number_form", "unfilled_document_number", "foreign_name", "disclosure_mark",
    "foreign_host", "spam_word",
})  # fmt: skip
NOT_REPEATED = "（不在报告中列出）"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the report: its name, headings, widths (shares of the page) and rows."""

    name: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    count: int
    rows: Callable[[], Iterable[tuple[Cell, ...]]]


def records(run: InventoryRun) -> Listing:
    """Rows that became records."""
    heads = (
        "来源文件", "行", "信息名称", "文号", "科室", "信息分类", "公开属性", "生成日期", "索引号",
        "状态", "核查发现",
    )  # fmt: skip
    widths = (16, 6, 28, 14, 10, 10, 8, 9, 14, 6, 6)
    return Listing("登记", heads, widths, run.record_count, lambda: _records(run))


def repeats(run: InventoryRun) -> Listing:
    """Rows that repeat another one, and which."""
    heads = ("来源文件", "行", "信息名称", "重复的是", "索引号", "所在批次", "其文件", "其行")
    widths = (18, 7, 22, 22, 14, 12, 18, 7)
    return Listing("重复", heads, widths, run.duplicate_count, lambda: _repeats(run))


def rejects(run: InventoryRun) -> Listing:
    """Rows that were not taken in, and why."""
    heads, widths = ("来源文件", "行", "信息名称", "原因"), (22, 6, 24, 48)
    return Listing("未录入", heads, widths, run.rejected_count, lambda: _rejects(run))


def findings(run: InventoryRun) -> Listing:
    """What was noticed in the records of the run, and what was answered."""
    heads = (
        "信息名称", "类别", "程度", "位置", "原文", "建议", "说明", "答复", "改为", "理由",
        "答复人", "答复时间",
    )  # fmt: skip
    found = Finding.objects.filter(findings_of(run))
    return Listing("核查发现", heads, (1,) * 12, found.count(), lambda: _findings(found))


def _ended(run: InventoryRun, outcome: Outcome) -> QuerySet[InventoryItem]:
    return run.items.filter(outcome=outcome).order_by("id")


def _streamed(rows: QuerySet[Any], *names: str) -> Iterator[tuple[Any, ...]]:
    return rows.values_list(*names).iterator(chunk_size=CHUNK)


def _records(run: InventoryRun) -> Iterator[tuple[Cell, ...]]:
    attributes = dict(InventoryItem._meta.get_field("counted_attribute").flatchoices)
    states = dict(RecordState.choices)
    rows = _streamed(
        _ended(run, Outcome.RECORD), "file__name", "row", "record__title",
        "record__document_number", "counted_section__name", "counted_class__name",
        "counted_attribute", "counted_on", "record__index_number", "record__state",
        "finding_count",
    )  # fmt: skip
    for file, row, title, number, section, class_name, attribute, day, index, state, found in rows:
        yield (
            file, row or "", title, number, section or "未定科室", class_name or "未归类",
            attributes.get(attribute, ""), day.isoformat() if day else "", index,
            str(states.get(state, state)), found,
        )  # fmt: skip


def _repeats(run: InventoryRun) -> Iterator[tuple[Cell, ...]]:
    first = "duplicate_of__"
    rows = _streamed(
        _ended(run, Outcome.DUPLICATE), "file__name", "row", "title", f"{first}record__title",
        f"{first}title", f"{first}record__index_number", f"{first}run__label",
        f"{first}file__name", f"{first}row",
    )  # fmt: skip
    for file, row, title, other, read, index, label, its_file, its_row in rows:
        named = other or read or NO_TITLE
        where = (label if label != run.label else "本批", its_file, its_row or "")
        yield file, row or "", title or NO_TITLE, named, index or "", *where


def _rejects(run: InventoryRun) -> Iterator[tuple[Cell, ...]]:
    rows = _streamed(_ended(run, Outcome.REJECTED), "file__name", "row", "title", "reason")
    for file, row, title, reason in rows:
        yield file, row or "", title or NO_TITLE, reason


def _findings(found: QuerySet[Finding]) -> Iterator[tuple[Cell, ...]]:
    answers, severities = dict(FindingAnswer.choices), dict(Severity.choices)
    rows = _streamed(
        found.order_by("record_id", "id"), "record__title", "kind", "severity", "field", "evidence",
        "proposal", "sentence", "answer", "answer_text", "answer_reason", "answered_by__name",
        "answered_at",
    )  # fmt: skip
    for (
        title,
        kind,
        severity,
        field,
        evidence,
        proposal,
        sentence,
        answer,
        text,
        reason,
        who,
        at,
    ) in rows:
        quiet = kind not in REPEATED
        told = sentence.replace(evidence, "…") if quiet and evidence else sentence
        yield (
            title, label_of(kind), str(severities[severity]), field_label(field),
            NOT_REPEATED if quiet and evidence else evidence,
            "" if quiet or proposal is None else proposal or "（删去）",
            told, str(answers[answer]), "" if quiet else text, reason, who or "",
            moment(at) if at else "",
        )  # fmt: skip
