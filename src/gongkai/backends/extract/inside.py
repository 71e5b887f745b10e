"""Files found inside a file: each read by the door, all of them within one budget."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from gongkai.ports import Extracted, ExtractionError

MOST_FILES: Final = 2_000
MOST_BYTES: Final = 256 * 2**20
DEEPEST: Final = 4
_NAME: Final = 60


class Room(Protocol):
    """What a reader of a container may ask for."""

    def read(self, name: str, content: bytes) -> Extracted:
        """The inner file; ``ExtractionError`` when it cannot be read or the budget is spent."""


@dataclass(slots=True)
class Budget:
    """What is left for one outer file and all that is in it."""

    files: int = MOST_FILES
    bytes: int = MOST_BYTES
    folder: "tempfile.TemporaryDirectory[str] | None" = None

    def place(self, depth: int) -> Path:
        """A folder for the one file that is read at this depth; all are gone after `close`."""
        if self.folder is None:
            self.folder = tempfile.TemporaryDirectory(prefix="gongkai-")
        place = Path(self.folder.name) / str(depth)
        place.mkdir(exist_ok=True)
        return place

    def close(self) -> None:
        """When the outer file has been read."""
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None


Read = Callable[[Path, "Inside"], Extracted]


@dataclass(frozen=True, slots=True)
class Inside:
    """One level of files in files."""

    door: Read
    depth: int = 0
    budget: Budget = field(default_factory=Budget)

    def read(self, name: str, content: bytes) -> Extracted:
        """Written to a folder of ours for as long as it is read."""
        self.budget.files -= 1
        self.budget.bytes -= len(content)
        if self.depth >= DEEPEST:
            raise ExtractionError(f"“{name}”套得太深（超过{DEEPEST}层），请解开后分别上传。")
        if self.budget.files < 0 or self.budget.bytes < 0:
            raise ExtractionError(f"“{name}”没有读：里面的文件太多或太大，请拆分后分别上传。")
        path = self.budget.place(self.depth) / plain_name(name)
        try:
            path.write_bytes(content)
            return self.door(path, Inside(self.door, self.depth + 1, self.budget))
        except OSError as error:
            raise ExtractionError(f"“{name}”太大或写不下，没有读，请单独上传。") from error
        finally:
            path.unlink(missing_ok=True)


class Nobody:
    """Where a reader is used without the door: inner files stay unread, and that is told."""

    def read(self, name: str, content: bytes) -> Extracted:
        """Never."""
        raise ExtractionError(f"“{name}”是内嵌的文件，没有读。")


NOBODY: Final = Nobody()


def plain_name(name: str) -> str:
    """A name that is safe on any disk: no folders, no control characters, not too long."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(char for char in last if char.isprintable() and char not in ':*?"<>|')
    stem, dot, suffix = kept.strip(". ").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return f"{stem[:_NAME]}{dot}{suffix[:10]}" if stem else f"file{dot}{suffix[:10]}"
