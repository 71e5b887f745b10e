"""Plain values handed to the actions of clean-up runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.orgs.models import Section

LARGEST_FILE = 100 * 2**20
"""Bytes of one file, given or out of an archive."""
# Taken out of an archive together: what stands on disk twice for a moment, and is done again
# after a kill.
PIECE_FILES, PIECE_BYTES = 1000, 64 * 2**20


@dataclass(frozen=True, slots=True)
class RunScope:
    """What a clean-up covers: days of creation (both inclusive), sections, and where it comes from.

    Rows outside are kept and counted apart.
    """

    from_on: date | None = None
    through_on: date | None = None
    sections: tuple[Section, ...] = ()
    source_words: str = ""


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What a run is called, for which section it is, and by which mapping rows are read.

    `platform` names where papers with an earlier publication date stood, unless they say so.
    """

    label: str
    mapping: str = ""
    platform: str = ""
    section: Section | None = None
    scope: RunScope = RunScope()


@dataclass(frozen=True, slots=True)
class NewInput:
    """A file to take in: its name (with folders, as given) and its bytes, or where they lie."""

    name: str
    content: bytes = b""
    path: Path | None = None

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size if self.path is not None else len(self.content)
