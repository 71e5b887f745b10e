"""The guide to disclosure: one draft at a time, published when it holds what Art. 12 asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongkai.catalog import policies
from gongkai.catalog.models import Guide
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.guide import check_guide, guide_items
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person, Role

BASIS = "《条例》第十二条"
LONGEST_ITEM = 20_000


@transaction.atomic
def save_guide(
    *, body: Body, content: Mapping[str, str], note: str, by: Person, now: datetime
) -> Guide:
    """Keep the draft of the next version; made when there is none. Unknown keys are dropped."""
    today = civil_day(now)
    policies.may_publish(by, body, today).require(BASIS)
    items = guide_items(in_force(today, region=body.region))
    texts = {item.key: str(content.get(item.key, "")).strip() for item in items}
    long = {
        item.key: f"“{item.label}”超过{LONGEST_ITEM}字，请精简。"
        for item in items
        if len(texts[item.key]) > LONGEST_ITEM
    }
    if long:
        raise Refusal("guide.too_long", " ".join(long.values()), BASIS, long)
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    guide = Guide.objects.filter(body=body, is_draft=True).first()
    if guide is None:
        last = Guide.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0
        guide = Guide(body=body, number=last + 1)
    guide.content, guide.note = texts, note.strip()
    guide.edited_by, guide.edited_at = by, now
    save_checked(guide, code="guide.not_valid")
    _write("guide.saved", guide, by)
    return guide


@transaction.atomic
def publish_guide(*, guide: Guide, by: Person, now: datetime) -> Guide:
    """Put the draft into force; refused while it lacks something the article names."""
    kept, today = Guide.objects.select_for_update(no_key=True).get(pk=guide.pk), civil_day(now)
    policies.may_publish(by, kept.body, today).require(BASIS)
    if not kept.is_draft:
        raise Refusal(
            "guide.not_draft", "这一版已经公布，不能再改。要修订，请另存新的草稿。", BASIS
        )
    law = in_force(today, region=kept.body.region)
    gaps = [gap for gap in check_guide(kept.content, law=law) if gap.blocking]
    if gaps:
        fields = {gap.key: gap.sentence for gap in gaps}
        raise Refusal("guide.incomplete", " ".join(fields.values()), BASIS, fields)
    kept.is_draft, kept.published_at = False, now
    kept.save(update_fields=["is_draft", "published_at"])
    _write("guide.published", kept, by)
    return kept


def _write(event: str, guide: Guide, by: Person) -> None:
    append(
        event=event,
        actor=orgs.actor(by, body=guide.body, role=Role.DISCLOSURE_OFFICE),
        subject=Subject("guide", guide.pk, guide.uuid),
        change=Change(basis=BASIS, reason=guide.note, data={"number": guide.number}),
    )
