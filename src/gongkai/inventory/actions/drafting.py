"""Drafts made of what was read: what could be, its original, and a finding for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gongkai.inventory import typed
from gongkai.inventory.actions import joining
from gongkai.inventory.actions.repeats import possible_repeats
from gongkai.inventory.chunks import digest_of_texts
from gongkai.inventory.models import InventoryFile, InventoryItem, InventoryRun, Outcome
from gongkai.inventory.paper import Paper, finding_of, paper_of, rebased
from gongkai.inventory.places import Places, placed, places_of
from gongkai.inventory.site import host_of
from gongkai.inventory.validity_checks import validity_findings
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.records import actions as records
from gongkai.records.models import FilePurpose, Record
from gongkai.records.values import KeptFile, NewDraft
from gongkai.records.writing import clean_text
from gongkai.review import actions as review
from gongkai.review.fields import SCANNED
from gongkai.review.values import Noticed
from gongkai.text.damage import KINDS as DAMAGE
from gongkai.text.finding import Finding

# Findings of the damage scanner carry its name, so that scanning again meets and keeps them.
DAMAGE_SCANNER = "damage"
INTAKE = "intake"
FIELDS = (*SCANNED, "text")
REFUSALS_TAKEN = 4
NO_TITLE = "没有读出信息名称，请人工录入或改正来源后再导入。"
TOO_MANY = "这一条错误太多，没有录入，请人工录入。"


@dataclass(slots=True)
class Making:
    """A row on its way to a draft."""

    item: InventoryItem
    paper: Paper
    found: typed.Typed
    reading: Mapping[str, Any]
    record: Record | None = None
    attachments: Sequence[InventoryFile] = ()


def draft_all(
    run: InventoryRun, read: Sequence[tuple[InventoryItem, Mapping[str, Any]]], now: datetime
) -> None:
    """Make the drafts and set each item's end; the items are saved by the caller."""
    places = places_of(run.body)
    makings = []
    for item, reading in read:
        if "refusal" in reading:
            reject(item, str(reading["refusal"]), str(reading.get("cause", "")))
            item.title = "".join(filter(str.isprintable, str(reading.get("title", ""))))[:300]
            continue
        making = _making(item, reading, places, now)
        if making.found.values.get("title"):
            makings.append(making)
        else:
            reject(item, NO_TITLE)
    _lay_beside(run, makings)
    _draft(run, makings, now)
    made = [making for making in makings if making.record is not None]
    _note(made, now)
    for making in made:
        _end(making)
        joining.join(making.item.file, making.attachments)


def _lay_beside(run: InventoryRun, makings: Sequence[Making]) -> None:
    """What each page links to, found among the files of the run; what is missing is told."""
    pages = [making for making in makings if making.reading.get("links")]
    found = joining.beside(run, [(m.item, m.reading, m.paper) for m in pages]) if pages else []
    for making, beside in zip(pages, found, strict=True):
        making.attachments = beside.files
        making.found.findings += beside.findings


def reject(item: InventoryItem, sentence: str, cause: str = "") -> None:
    """The row is not taken in, and why; `cause` is one of `models.Cause` or empty."""
    item.outcome, item.record, item.finding_count = Outcome.REJECTED, None, 0
    item.reason, item.cause = sentence[:300], cause


def _making(
    item: InventoryItem, reading: Mapping[str, Any], places: Places, now: datetime
) -> Making:
    run = item.run
    paper = paper_of(reading["paper"])
    # Where it was published before: what the paper says, else what the run says.
    address = str(reading.get("address", ""))
    carried = paper.carried_from or run.platform or host_of(address) or run.label
    found = typed.typed(paper, carried_from=carried)
    found.values["source"] = {
        "run": str(run.uuid),
        "file": item.file.name,
        "row": item.row,
        "sha256": item.file.file.sha256,
        "written": dict(paper.written),
        "read": {name: text for name, text in paper.fields.items() if name != "text"},
        **({"address": address} if address else {}),
    }
    checked = validity_findings(paper.fields, paper.spans, civil_day(now))
    if checked:
        paper = replace(paper, findings=(*paper.findings, *checked))
    where = placed(paper, places)
    found.values |= where.values
    found.findings += where.findings
    if run.section is not None:
        found.values["section"] = run.section
    return Making(item, paper, found, reading)


def _draft(run: InventoryRun, makings: Sequence[Making], now: datetime) -> None:
    """Try; what the record refuses is left out, told as a finding, and the rest tried again."""
    waiting = list(makings)
    for _ in range(REFUSALS_TAKEN):
        if not waiting:
            return
        drafts = [NewDraft(m.found.values, _files(m)) for m in waiting]
        ends = records.draft_all(body=run.body, drafts=drafts, by=run.opened_by, now=now)
        again = []
        for making, end in zip(waiting, ends, strict=True):
            if isinstance(end, Record):
                making.record = end
            elif _leave_out(making, end):
                again.append(making)
            else:
                reject(making.item, end.sentence)
        waiting = again
    for making in waiting:
        reject(making.item, TOO_MANY)


def _leave_out(making: Making, refusal: Refusal) -> bool:
    """Take the refused values out, each told; False when there is nothing to take out."""
    values = making.found.values
    taken = [name for name in refusal.fields if name in values and name != "title"]
    for name in taken:
        sentence = refusal.fields[name]
        told = typed.refused(making.paper, name, values.pop(name), sentence)
        making.found.findings.append(told)
    if "first_published_on" in taken:
        values.pop("carried_from", None)
    return bool(taken)


def _files(making: Making) -> tuple[KeptFile, ...]:
    """The paper itself, never published, and what its page linked to. A row stays with its run."""
    item = making.item
    if item.row:
        return ()
    linked = [
        KeptFile(other.name, other.file, FilePurpose.ATTACHMENT) for other in making.attachments
    ]
    return (KeptFile(item.file.name, item.file.file), *linked)


def _note(made: Sequence[Making], now: datetime) -> None:
    """Findings of reading once, and what the scanners saw; those scan again that saw otherwise."""
    repeats = possible_repeats([m.record for m in made if m.record is not None])
    noticed: list[tuple[Record, Sequence[Noticed]]] = []
    again: list[Making] = []
    for making in made:
        assert making.record is not None
        texts = _texts(making)
        hits = [*rebased(making.paper, texts), *making.found.findings]
        if making.record.pk in repeats:
            hits.append(_told_repeat(making, repeats[making.record.pk]))
        mine = [_noticed(hit) for hit in hits]
        if digest_of_texts(texts) == making.reading["texts"]:
            seen = making.reading["findings"]
            mine += [_noticed(finding_of(hit), scanner=hit["scanner"]) for hit in seen]
        else:
            again.append(making)
        mine = list({_key(item): item for item in reversed(mine)}.values())[::-1]
        noticed.append((making.record, mine))
        making.item.finding_count = len(mine)
    review.note_all(noticed=noticed, now=now)
    for making in again:
        assert making.record is not None
        review.rescan(record=making.record, now=now)
        making.item.finding_count = making.record.findings.count()


def _texts(making: Making) -> dict[str, str]:
    """As `review.fields.texts_of`, without asking the database for what was just written."""
    texts = {name: str(getattr(making.record, name)) for name in SCANNED}
    texts["text"] = clean_text(making.found.values.get("text", ""))
    return {name: text for name, text in texts.items() if text}


def _told_repeat(making: Making, sentence: str) -> Finding:
    assert making.record is not None
    told = typed.not_read(making.paper, "title", making.record.title, sentence)
    return Finding(
        kind="possible_duplicate", start=told.start, end=told.end, evidence=told.evidence,
        severity="warning", reason=sentence, field=told.field,
    )  # fmt: skip


def _end(making: Making) -> None:
    item, record = making.item, making.record
    assert record is not None
    item.outcome, item.record = Outcome.RECORD, record
    item.title, item.created_on = record.title, record.created_on
    item.attribute = making.found.attribute


def _key(item: Noticed) -> tuple[str, str, str, int, str]:
    return (item.scanner, item.kind, item.field, item.start, item.evidence)


def _noticed(hit: Finding, *, scanner: str = "") -> Noticed:
    in_field = hit.kind in DAMAGE and hit.field in FIELDS
    return Noticed(
        scanner=scanner or (DAMAGE_SCANNER if in_field else INTAKE),
        kind=hit.kind,
        field=hit.field,
        start=hit.start,
        end=hit.end,
        evidence=hit.evidence,
        proposal=hit.proposal,
        severity=hit.severity,
        sentence=hit.reason,
        candidates=hit.candidates,
        target=hit.target,
    )
