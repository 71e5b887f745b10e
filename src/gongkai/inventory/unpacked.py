"""The files of an archive one after another, for a trial that stores nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai import plug
from gongkai.inventory.filenames import kind_of, name_inside
from gongkai.inventory.models import FileKind
from gongkai.inventory.values import LARGEST_FILE, PIECE_BYTES, PIECE_FILES
from gongkai.ports import ExtractionError
from gongkai.text.archives import Piece, Unpacked, UnpackLimits


@dataclass(frozen=True, slots=True)
class Tried:
    """A file to be tried: `path` is there only until the next is asked for, or `refusal` is set."""

    name: str
    path: Path
    refusal: str = ""


def files_of(name: str, path: Path, depth: int = 1) -> Iterator[Tried]:
    """The file itself, or what is in it if it is an archive, as a run would unpack it."""
    if kind_of(name) not in (FileKind.ARCHIVE, FileKind.PARCEL):
        yield Tried(name, path)
        return
    if depth > settings.GONGKAI_ARCHIVE_DEPTH:
        yield Tried(name, path, "压缩包套得太深，没有展开。请解开后再导入。")
        return
    first, places = 0, 1
    while first < places:
        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            try:
                found = _piece(name, path, Path(folder), first)
            except ExtractionError as error:
                yield Tried(name, path, str(error))
                return
            if not found.is_archive:
                yield Tried(name, path)
                return
            for entry in found.entries:
                inner = name_inside(name, entry.name)
                if entry.at is None:
                    yield Tried(inner, path, entry.refusal)
                else:
                    yield from files_of(inner, entry.at, depth + 1)
            first, places = found.next, found.places


def _piece(name: str, path: Path, folder: Path, first: int) -> Unpacked:
    limits = UnpackLimits(
        files=settings.GONGKAI_ARCHIVE_FILES,
        bytes=settings.GONGKAI_ARCHIVE_MB * 2**20,
        ratio=settings.GONGKAI_ARCHIVE_RATIO,
        entry_bytes=LARGEST_FILE,
    )
    piece = Piece(first=first, files=PIECE_FILES, bytes=PIECE_BYTES)
    return plug.unpacker().unpack(path, name.rpartition("/")[2], folder, piece, limits)
