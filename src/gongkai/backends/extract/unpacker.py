"""Unpacks archives in a child process with limits, a piece at a time."""

import os
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, Final

from gongkai.backends.extract.sandbox import Limits, ask
from gongkai.ports import ExtractionError
from gongkai.text.archives import Entry, Piece, Unpacked, UnpackLimits

CHILD: Final = "gongkai.backends.extract.unpack_child"
_NEEDS: Final = {"cpu_seconds": 90, "wall_seconds": 180}


class ZipUnpacker:
    """``.zip``, as ``gongkai.ports.Unpacker``."""

    suffixes: tuple[str, ...] = (".zip",)

    def __init__(self, *, limits: Mapping[str, int] | None = None) -> None:
        known = {item.name for item in fields(Limits)}
        given = {name: most for name, most in (limits or {}).items() if name in known}
        self._limits = Limits(**{**given, **_NEEDS})

    def unpack(
        self, path: Path, name: str, folder: Path, piece: Piece, limits: UnpackLimits
    ) -> Unpacked:
        """See the port. An entry that breaks the child each time is refused alone."""
        try:
            return self._ask(path, name, folder, piece, limits)
        except _Broken:
            if piece.files > 1:
                return self.unpack(path, name, folder, replace(piece, files=1), limits)
        try:
            told = self._ask(path, name, folder, replace(piece, bare=True), limits)
        except _Broken as error:
            raise ExtractionError(str(error)) from None
        said = "程序展开这个文件时中断，没有录入。请解开压缩包，把它单独导入。"
        lost = tuple(replace(entry, at=None, refusal=said) for entry in told.entries)
        return replace(told, entries=lost)

    def _ask(
        self, path: Path, name: str, folder: Path, piece: Piece, limits: UnpackLimits
    ) -> Unpacked:
        order = {
            "path": str(path.absolute()),
            "name": name,
            "folder": str(folder.absolute()),
            "piece": asdict(piece),
            "most": asdict(limits),
            "limits": {**asdict(self._limits), "write_mb": limits.entry_bytes // 2**20 + 1},
        }
        answer = ask(CHILD, order, folder=str(folder), wall_seconds=self._limits.wall_seconds)
        if answer is None:
            raise _Broken(f"展开“{name}”时程序中断，压缩包可能已损坏，请重新打包再导入。")
        if "no_room" in answer:
            raise OSError(answer["no_room"], os.strerror(answer["no_room"]), str(folder))
        if "error" in answer:
            raise ExtractionError(str(answer["error"]))
        return _read(answer, folder)


class _Broken(Exception):
    """The child died, or took too long."""


def _read(answer: dict[str, Any], folder: Path) -> Unpacked:
    rows = answer.pop("entries")
    entries = tuple(
        Entry(place, name, folder / Path(at).name if at else None, refusal)
        for place, name, at, refusal in rows
    )
    return Unpacked(entries=entries, **answer)
