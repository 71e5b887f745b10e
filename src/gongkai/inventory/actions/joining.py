"""Files that pages of a run link to, put beside the drafts of the pages; and what was missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.inventory.actions.counting import count_rows
from gongkai.inventory.models import FileKind, InventoryFile, InventoryItem, InventoryRun, Outcome
from gongkai.inventory.paper import Paper
from gongkai.inventory.site import Linked, key_of
from gongkai.inventory.typed import not_read
from gongkai.inventory.values import LARGEST_FILE
from gongkai.records.actions.filing import MOST_FILES
from gongkai.text.finding import Finding, Severity

# A picture in the text that is smaller only decorates it.
LEAST_PICTURE = 8 * 1024
TOGETHER = 400
JOINED = (FileKind.PAPER, FileKind.PARCEL)


@dataclass(slots=True)
class Beside:
    """What goes with one page: its attachments in order, and what a person must be told."""

    files: list[InventoryFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def beside(
    run: InventoryRun, pages: Sequence[tuple[InventoryItem, Mapping[str, Any], Paper]]
) -> list[Beside]:
    """For each page what it links to, found among the files of the run by a few queries."""
    linked = [[_linked(one) for one in reading.get("links", ())] for _, reading, _ in pages]
    there = _there(run, {name for links in linked for one in links for name in one.names})
    return [
        _beside(item, paper, links, there)
        for (item, _, paper), links in zip(pages, linked, strict=True)
    ]


def join(page: InventoryFile, files: Iterable[InventoryFile]) -> None:
    """They go with the page from now on and are no rows of their own; one that is a row stays."""
    ids = [file.pk for file in files]
    if ids:
        free = InventoryFile.objects.filter(pk__in=ids, page__isnull=True, opened_at__isnull=True)
        count_rows(page.run_id, attachment_count=free.update(page=page))


def twins(run: InventoryRun, files: Sequence[InventoryFile]) -> dict[int, InventoryItem]:
    """For files of the same bytes as a page's attachment, by their id: the page's row."""
    same = InventoryFile.objects.filter(
        run=run, page__isnull=False, file__in={file.file_id for file in files}
    )
    page_of = dict(same.order_by("-ordinal").values_list("file_id", "page_id"))
    rows = InventoryItem.objects.filter(
        file__in=set(page_of.values()), row=0, outcome=Outcome.RECORD
    )
    items = {item.file_id: item for item in rows.select_related("file").defer("raw")}
    found = {file.pk: items.get(page_of.get(file.file_id, 0)) for file in files}
    return {pk: item for pk, item in found.items() if item is not None}


def _linked(plain: Sequence[Any]) -> Linked:
    words, last, names, host, is_picture = plain
    return Linked(words, last, tuple(names), host, is_picture)


def _there(run: InventoryRun, names: set[str]) -> dict[str, list[InventoryFile]]:
    """Files of the run by key, the first put in first; stand-ins for lost entries left out."""
    keys = sorted({key_of(name) for name in names})
    found: dict[str, list[InventoryFile]] = {}
    for begin in range(0, len(keys), TOGETHER):
        rows = InventoryFile.objects.filter(run=run, key__in=keys[begin : begin + TOGETHER])
        for file in rows.filter(kind__in=JOINED).select_related("file", "archive").order_by("id"):
            if file.archive is None or file.file_id != file.archive.file_id:
                found.setdefault(file.key, []).append(file)
    return found


def _beside(
    item: InventoryItem,
    paper: Paper,
    links: Sequence[Linked],
    there: Mapping[str, Sequence[InventoryFile]],
) -> Beside:
    made = Beside()
    has_text = bool(paper.fields.get("text", "").strip())
    for link in links:
        file = _found(link, there)
        if link.is_picture and (file is None or (has_text and file.file.size < LEAST_PICTURE)):
            continue
        sentence = _refusal(link, file, len(made.files))
        if sentence:
            severity: Severity = "info" if link.host and file is None else "warning"
            told = not_read(paper, "attachment", link.words or link.last, sentence)
            made.findings.append(replace(told, kind="missing_attachment", severity=severity))
        elif file is not None and file.file_id not in {one.file_id for one in made.files}:
            made.files.append(file)
    return made


def _found(link: Linked, there: Mapping[str, Sequence[InventoryFile]]) -> InventoryFile | None:
    for name in link.names:
        rows = there.get(key_of(name), ())
        if rows:
            return next((row for row in rows if row.name == name), rows[0])
    return None


def _refusal(link: Linked, file: InventoryFile | None, count: int) -> str:
    called = f"附件“{(link.words or link.last)[:60]}”（{link.last[:60]}）"
    if file is None and link.host:
        return f"{called}在另一个网站（{link.host[:60]}）上，副本里没有，请核对是否需要补上。"
    if file is None:
        return f"{called}在网站副本里找不到，请找到原件后补上。"
    if not file.file.size:
        return f"{called}在网站副本里是空文件，请找到原件后补上。"
    if file.file.size > LARGEST_FILE:
        return f"{called}超过{LARGEST_FILE // 2**20}MB，没有附上，请压缩或分开后补上。"
    if count >= MOST_FILES - 1:
        return f"{called}没有附上：一条信息最多{MOST_FILES}个文件，请合并后补上。"
    return ""
