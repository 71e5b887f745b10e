"""Reads of clean-up runs: progress, counts by attribute, class and period, the items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from gongkai.inventory import reading
from gongkai.inventory.counted import figures, of_classes
from gongkai.inventory.models import InventoryFile, InventoryItem, InventoryRun, Outcome, Unpacking
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person
from gongkai.records.models import FilePurpose
from gongkai.records.policies import READING_ROLES

__all__ = [
    "Archives",
    "Progress",
    "Scope",
    "Site",
    "archives",
    "attachments",
    "beside",
    "figures",
    "items",
    "listed",
    "of_classes",
    "old_address",
    "progress",
    "scope",
    "scope_bounds",
    "site",
    "taken_before",
    "unread_tables",
    "visible_to",
]


def visible_to(person: Person, today: date) -> QuerySet[InventoryRun]:
    """Runs of the bodies where the person works or which he supervises."""
    bodies = {g.body_id for g in orgs.grants_of(person, today) if g.role in READING_ROLES}
    bodies |= {body.pk for body in orgs.supervised_bodies(person, today)}
    return InventoryRun.objects.filter(body_id__in=bodies).select_related("body", "section")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `unread` files have not been opened, so `total` may still grow.

    `rate` is rows a second as they went lately, 0 when nothing is known of it.
    """

    total: int
    done: int
    unread: int
    outcomes: dict[str, int]
    rate: float = 0.0

    @property
    def percent(self) -> int:
        """Whole percent of the rows known so far; 100 only when nothing is left."""
        if self.unread or self.done < self.total:
            return min(99, self.done * 100 // self.total) if self.total else 0
        return 100

    @property
    def seconds_left(self) -> int | None:
        """How long the rows known so far will take; None when nobody can tell."""
        if self.unread or self.rate <= 0 or self.done >= self.total:
            return None
        return round((self.total - self.done) / self.rate)


def progress(run: InventoryRun) -> Progress:
    """From the counts kept with the run: no query, whatever its size."""
    ends = {
        "record": run.record_count,
        "duplicate": run.duplicate_count,
        "rejected": run.rejected_count,
    }
    done = sum(ends.values())
    outcomes = {**ends, "waiting": max(run.row_count - done, 0)}
    unread = max(run.file_count - run.opened_count - run.attachment_count, 0)
    return Progress(run.row_count, done, unread, outcomes, run.rate)


@dataclass(frozen=True, slots=True)
class Archives:
    """What came out of the archives of a run; `at` is the one being unpacked, `percent` of it."""

    count: int
    unpacked: int
    left_out: int
    at: str = ""
    percent: int = 0

    @property
    def sentence(self) -> str:
        """In words; empty where there was no archive."""
        if not self.count:
            return ""
        rest = f"，略去文件夹和系统文件{self.left_out}个" if self.left_out else ""
        now = f"；正在展开“{self.at}”（{self.percent}%）" if self.at else ""
        return f"展开了{self.count}个压缩包，取出{self.unpacked}个文件{rest}{now}。"


def archives(run: InventoryRun) -> Archives:
    """From the counts kept with the run; one query while it works, for the one at hand."""
    done = (run.archive_count, run.unpacked_count, run.left_out_count)
    if run.state == "finished" or not run.archive_count:
        return Archives(*done)
    rows = Unpacking.objects.filter(file__run=run, file__opened_at__isnull=True)
    row = rows.select_related("file").order_by("file_id").first()
    if row is None:
        return Archives(*done)
    return Archives(*done, row.file.name, row.done * 100 // max(row.places, 1))


@dataclass(frozen=True, slots=True)
class Site:
    """What was found of a copied site in a run: list pages, attachments, files of the layout."""

    lists: int
    attachments: int
    dress: int

    @property
    def sentence(self) -> str:
        """In words; empty where there was no such thing."""
        parts = [
            f"列表页{self.lists}个，不是信息，计入未录入" if self.lists else "",
            f"附件{self.attachments}个，随网页登记，不另计条数" if self.attachments else "",
            f"样式、脚本和版面图片{self.dress}个，不是信息，不计条数" if self.dress else "",
        ]
        said = "；".join(filter(None, parts))
        return f"网站副本：{said}。" if said else ""


def site(run: InventoryRun) -> Site:
    """From the counts kept with the run."""
    return Site(run.list_count, run.attachment_count, run.dress_count)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run covers, in words; empty where nothing was set."""

    period: str
    sections: tuple[str, ...]
    source_words: str

    @property
    def is_set(self) -> bool:
        """Whether anything was said of the scope."""
        return bool(self.period or self.sections or self.source_words)


def scope(run: InventoryRun) -> Scope:
    """One query, for the names of the sections."""
    first, last = run.covers_from_on, run.covers_through_on
    period = f"{first or '建立以来'} 至 {last or '今'}" if first or last else ""
    names = run.covers_sections.order_by("id").values_list("name", flat=True)
    return Scope(period, tuple(names), run.source_words)


def scope_bounds(run: InventoryRun) -> tuple[date, ...]:
    """The days that part what lies before, within and behind the run's scope, for `figures`."""
    after = run.covers_through_on + timedelta(days=1) if run.covers_through_on else None
    return tuple(day for day in (run.covers_from_on, after) if day is not None)


def unread_tables(run: InventoryRun) -> QuerySet[InventoryFile]:
    """Files that hold rows and have not been opened, in their order."""
    is_table = reduce(or_, (Q(name__iendswith=suffix) for suffix in sorted(reading.TABLES)))
    rows = run.files.filter(is_table, opened_at__isnull=True, page__isnull=True)
    return rows.select_related("file", "run__body").order_by("ordinal")


def attachments(item: InventoryItem) -> list[str]:
    """Names of the files that came with the row's page and stand beside its draft."""
    if item.record is None:
        return []
    files = item.record.files.filter(purpose=FilePurpose.ATTACHMENT)
    return list(files.order_by("ordinal", "id").values_list("name", flat=True))


def old_address(item: InventoryItem) -> str:
    """Where the page stood, as it said itself or its folder did; "" when nothing is known."""
    source = item.record.source if item.record is not None else {}
    return str(source.get("address", "")) if isinstance(source, dict) else ""


def taken_before(body: Body, digests: Iterable[str]) -> set[str]:
    """Those of the digests whose content the body has taken in already."""
    rows = InventoryItem.objects.filter(body=body, digest__in=list(digests), outcome=Outcome.RECORD)
    return set(rows.values_list("digest", flat=True))


def items(run: InventoryRun, outcome: str = "") -> QuerySet[InventoryItem]:
    """The rows of a run in their order, of one outcome or of all."""
    found = run.items.select_related(
        "file", "record", "duplicate_of__record", "duplicate_of__file", "duplicate_of__run"
    )
    return found.filter(outcome=outcome) if outcome else found


def listed(run: InventoryRun, outcome: str = "") -> QuerySet[InventoryItem]:
    """The same for a list: nothing but what a line shows."""
    found = run.items.select_related("file", "record").order_by("id")
    shown = found.only(
        "run_id", "title", "row", "created_on", "outcome", "reason", "finding_count",
        "file__name", "record__uuid",
    )  # fmt: skip
    return shown.filter(outcome=outcome) if outcome else shown


@dataclass(frozen=True, slots=True)
class Beside:
    """Ids of the rows before and behind one in a list, and how many stand before it."""

    before: int | None
    behind: int | None
    place: int


def beside(item: InventoryItem, outcome: str = "") -> Beside:
    """Where a row stands in the list of its run, of one outcome or of all; on indexes."""
    rows = InventoryItem.objects.filter(run=item.run_id)
    ids = (rows.filter(outcome=outcome) if outcome else rows).values_list("pk", flat=True)
    earlier, later = ids.filter(pk__lt=item.pk), ids.filter(pk__gt=item.pk)
    behind = later.order_by("id").first()
    return Beside(earlier.order_by("-id").first(), behind, earlier.order_by().count())
