"""Compound files (OLE2): the container of DOC, XLS, PPT, MSG and of encrypted office files.

A small reader after MS-CFB. A file whose chains loop, leave it, or run through each other is
refused: what stands in its streams would be anybody's guess.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gongkai.ports import ExtractionError

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks, not places."""
_MOST_ENTRIES: Final = 20_000


class OleFile:
    """Streams by their path (``ObjectPool/_1/\\x01Ole10Native``)."""

    def __init__(self, path: Path) -> None:
        self._raw = path.read_bytes()
        if len(self._raw) < 512 or not self._raw.startswith(MAGIC):
            raise ExtractionError(f"“{path.name}”已损坏，请用原来的软件另存一份再导入。")
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise ExtractionError(f"“{path.name}”已损坏，请用原来的软件另存一份再导入。") from error

    def _open(self) -> None:
        head = struct.unpack_from("<HHHHH", self._raw, 24)
        self._size, self._mini = 1 << min(head[3], 16), 1 << min(head[4], 10)
        if self._size < 128:
            raise ValueError("sector size")
        (_, _, directory, _, self._cutoff, minifat, _, difat, _) = struct.unpack_from(
            "<9I", self._raw, 40
        )
        self._fat = self._read_fat(difat)
        self._minifat = _numbers(self._chain(minifat))
        self._streams: dict[str, tuple[int, int]] = {}
        self._storages: set[str] = set()
        self._ministream = b""
        self._walk(self._chain(directory))
        self._check()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._raw[start : start + self._size]

    def _read_fat(self, more: int) -> list[int]:
        places = list(struct.unpack_from("<109I", self._raw, 76))
        seen: set[int] = set()
        while more < _END and more not in seen:
            seen.add(more)
            block = _numbers(self._sector(more))
            if not block:
                break
            places += block[:-1]
            more = block[-1]
        most = len(self._raw) // self._size + 1
        fat: list[int] = []
        for place in dict.fromkeys(p for p in places if p < _END):
            fat += _numbers(self._sector(place))
            if len(fat) > most + self._size:
                break
        return fat

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _links(first, self._fat)))

    def _walk(self, raw: bytes) -> None:
        entries = [raw[n : n + 128] for n in range(0, len(raw) - 127, 128)][:_MOST_ENTRIES]
        if not entries:
            raise ValueError("no directory")
        start, size = struct.unpack_from("<II", entries[0], 116)
        self._ministream = self._chain(start)[:size]
        waiting = [(struct.unpack_from("<I", entries[0], 76)[0], "")]
        seen: set[int] = set()
        while waiting:
            number, above = waiting.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            entry = entries[number]
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", entry, 68)
            start, size = struct.unpack_from("<II", entry, 116)
            waiting += [(left, above), (right, above)]
            if kind == 1:
                self._storages.add(above + name)
                waiting.append((child, f"{above}{name}/"))
            elif kind == 2:
                self._streams.setdefault(above + name, (start, size))

    def _check(self) -> None:
        """No sector belongs to two streams."""
        taken: set[tuple[bool, int]] = set()
        for start, size in self._streams.values():
            small = size < self._cutoff
            if not size:
                continue
            for number in _links(start, self._minifat if small else self._fat):
                if (small, number) in taken:
                    raise ValueError("two chains cross")
                taken.add((small, number))

    @property
    def names(self) -> list[str]:
        """Paths of all streams, sorted."""
        return sorted(self._streams)

    @property
    def storages(self) -> set[str]:
        """Paths of all folders."""
        return self._storages

    def read(self, name: str) -> bytes:
        """One stream; empty where there is none."""
        start, size = self._streams.get(name, (_END, 0))
        if size < self._cutoff:
            parts = (
                self._ministream[n * self._mini : (n + 1) * self._mini]
                for n in _links(start, self._minifat)
            )
            return b"".join(parts)[:size]
        return self._chain(start)[:size]


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def _links(first: int, table: list[int]) -> Iterator[int]:
    seen: set[int] = set()
    while first < _END:
        if first >= len(table) or first in seen:
            raise ValueError("a chain that leaves the file or comes back")
        seen.add(first)
        yield first
        first = table[first]


_PROPERTIES: Final = {2: "title", 3: "subject", 4: "creator", 5: "keywords", 6: "description",
                      8: "lastModifiedBy"}  # fmt: skip


def properties(ole: OleFile) -> dict[str, str]:
    """The summary of an office file: title, author, last author; nothing where it is broken."""
    raw = ole.read("\x05SummaryInformation")
    found: dict[str, str] = {}
    try:
        (base,) = struct.unpack_from("<I", raw, 44)
        _, count = struct.unpack_from("<II", raw, base)
        places = [struct.unpack_from("<II", raw, base + 8 + 8 * n) for n in range(min(count, 64))]
        codec = _codec(raw, base, dict(places))
        for key, place in places:
            kind, size = struct.unpack_from("<II", raw, base + place)
            if key in _PROPERTIES and kind in (30, 31):
                size = size * 2 if kind == 31 else size
                said = raw[base + place + 8 : base + place + 8 + min(size, 4096)]
                text = said.decode("utf-16-le" if kind == 31 else codec, "replace")
                if text := text.partition("\0")[0].strip():
                    found[_PROPERTIES[key]] = text
    except struct.error:
        return found
    return found


def _codec(raw: bytes, base: int, places: dict[int, int]) -> str:
    if 1 not in places:
        return "gb18030"
    (page,) = struct.unpack_from("<H", raw, base + places[1] + 4)
    return {65001: "utf-8", 1200: "utf-16-le", 1252: "cp1252", 950: "big5hkscs"}.get(
        page, "gb18030"
    )


def embedded(ole: OleFile) -> Iterator[tuple[str, bytes]]:
    """Files packed into the container: name and content."""
    for name in ole.names:
        if not name.endswith("\x01Ole10Native"):
            continue
        raw = ole.read(name)
        try:
            title, at = _until_nul(raw, 6)
            _, at = _until_nul(raw, at)
            (size,) = struct.unpack_from("<I", raw, at + 4)
            at += 8 + size
            (size,) = struct.unpack_from("<I", raw, at)
        except (struct.error, ValueError):
            yield name, raw
            continue
        yield title or "内嵌对象", raw[at + 4 : at + 4 + size]


def _until_nul(raw: bytes, at: int) -> tuple[str, int]:
    end = raw.index(b"\0", at)
    return raw[at:end].decode("gb18030", "replace"), end + 1
