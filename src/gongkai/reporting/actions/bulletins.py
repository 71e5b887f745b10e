"""Bulletins: drafted from the figures, edited, counted again, issued and from then on unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person, Role
from gongkai.records.numbering import Grammar, allot
from gongkai.reporting import bulletin_policies as policies
from gongkai.reporting.bulletin_flow import BASIS, BULLETIN_FLOW
from gongkai.reporting.bulletins import Term, digest_of
from gongkai.reporting.models import Bulletin
from gongkai.reporting.progress.figures import figures_of
from gongkai.reporting.progress.wording import text_of, title_of

NUMBERS = Grammar("{year}年第{serial}期", restarts_yearly=True)
LONGEST_TEXT = 20_000


@transaction.atomic
def draft_bulletin(*, body: Body, term: Term, by: Person | None, now: datetime) -> Bulletin:
    """A draft with the figures of the period up to today, and a text made of them."""
    today = civil_day(now)
    policies.may_issue(by, body, today).require(BASIS)
    if term.period.first > today:
        raise Refusal("bulletin.not_begun", f"{term.label}还没有开始，到时再起草。", BASIS)
    bulletin = Bulletin(body=body, kind=term.kind, year=term.year, part=term.part)
    bulletin.first_on, bulletin.last_on = term.period.first, term.period.last
    bulletin.occasion, bulletin.title = term.occasion, title_of(body.name, term.label)
    _count(bulletin, term, now)
    bulletin.edited_by, bulletin.edited_at = by, now
    save_checked(bulletin, code="bulletin.not_valid")
    _write("bulletin.drafted", bulletin, by, {"title": bulletin.title})
    return bulletin


@transaction.atomic
def edit_bulletin(
    *, bulletin: Bulletin, words: Mapping[str, str], by: Person | None, now: datetime
) -> Bulletin:
    """Change `title`, `occasion` and `text` of a draft; its figures are counted, never typed."""
    kept = _locked(bulletin, "edit", by, now)
    for name in ("title", "occasion", "text"):
        setattr(kept, name, words.get(name, getattr(kept, name)).strip())
    if len(kept.text) > LONGEST_TEXT:
        sentence = f"正文最多{LONGEST_TEXT}字，现在有{len(kept.text)}字，请删减。"
        raise Refusal("bulletin.too_long", sentence, fields={"text": sentence})
    kept.edited_by, kept.edited_at = by, now
    save_checked(kept, code="bulletin.not_valid")
    _write("bulletin.edited", kept, by, {})
    return kept


@transaction.atomic
def recount_bulletin(*, bulletin: Bulletin, by: Person | None, now: datetime) -> Bulletin:
    """Take the figures of today and draft the text anew; what was typed into it is replaced."""
    kept = _locked(bulletin, "recount", by, now)
    _count(kept, Term(kept.kind, kept.year, kept.part), now)
    kept.edited_by, kept.edited_at = by, now
    save_checked(kept, code="bulletin.not_valid")
    _write("bulletin.recounted", kept, by, {"counted_on": kept.counted_on.isoformat()})
    return kept


@transaction.atomic
def issue_bulletin(*, bulletin: Bulletin, by: Person | None, now: datetime) -> Bulletin:
    """Number it and freeze text and figures under their digest. Refused when the figures moved."""
    kept = _locked(bulletin, "issue", by, now)
    today, term = civil_day(now), Term(kept.kind, kept.year, kept.part)
    present = figures_of(kept.body, term.period, today, calendar())
    if present != kept.figures:
        raise Refusal(
            "bulletin.moved",
            f"取数（{kept.counted_on.isoformat()}）之后数字有变化：{_moved(kept, present)}。"
            "请先“重新取数”，核对正文后再印发。",
            BASIS,
        )
    kept.state = BULLETIN_FLOW.step(kept.state, "issue").target
    subject = ("bulletin", kept.pk)
    kept.number = allot(
        NUMBERS, body=kept.body, kind="bulletin", year=today.year, subject=subject, now=now
    )
    kept.counted_on = today
    kept.issued_by, kept.issued_at = by, now
    kept.digest = digest_of(kept)
    save_checked(kept, code="bulletin.not_valid")
    _write("bulletin.issued", kept, by, {"number": kept.number, "digest": kept.digest})
    return kept


@transaction.atomic
def discard_bulletin(*, bulletin: Bulletin, by: Person | None, now: datetime) -> None:
    """Throw a draft away; an issued one is never thrown away."""
    kept = _locked(bulletin, "discard", by, now)
    _write("bulletin.discarded", kept, by, {"title": kept.title})
    kept.delete()


def _locked(bulletin: Bulletin, step: str, by: Person | None, now: datetime) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    kept = rows.get(pk=bulletin.pk)
    policies.may_issue(by, kept.body, civil_day(now)).require(BASIS)
    BULLETIN_FLOW.step(kept.state, step)
    return kept


def _count(bulletin: Bulletin, term: Term, now: datetime) -> None:
    today = civil_day(now)
    bulletin.figures = figures_of(bulletin.body, term.period, today, calendar())
    bulletin.counted_on = today
    bulletin.text = text_of(bulletin.body.name, term.label, bulletin.figures, today)


_LABELS = {
    "formed": "形成的信息",
    "published": "公开的信息",
    "received": "收到的申请",
    "answered": "答复的申请",
    "late_records": "超期未公开",
    "late_requests": "超期未答复",
}


def _moved(bulletin: Bulletin, present: Mapping[str, object]) -> str:
    """Which totals moved, from what to what; the finer ones are only named."""
    before, after = bulletin.figures.get("totals", {}), present["totals"]
    assert isinstance(after, dict)
    told = [
        f"{label}由{before.get(key)}变为{after[key]}"
        for key, label in _LABELS.items()
        if before.get(key) != after[key]
    ]
    return "，".join(told) or "分项数字有变动"


def _write(event: str, bulletin: Bulletin, by: Person | None, data: Mapping[str, object]) -> None:
    append(
        event=event,
        actor=orgs.actor(by, body=bulletin.body, role=Role.DISCLOSURE_OFFICE),
        subject=Subject("bulletin", bulletin.pk, bulletin.uuid),
        change=Change(basis=BASIS, data=data),
    )
