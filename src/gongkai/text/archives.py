"""What is told of an archive that is unpacked, and the names of its entries made harmless."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# What systems put into archives beside the files somebody meant.
LEFT_OUT: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"})
OWNER: Final = "~$"
"""How the files begin that Word and WPS put beside a paper somebody has open."""
# Between the name of an archive and the path of an entry in it.
INSIDE: Final = "!/"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackLimits:
    """What an archive may unpack to: files, bytes, and how many times its own size.

    `entry_bytes` is the most that one entry may hold; one above it is refused alone.
    """

    files: int
    bytes: int
    ratio: int
    entry_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Which entries are wanted: from the place `first` on, at most `files` with `bytes` together.

    At least one is given whatever its size. `bare` wants them named and not unpacked.
    """

    first: int
    files: int
    bytes: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its place in the archive, its harmless path, and where its bytes lie for now.

    `refusal` is a Chinese sentence where they could not be had; then `at` is None.
    """

    place: int
    name: str
    at: Path | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """Some entries, and what is known of the whole archive.

    `next` is the place to go on at, `places` the end of all; `files` and `bytes` are what it
    unpacks to, `left_out` its folders and the files of systems. `is_archive` is False where the
    file is something else under that name: then nothing was unpacked.
    """

    entries: tuple[Entry, ...] = ()
    next: int = 0
    places: int = 0
    files: int = 0
    bytes: int = 0
    left_out: int = 0
    is_archive: bool = True


def safe_path(given: str) -> str:
    """A relative path that leads nowhere: no `..`, no drive, no control characters."""
    kept = []
    for part in given.replace("\\", "/").split("/"):
        clean = "".join(c for c in part if c.isprintable() and unicodedata.category(c) != "Cf")
        clean = clean.strip()
        if clean.strip(".") and not (len(clean) == 2 and clean[1] == ":"):
            kept.append(clean.replace(":", "_"))
    return "/".join(kept) or "未命名文件"


def is_left_out(path: str) -> bool:
    """Whether a system put it there: hidden files, folders of other systems, caches of pictures."""
    parts = path.replace("\\", "/").split("/")
    return any(
        (part.startswith(".") and part.strip(".") != "")
        or part.startswith(OWNER)
        or part.lower() in LEFT_OUT
        for part in parts
    )
