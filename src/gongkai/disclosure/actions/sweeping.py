"""Sealed bytes that no row names leave the disk.

A process killed between file and commit leaves such bytes, one killed between a purge and its
unlinking leaves what should be gone. Both are found here, a day later at the earliest: by then
whatever was being written has been committed or never will be.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from gongkai.disclosure.mailbox import kept as kept_mail
from gongkai.disclosure.models import IncomingMail, SealedFile
from gongkai.disclosure.store import sealed_folder

OLDER_THAN = timedelta(days=1)
BATCH = 500
# More strays than these mean another database or a restored one, not a crash: nothing is deleted.
FEW, MOST_SHARE = 20, 0.1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files lie there, how many of them no row names, how many were deleted."""

    files: int
    strays: int
    deleted: int


def sweep(*, now: datetime) -> Swept:
    """Delete what no row names and is older than a day. The log tells numbers, never names."""
    files = 0
    strays: list[Path] = []
    for folder, named in ((sealed_folder(), _files_named), (kept_mail.folder(), _mails_named)):
        found = _old(folder, now)
        while paths := list(islice(found, BATCH)):
            files += len(paths)
            known = named(path.name for path in paths)
            strays += [path for path in paths if path.name not in known]
    if len(strays) > max(FEW, files * MOST_SHARE):
        _log.error(
            "%d of %d sealed files belong to no row: nothing was deleted; is this the database "
            "these files belong to?",
            len(strays),
            files,
        )
        return Swept(files, len(strays), 0)
    for path in strays:
        path.unlink(missing_ok=True)
    if strays:
        _log.warning("%d sealed files that belonged to no row were deleted", len(strays))
    return Swept(files, len(strays), len(strays))


def _old(folder: Path, now: datetime) -> Iterator[Path]:
    """The files right below the folder's two-letter folders, parts of files as well."""
    until = (now - OLDER_THAN).timestamp()
    for path in sorted(folder.glob("??/*")):
        if path.is_file() and path.stat().st_mtime < until:
            yield path


def _files_named(names: Iterable[str]) -> set[str]:
    """Which of these a row names that was not purged."""
    uuids = [uuid for name in names if (uuid := _uuid(name))]
    rows = SealedFile.objects.filter(uuid__in=uuids, purged_at__isnull=True)
    return {uuid.hex for uuid in rows.values_list("uuid", flat=True)}


def _mails_named(names: Iterable[str]) -> set[str]:
    rows = IncomingMail.objects.filter(content_index__in=list(names))
    return set(rows.values_list("content_index", flat=True))


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(hex=name)
    except ValueError:
        return None
