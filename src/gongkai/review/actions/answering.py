"""A person answers a finding: takes the proposal, writes his own words, or keeps the original."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.records.actions import edit
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record
from gongkai.records.writing import SECTION_CAPACITIES, capacity, locked, write_down
from gongkai.review import policies
from gongkai.review.fields import can_change, label_of, texts_of
from gongkai.review.models import Finding, FindingAnswer
from gongkai.review.targets import value_of
from gongkai.review.values import FindingReply


@transaction.atomic
def answer_finding(*, finding: Finding, answer: FindingReply, by: Person, now: datetime) -> Finding:
    """Answer one finding of a draft. Accepting and editing change that place and nothing else,
    or, where the finding is for a field (`target`), that field."""
    record, today = locked(finding.record), civil_day(now)
    row = Finding.objects.select_for_update(no_key=True).get(pk=finding.pk)
    policies.may_propose(by, record, today).require(policies.THREE_STEPS)
    RECORD_FLOW.step(record.state, "edit")
    if row.answer != FindingAnswer.OPEN:
        raise Refusal("finding.answered", "这一处已经答复过。要改，请直接修改正文。")
    words = _words(row, answer)
    if words is not None and row.target:
        edit(record=record, fields={row.target: value_of(row.target, words)}, by=by, now=now)
        _beside_target(row).delete()
    elif words is not None:
        _replace(record, row, words, by, now)
    row.answer = answer.answer
    row.answer_text = words or ""
    row.answer_reason = answer.reason.strip()[:300]
    row.answered_by, row.answered_at = by, now
    row.save()
    label = FindingAnswer(row.answer).label
    write_down(
        "record.finding_answered",
        record=record,
        by=by,
        role=capacity(by, record, today, SECTION_CAPACITIES),
        change=Change(
            from_state=FindingAnswer.OPEN,
            to_state=row.answer,
            reason=row.answer_reason,
            data={"finding": str(row.uuid), "kind": row.kind, "label": label},
        ),
    )
    return row


def _words(row: Finding, reply: FindingReply) -> str | None:
    """The words to put in; None when the original stays."""
    if reply.answer == FindingAnswer.ACCEPTED:
        if row.proposal is None or not can_change(row):
            raise Refusal(
                "finding.no_proposal", "这一处没有可采用的建议，请自己改写或说明理由保留。"
            )
        return row.proposal
    if reply.answer == FindingAnswer.EDITED:
        if not can_change(row):
            raise Refusal(
                "finding.no_place",
                "这一处不在可修改的栏目里。附件里的，请换上改好的文件；否则请说明理由后保留。",
            )
        return reply.text
    if reply.answer == FindingAnswer.KEPT:
        if not reply.reason.strip():
            sentence = "保留原文要写明理由，如“原件如此”“此号码为办公电话”。"
            raise Refusal("finding.no_reason", sentence, fields={"reason": sentence})
        return None
    raise Refusal("finding.no_answer", "请选择“采用建议”“改为”或“保留原文”。")


def _beside_target(row: Finding) -> QuerySet[Finding]:
    """What asked for the same field only because it was empty, or for the same words."""
    asked = Finding.objects.filter(
        record=row.record, target=row.target, answer=FindingAnswer.OPEN
    ).exclude(pk=row.pk)
    return asked.filter(Q(proposal=None) | Q(proposal=row.proposal, kind=row.kind))


def _replace(record: Record, row: Finding, words: str, by: Person, now: datetime) -> None:
    text = texts_of(record).get(row.field, "")
    if text[row.start : row.end] != row.evidence:
        raise Refusal(
            "finding.moved",
            f"{label_of(row.field)}已经改动，这一处不在原来的位置了。"
            "请刷新页面，重新扫描后再答复。",
        )
    changed = text[: row.start] + words + text[row.end :]
    edit(record=record, fields={row.field: changed}, by=by, now=now)
    inside, around = list(_inside(row)), list(_around(row))
    shift = len(words) - (row.end - row.start)
    later = Finding.objects.filter(record=record, field=row.field, start__gte=row.end)
    for other in later.exclude(pk=row.pk):
        other.start += shift
        other.end += shift
        other.save(update_fields=["start", "end"])
    _settle(inside, row, words)
    for other in around:
        other.end += shift
        other.evidence = changed[other.start : other.end]
        other.save(update_fields=["end", "evidence"])
    row.end = row.start + len(words)


def _inside(row: Finding) -> QuerySet[Finding]:
    """The open findings that stand wholly within the one answered."""
    within = _beside(row).filter(start__gte=row.start, end__lte=row.end, end__gt=row.start)
    return within.exclude(pk__in=_around(row))


def _around(row: Finding) -> QuerySet[Finding]:
    """The open ones that hold all of it and more, or say something else of the same words."""
    wider = Q(start__lt=row.start, end__gte=row.end) | Q(start=row.start, end__gt=row.end)
    alike = Q(start=row.start, end=row.end) & ~Q(kind=row.kind)
    return _beside(row).filter(wider | alike)


def _beside(row: Finding) -> QuerySet[Finding]:
    same = Finding.objects.filter(record=row.record, field=row.field, answer=FindingAnswer.OPEN)
    return same.exclude(pk=row.pk)


def _settle(inside: list[Finding], row: Finding, words: str) -> None:
    """Findings inside the stretch that was replaced: moved with their words, or gone.

    A passage turned into simplified characters as a whole has no readings left to answer.
    """
    for other in inside:
        at = words.find(other.evidence) if other.evidence else -1
        if at < 0:
            other.delete()
            continue
        other.start = row.start + at
        other.end = other.start + len(other.evidence)
        other.save(update_fields=["start", "end"])
