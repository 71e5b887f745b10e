"""Archives taken apart, a piece at a time: each entry becomes a file of the run, once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from gongkai import plug
from gongkai.inventory.actions.counting import count_rows
from gongkai.inventory.actions.entries import refused
from gongkai.inventory.actions.writing import locked
from gongkai.inventory.filenames import kind_of, name_inside
from gongkai.inventory.models import (
    FileKind,
    InventoryFile,
    InventoryItem,
    InventoryRun,
    Unpacking,
)
from gongkai.inventory.site import key_of
from gongkai.inventory.values import LARGEST_FILE, PIECE_BYTES, PIECE_FILES
from gongkai.ports import ExtractionError
from gongkai.records import store
from gongkai.text.archives import Entry, Piece, Unpacked, UnpackLimits

KEPT_AS = "application/octet-stream"


def unpack_next(*, file: InventoryFile, now: datetime) -> None:
    """The next entries of an archive.

    They are in the store before their rows are written, and the rows together with the place to
    go on at: killed at any moment, the next call takes the same piece again.
    """
    state = _state(file)
    piece = Piece(first=state.done, files=PIECE_FILES, bytes=PIECE_BYTES)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        try:
            found = _taken_out(file, state, Path(folder), piece)
        except ExtractionError as error:
            _refuse(file, str(error), now)
            return
        digests = {e.place: store.put(e.at) for e in found.entries if e.at is not None}
    if found.is_archive:
        _keep(file, state, found, digests, now)
    else:
        # An office file or something else under this name: read as any paper, which says so.
        InventoryFile.objects.filter(pk=file.pk).update(kind=FileKind.PAPER)


def _taken_out(file: InventoryFile, state: Unpacking, folder: Path, piece: Piece) -> Unpacked:
    most = settings.GONGKAI_ARCHIVE_DEPTH
    if state.depth > most:
        said = f"“{_last(file.name)}”套在第{state.depth}层压缩包里，最多展开{most}层，没有展开。"
        raise ExtractionError(f"{said}请解开后再导入。")
    path = store.path_of(file.file.sha256)
    return plug.unpacker().unpack(path, _last(file.name), folder, piece, _limits(state))


def _state(file: InventoryFile) -> Unpacking:
    """How far it is; a new one, not saved, for an archive that was not begun."""
    rows = Unpacking.objects.select_related("outermost")
    begun = rows.filter(file=file).first()
    if begun is not None:
        return begun
    around = rows.filter(file=file.archive_id).first() if file.archive_id else None
    if around is None:
        return Unpacking(file=file)
    return Unpacking(file=file, outermost=around.outermost or around, depth=around.depth + 1)


def _limits(state: Unpacking) -> UnpackLimits:
    """What is left of the limits of the outermost archive, this one's own part not taken off."""
    whole = state.outermost or state
    return UnpackLimits(
        files=settings.GONGKAI_ARCHIVE_FILES - whole.all_files + state.files,
        bytes=settings.GONGKAI_ARCHIVE_MB * 2**20 - whole.all_bytes + state.bytes,
        ratio=settings.GONGKAI_ARCHIVE_RATIO,
        entry_bytes=LARGEST_FILE,
    )


@transaction.atomic
def _keep(
    file: InventoryFile,
    state: Unpacking,
    found: Unpacked,
    digests: Mapping[int, str],
    now: datetime,
) -> None:
    run = locked(file.run)
    row = InventoryFile.objects.select_for_update(of=("self",), no_key=True).get(pk=file.pk)
    there = Unpacking.objects.filter(file=row).first()
    if row.opened_at is not None or (there.done if there else 0) != state.done:
        return  # another worker was here
    if there is None:
        _begin(run, state, found)
    stored = store.keep_rows(digests.values(), media_type=KEPT_AS, now=now)
    last = run.files.aggregate(last=Max("ordinal"))["last"]
    made = []
    for ordinal, entry in enumerate(found.entries, 0 if last is None else last + 1):
        fresh = _file(row, entry, ordinal, now)
        if entry.place in digests:
            fresh.file = stored[digests[entry.place]]
        made.append(fresh)
    InventoryFile.objects.bulk_create(made)
    lost = [
        refused(run, fresh, entry.refusal, now)
        for fresh, entry in zip(made, found.entries, strict=True)
        if entry.refusal
    ]
    InventoryItem.objects.bulk_create(lost)
    state.places, state.done = found.places, found.next
    state.save(update_fields=["places", "done"])
    is_done = found.next >= found.places
    if is_done:
        InventoryFile.objects.filter(pk=row.pk).update(opened_at=now)
    count_rows(
        run.pk,
        file_count=len(made),
        unpacked_count=len(made),
        opened_count=len(lost) + is_done,
        row_count=len(lost),
        rejected_count=len(lost),
    )


def _begin(run: InventoryRun, state: Unpacking, found: Unpacked) -> None:
    """Written down once, with what it takes of its outermost archive's limits."""
    state.files, state.bytes = found.files, found.bytes
    if state.outermost is None:
        state.all_files, state.all_bytes = found.files, found.bytes
    else:
        Unpacking.objects.filter(pk=state.outermost.pk).update(
            all_files=F("all_files") + found.files, all_bytes=F("all_bytes") + found.bytes
        )
    state.save(force_insert=True)
    count_rows(run.pk, archive_count=1, left_out_count=found.left_out)


def _file(archive: InventoryFile, entry: Entry, ordinal: int, now: datetime) -> InventoryFile:
    """A file of the run; one that could not be taken out stands for its archive, and is done."""
    name = name_inside(archive.name, entry.name)
    return InventoryFile(
        run_id=archive.run_id,
        archive=archive,
        place=entry.place,
        name=name,
        key=key_of(name),
        ordinal=ordinal,
        file_id=archive.file_id,
        kind=FileKind.PAPER if entry.refusal else kind_of(name),
        opened_at=now if entry.refusal else None,
    )


@transaction.atomic
def _refuse(file: InventoryFile, sentence: str, now: datetime) -> None:
    """The archive ends as one row that is not taken in."""
    run = locked(file.run)
    held = InventoryFile.objects.select_for_update(of=("self",), no_key=True)
    if not held.filter(pk=file.pk, opened_at__isnull=True).exists():
        return
    InventoryItem.objects.bulk_create([refused(run, file, sentence, now)])
    InventoryFile.objects.filter(pk=file.pk).update(opened_at=now)
    count_rows(run.pk, opened_count=1, row_count=1, rejected_count=1)


def _last(name: str) -> str:
    return name.rpartition("/")[2]
