"""The register of activities: enter, amend, strike out, add a paper to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongkai.assessment import activity_policies as policies
from gongkai.assessment.activities import ActivityText
from gongkai.assessment.models import Activity, ActivityFile, ActivityKind
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records import store

BASIS = "《条例》第四十六条、第四十七条"
MOST_FILES = 50
MOST_PEOPLE = 1_000_000


@transaction.atomic
def record_activity(
    *, body: Body, text: ActivityText, by: Person | None, now: datetime
) -> Activity:
    """Enter one activity; it cannot lie ahead."""
    policies.may_keep(by, body, civil_day(now)).require(BASIS)
    activity = Activity(body=body, recorded_by=by, recorded_at=now)
    _fill(activity, text, now)
    data = {"kind": ActivityKind(activity.kind).label, "held_on": activity.held_on.isoformat()}
    _write("activity.recorded", activity, by, now, data=data)
    return activity


@transaction.atomic
def amend_activity(
    *, activity: Activity, text: ActivityText, by: Person | None, now: datetime
) -> Activity:
    """Change what was entered; the journal keeps the names of the changed fields."""
    kept = _locked(activity, by, now)
    before = {f.name: getattr(kept, f.name) for f in fields(ActivityText)}
    _fill(kept, text, now)
    changed = [
        str(Activity._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name, value in before.items()
        if value != getattr(kept, name)
    ]
    if changed:
        _write("activity.amended", kept, by, now, data={"changed": "、".join(changed)})
    return kept


@transaction.atomic
def strike_activity(
    *, activity: Activity, reason: str, by: Person | None, now: datetime
) -> Activity:
    """Take an activity out of every count, with the reason; the row stays readable."""
    kept = _locked(activity, by, now)
    if not reason.strip():
        sentence = "请写明为什么划去，如“重复登记”。"
        raise Refusal("activity.no_reason", sentence, fields={"reason": sentence})
    kept.struck_at, kept.struck_reason = now, reason.strip()[:300]
    kept.save(update_fields=["struck_at", "struck_reason"])
    _write("activity.struck", kept, by, now, reason=kept.struck_reason)
    return kept


@transaction.atomic
def add_paper(
    *, activity: Activity, name: str, content: bytes, by: Person | None, now: datetime
) -> ActivityFile:
    """Keep minutes, a sign-in sheet or the leaflet with the activity."""
    kept = _locked(activity, by, now)
    plain = _plain(name)
    most = settings.GONGKAI_MAX_UPLOAD_BYTES
    if not content:
        raise _file_refusal("empty", f"“{plain}”是空文件，请重新选择文件。")
    if len(content) > most:
        raise _file_refusal("too_large", f"“{plain}”超过{most // 1024 // 1024}MB，请压缩后再上传。")
    if kept.files.count() >= MOST_FILES:
        raise _file_refusal("too_many", f"一项活动最多{MOST_FILES}份材料，请合并后再上传。")
    stored = store.keep(content, media_type="application/octet-stream", now=now)
    paper = ActivityFile(activity=kept, file=stored, name=plain, added_by=by, added_at=now)
    save_checked(paper, code="activity.file_twice")
    data = {"sha256": stored.sha256, "size": stored.size}
    _write("activity.file_added", kept, by, now, data=data)
    return paper


def _locked(activity: Activity, by: Person | None, now: datetime) -> Activity:
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    kept = rows.get(pk=activity.pk)
    policies.may_keep(by, kept.body, civil_day(now)).require(BASIS)
    if kept.struck_at is not None:
        raise Refusal("activity.struck", "这项活动已经划去，不能再改。需要时请重新登记。", BASIS)
    return kept


def _fill(activity: Activity, text: ActivityText, now: datetime) -> None:
    if text.held_on > civil_day(now):
        sentence = f"日期{text.held_on.isoformat()}还没有到。活动举行之后再登记。"
        raise Refusal("activity.future_day", sentence, fields={"held_on": sentence})
    for name in ("attendance", "copies"):
        if (getattr(text, name) or 0) > MOST_PEOPLE:
            sentence = f"最多填{MOST_PEOPLE}，请核对。"
            raise Refusal("activity.too_many", sentence, fields={name: sentence})
    for each in fields(ActivityText):
        value = getattr(text, each.name)
        setattr(activity, each.name, value.strip() if isinstance(value, str) else value)
    save_checked(activity, code="activity.not_valid")


def _plain(given: str) -> str:
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if c.isprintable()).strip()
    return clean[-200:] or "未命名文件"


def _file_refusal(code: str, sentence: str) -> Refusal:
    return Refusal(f"activity.file_{code}", sentence, fields={"file": sentence})


def _write(
    event: str,
    activity: Activity,
    by: Person | None,
    now: datetime,
    *,
    reason: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    held = orgs.roles_in(by, activity.body, civil_day(now)) if by else frozenset()
    role = next((r for r in policies.KEEPERS if r in held), "")
    append(
        event=event,
        actor=orgs.actor(by, body=activity.body, role=role),
        subject=Subject("activity", activity.pk, activity.uuid),
        change=Change(basis=BASIS, reason=reason, data=data or {}),
    )
