"""The file store: bytes kept once under their SHA-256, on disk before the row says so.

`<folder>/ab/cd/<sha256>`; a file appears under its name only when it is whole (written beside,
synced, renamed), so a crash leaves at worst a stray temporary file.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from gongkai.records.models import StoredFile


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.GONGKAI_FILES)


def path_of(sha256: str) -> Path:
    """The place of the file with this digest; anything but 64 hex digits is refused."""
    if len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):
        raise ValueError("not a SHA-256 digest")
    return folder() / sha256[:2] / sha256[2:4] / sha256


def keep(content: bytes, *, media_type: str, now: datetime) -> StoredFile:
    """Put bytes into the store and return their row; the same bytes give the same row."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if not target.exists():
        _write(target, io.BytesIO(content))
    row, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"size": len(content), "media_type": media_type[:100], "stored_at": now},
    )
    return row


def put(source: Path) -> str:
    """A file on disk into the store, a piece at a time; its digest. `keep_rows` makes its row."""
    with source.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        target = path_of(sha256)
        if not target.exists():
            stream.seek(0)
            _write(target, stream)
    return sha256


def keep_rows(digests: Collection[str], *, media_type: str, now: datetime) -> dict[str, StoredFile]:
    """The rows of files that were `put`, by digest, with few queries however many they are."""
    rows = StoredFile.objects.filter(sha256__in=digests)
    known = set(rows.values_list("sha256", flat=True))
    StoredFile.objects.bulk_create(
        [
            StoredFile(
                sha256=sha256,
                size=path_of(sha256).stat().st_size,
                media_type=media_type[:100],
                stored_at=now,
            )
            for sha256 in dict.fromkeys(digests)
            if sha256 not in known
        ],
        ignore_conflicts=True,
    )
    return {row.sha256: row for row in rows.all()}


def _write(target: Path, content: BinaryIO) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as part:
            shutil.copyfileobj(content, part, 2**20)
            part.flush()
            os.fsync(part.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file; `FileNotFoundError` when the store lost it."""
    return path_of(file.sha256).read_bytes()
