"""Runs opened, filled with files, started, stopped, finished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from gongkai.inventory import policies, queries, sources
from gongkai.inventory.actions.counting import count_rows, recount
from gongkai.inventory.actions.writing import locked, write_down
from gongkai.inventory.filenames import clean_name, kind_of
from gongkai.inventory.flow import BASIS, RUN_FLOW
from gongkai.inventory.models import FileKind, InventoryFile, InventoryRun
from gongkai.inventory.site import key_of
from gongkai.inventory.values import LARGEST_FILE, NewInput, RunOrder, RunScope
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records import store
from gongkai.records.models import StoredFile

KEPT_AS = "application/octet-stream"


@transaction.atomic
def open_run(*, body: Body, order: RunOrder, by: Person | None, now: datetime) -> InventoryRun:
    """Register a clean-up; files are added next, then it is started."""
    policies.may_run(by, body, order.section, civil_day(now)).require(BASIS)
    _refuse_foreign(body, order)
    if order.mapping:
        sources.named(order.mapping)
    run = InventoryRun(
        body=body,
        section=order.section,
        label=order.label.strip() or f"{civil_day(now).isoformat()}信息清理",
        mapping=order.mapping,
        platform=order.platform.strip(),
        covers_from_on=order.scope.from_on,
        covers_through_on=order.scope.through_on,
        source_words=order.scope.source_words.strip(),
        opened_at=now,
        opened_by=by,
    )
    save_checked(run, code="inventory.not_valid")
    run.covers_sections.set(order.scope.sections)
    data = {"label": run.label, "mapping": run.mapping, **_scope_data(order.scope)}
    change = Change(to_state=run.state, data=data)
    write_down("inventory.opened", run=run, by=by, change=change)
    return run


def _refuse_foreign(body: Body, order: RunOrder) -> None:
    """Sections of another body, and days the wrong way round."""
    named = {"section": (order.section,), "covers_sections": order.scope.sections}
    for name, sections in named.items():
        for section in sections:
            if section is not None and section.body_id != body.pk:
                sentence = f"{section.name}不是{body.name}的科室，请重新选择科室。"
                raise Refusal("inventory.foreign_section", sentence, fields={name: sentence})
    first, last = order.scope.from_on, order.scope.through_on
    if first and last and last < first:
        sentence = "清理时段的止日早于起日，请核对这两个日期。"
        raise Refusal("inventory.scope_days", sentence, fields={"covers_through_on": sentence})


def _scope_data(scope: RunScope) -> dict[str, object]:
    return {
        "from_on": scope.from_on,
        "through_on": scope.through_on,
        "sections": [section.code for section in scope.sections],
    }


@transaction.atomic
def add_files(
    *, run: InventoryRun, files: Iterable[NewInput], by: Person | None, now: datetime
) -> list[InventoryFile]:
    """Keep files for the run as they came. The same bytes may come again: they are counted so."""
    kept = locked(run)
    policies.may_run(by, kept.body, kept.section, civil_day(now)).require(BASIS)
    RUN_FLOW.step(kept.state, "add_file")
    last = kept.files.aggregate(last=Max("ordinal"))["last"]
    ordinal = 0 if last is None else last + 1
    rows: list[InventoryFile] = []
    for file in files:
        name = clean_name(file.name)
        kind = kind_of(name)
        _refuse_large(name, kind, file)
        stored = _stored(file, now)
        place = ordinal + len(rows)
        rows.append(
            InventoryFile(
                run=kept, name=name, key=key_of(name), file=stored, ordinal=place, kind=kind
            )
        )
    made = InventoryFile.objects.bulk_create(rows)
    count_rows(kept.pk, file_count=len(made))
    data = {"count": len(made), "bytes": sum(row.file.size for row in made)}
    write_down("inventory.files_added", run=kept, by=by, change=Change(data=data))
    return made


def _refuse_large(name: str, kind: str, file: NewInput) -> None:
    """An archive that lies on disk may be as large as what it may unpack to."""
    is_large = kind in (FileKind.ARCHIVE, FileKind.PARCEL) and file.path is not None
    most = settings.GONGKAI_ARCHIVE_MB * 2**20 if is_large else LARGEST_FILE
    if file.size > most:
        mb = most // 2**20
        raise Refusal("inventory.too_large", f"“{name}”超过{mb}MB。请分成几个文件再导入。")


def _stored(file: NewInput, now: datetime) -> StoredFile:
    """Kept as it is; one that lies on disk is not held whole."""
    if file.path is None:
        return store.keep(file.content, media_type=KEPT_AS, now=now)
    sha256 = store.put(file.path)
    return store.keep_rows([sha256], media_type=KEPT_AS, now=now)[sha256]


@transaction.atomic
def start(*, run: InventoryRun, by: Person | None, now: datetime) -> InventoryRun:
    """Begin, or go on after a stop. Whoever carries it out calls `work` until nothing is left."""
    kept = locked(run)
    policies.may_run(by, kept.body, kept.section, civil_day(now)).require(BASIS)
    step = RUN_FLOW.step(kept.state, "start")
    if not kept.files.exists():
        raise Refusal("inventory.no_files", "还没有文件，请先添加要清理的文件或文件夹。")
    kept.paced_at, kept.paced_done, kept.rate = now, kept.done_count, 0
    kept.save(update_fields=["paced_at", "paced_done", "rate"])
    return _move(kept, step.target, "inventory.started", by, started_at=kept.started_at or now)


@transaction.atomic
def stop(*, run: InventoryRun, by: Person | None, now: datetime) -> InventoryRun:
    """Pause after the chunk under way; what is done stays done."""
    kept = locked(run)
    policies.may_run(by, kept.body, kept.section, civil_day(now)).require(BASIS)
    return _move(kept, RUN_FLOW.step(kept.state, "stop").target, "inventory.stopped", by)


def finish(*, run: InventoryRun, by: Person | None, now: datetime) -> InventoryRun:
    """Close a run whose every row has its end. Part of `work`."""
    target = RUN_FLOW.step(run.state, "finish").target
    done = queries.progress(recount(run))
    if done.percent < 100 or run.files.filter(opened_at__isnull=True, page=None).exists():
        raise Refusal("inventory.not_done", "还有条目没有清理完，不能结束。")
    data = {"total": done.total, **done.outcomes}
    return _move(run, target, "inventory.finished", by, data=data, finished_at=now)


def _move(
    run: InventoryRun,
    target: str,
    event: str,
    by: Person | None,
    *,
    data: dict[str, int] | None = None,
    **moments: datetime,
) -> InventoryRun:
    before, run.state = run.state, target
    for name, moment in moments.items():
        setattr(run, name, moment)
    run.save(update_fields=["state", *moments])
    change = Change(from_state=before, to_state=target, basis=BASIS, data=data or {})
    write_down(event, run=run, by=by, change=change)
    return run
