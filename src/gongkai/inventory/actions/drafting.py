"""A draft made of one paper: what could be read, its original, and a finding for the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongkai.inventory import typed
from gongkai.inventory.models import InventoryItem, Outcome
from gongkai.inventory.paper import Paper, rebased, row_bytes
from gongkai.inventory.places import placed
from gongkai.kit.refusal import Refusal
from gongkai.records import actions as records
from gongkai.records import store
from gongkai.records.models import FilePurpose, Record
from gongkai.records.values import NewFile
from gongkai.review import actions as review
from gongkai.review.fields import SCANNED, texts_of
from gongkai.review.values import Noticed
from gongkai.text.damage import KINDS as DAMAGE
from gongkai.text.finding import Finding

# Findings of the damage scanner carry its name, so that scanning again meets and keeps them.
DAMAGE_SCANNER = "damage"
INTAKE = "intake"
FIELDS = (*SCANNED, "text")
REFUSALS_TAKEN = 4


def draft_of(item: InventoryItem, paper: Paper, now: datetime) -> Record:
    """Make the draft and set the item's end. Raises `Refusal` when not even a title can be kept."""
    found = typed.typed(paper, carried_from=_platform(item, paper))
    if not found.values.get("title"):
        raise Refusal("inventory.no_title", "没有读出信息名称，请人工录入或改正来源后再导入。")
    found.values["source"] = {
        "run": str(item.run.uuid),
        "file": item.file.name,
        "row": item.row,
        "sha256": item.file.file.sha256,
        "read": {name: text for name, text in paper.fields.items() if name != "text"},
    }
    where = placed(paper, item.run.body)
    found.values |= where.values
    found.findings += where.findings
    if item.run.section is not None:
        found.values["section"] = item.run.section
    record = _draft(item, paper, found, now)
    _keep_original(item, record, now)
    _note(record, paper, [*found.findings, *_possible_repeats(record, paper)], now)
    item.outcome, item.record = Outcome.RECORD, record
    item.title, item.created_on = record.title, record.created_on
    item.attribute = found.attribute
    item.finding_count = record.findings.count()
    return record


def _platform(item: InventoryItem, paper: Paper) -> str:
    """Where it was published before: what the paper says, else what the run says."""
    return paper.carried_from or item.run.platform or item.run.label


def _draft(item: InventoryItem, paper: Paper, found: typed.Typed, now: datetime) -> Record:
    """Try; what the record refuses is left out, told as a finding, and the rest tried again."""
    for _ in range(REFUSALS_TAKEN):
        try:
            with transaction.atomic():
                return records.draft(
                    body=item.run.body, fields=found.values, by=item.run.opened_by, now=now
                )
        except Refusal as refusal:
            taken = [name for name in refusal.fields if name in found.values and name != "title"]
            if not taken:
                raise
            for name in taken:
                value = found.values.pop(name)
                sentence = refusal.fields[name]
                found.findings.append(typed.refused(paper, name, value, sentence))
            if "first_published_on" in taken:
                found.values.pop("carried_from", None)
    raise Refusal("inventory.too_many_faults", "这一条错误太多，没有录入，请人工录入。")


def _keep_original(item: InventoryItem, record: Record, now: datetime) -> None:
    name = item.file.name.rsplit("/", 1)[-1]
    if item.row:
        file = NewFile(
            f"{name}第{item.row}行.json", row_bytes(item.raw), "application/json",
            FilePurpose.SOURCE,
        )  # fmt: skip
    else:
        content = store.read(item.file.file)
        file = NewFile(name, content, "application/octet-stream", FilePurpose.SOURCE)
    records.attach(record=record, file=file, by=item.run.opened_by, now=now)


def _note(record: Record, paper: Paper, more: list[Finding], now: datetime) -> None:
    """Findings of reading and of damage once, then whatever else the scanners see."""
    hits = [*rebased(paper, texts_of(record)), *more]
    review.note_findings(record=record, findings=[_noticed(hit) for hit in hits], now=now)
    review.rescan(record=record, now=now)


def _noticed(hit: Finding) -> Noticed:
    in_field = hit.kind in DAMAGE and hit.field in FIELDS
    return Noticed(
        scanner=DAMAGE_SCANNER if in_field else INTAKE,
        kind=hit.kind,
        field=hit.field,
        start=hit.start,
        end=hit.end,
        evidence=hit.evidence,
        proposal=hit.proposal,
        severity=hit.severity,
        sentence=hit.reason,
        candidates=hit.candidates,
    )


def _possible_repeats(record: Record, paper: Paper) -> list[Finding]:
    """Another record of the body with the same title that nothing else tells apart."""
    same = Record.objects.filter(body=record.body, title=record.title).exclude(pk=record.pk)
    for name in ("document_number", "created_on", "first_published_on"):
        mine = getattr(record, name)
        if mine:
            empty = Q(**{name: ""}) if name == "document_number" else Q(**{f"{name}__isnull": True})
            same = same.filter(Q(**{name: mine}) | empty)
    other = same.order_by("id").first()
    if other is None:
        return []
    which = other.index_number or other.document_number or f"{other.created_on or '无日期'}"
    sentence = f"与已登记的《{other.title[:60]}》（{which}）同名，请核对是否重复录入。"
    found = typed.not_read(paper, "title", record.title, sentence)
    return [replace(found, kind="possible_duplicate", severity="warning")]
