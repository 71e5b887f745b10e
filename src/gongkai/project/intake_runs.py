"""``gongkai intake start|status|stop|resume``: big folders, carried out by the workers."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongkai.project import intake_report
from gongkai.project.command import Failure, Namespace, answer
from gongkai.project.lookup import now

if TYPE_CHECKING:
    from gongkai.inventory.models import InventoryRun
    from gongkai.orgs.models import Body

VERBS = ("start", "status", "stop", "resume", "report")
BATCH = 50


def start(args: Namespace, body: "Body", files: Iterable[tuple[str, Path]], label: str) -> int:
    """Keep the files, put the run in line. Broken off, the same command goes on with the rest."""
    from gongkai.inventory import actions
    from gongkai.inventory.models import InventoryRun
    from gongkai.inventory.values import NewInput, RunOrder

    begun = InventoryRun.objects.filter(body=body, label=label, state="open", opened_by=None)
    run = begun.order_by("id").last()
    if run is None:
        order = RunOrder(label=label, mapping=args.mapping, platform=args.platform)
        run = actions.open_run(body=body, order=order, by=None, now=now())
    source = iter(files)
    while batch := list(islice(source, BATCH)):
        there = run.files.filter(name__in=[name for name, _ in batch])
        known = set(there.values_list("name", flat=True))
        fresh = [NewInput(n, path=path) for n, path in batch if n not in known]
        if fresh:
            actions.add_files(run=run, files=fresh, by=None, now=now())
    return _in_line(args, run)


def run_verb(args: Namespace, verb: str, words: list[str]) -> int:
    """`status` of one run or of the newest; `stop`, `resume` and `report` of one."""
    from gongkai.inventory import actions
    from gongkai.inventory.models import InventoryRun

    if verb == "status" and not words:
        runs = list(InventoryRun.objects.select_related("body").order_by("-id")[:20])
        answer(args, {"runs": [_plain(run) for run in runs]}, [_line(run) for run in runs])
        return 0
    run = _named(words)
    if verb == "report":
        return intake_report.write(args, run)
    if verb == "stop":
        actions.stop(run=run, by=None, now=now())
    if verb == "resume":
        return _in_line(args, run)
    return _told(args, run)


def _in_line(args: Namespace, run: "InventoryRun") -> int:
    """Started, and its job enqueued with it: the workers do the rest."""
    from django.db import transaction

    from gongkai.inventory import actions, tasks

    with transaction.atomic():
        run.refresh_from_db()
        if run.state != "running":
            actions.start(run=run, by=None, now=now())
        tasks.work.enqueue(run.pk)
    return _told(args, run)


def _told(args: Namespace, run: "InventoryRun") -> int:
    run.refresh_from_db()
    answer(args, _plain(run), _lines(run))
    return 0


def _named(words: list[str]) -> "InventoryRun":
    from gongkai.inventory.models import InventoryRun

    try:
        found = InventoryRun.objects.filter(uuid=UUID(words[0])).first() if words else None
    except ValueError:
        found = None
    if found is None:
        raise Failure("没有这个清理批次，请用 gongkai intake status 查看各批次的编号。")
    return found


def _plain(run: "InventoryRun") -> dict[str, Any]:
    from gongkai.inventory import queries

    done, archives = queries.progress(run), queries.archives(run)
    return {
        "uuid": str(run.uuid),
        "label": run.label,
        "body": run.body.code,
        "state": run.state,
        "files": run.file_count,
        "unread_files": done.unread,
        "archives": archives.count,
        "unpacked_files": archives.unpacked,
        "left_out": archives.left_out,
        "attachments": run.attachment_count,
        "list_pages": run.list_count,
        "layout_files": run.dress_count,
        "total": done.total,
        **done.outcomes,
        "percent": done.percent,
        "rows_a_second": round(done.rate, 2),
        "seconds_left": done.seconds_left,
    }


def _line(run: "InventoryRun") -> str:
    plain = _plain(run)
    return f"{run.uuid}  {run.get_state_display()}  {plain['percent']}%  {run.label}"


def _lines(run: "InventoryRun") -> Iterator[str]:
    from gongkai.inventory import queries

    plain = _plain(run)
    yield _line(run)
    for found in (queries.archives(run), queries.site(run)):
        if found.sentence:
            yield found.sentence
    yield (
        f"{plain['files']} 个文件, {plain['unread_files']} 个还没有读; 共 {plain['total']} 条: "
        f"登记 {plain['record']}, 重复 {plain['duplicate']}, 未录入 {plain['rejected']}, "
        f"待清理 {plain['waiting']}"
    )
    if run.state == "running" and plain["seconds_left"] is not None:
        yield f"每秒约 {plain['rows_a_second']} 条, 还需约 {plain['seconds_left']} 秒"
