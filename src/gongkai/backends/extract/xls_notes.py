"""What an XLS workbook holds beside its cells: comments and text boxes, hidden rows, macros."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gongkai.backends.extract.inside import Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ole import OleFile, embedded, properties
from gongkai.ports import ExtractionError

_TXO, _CONTINUE, _PASSWORD, _ROW, _COLUMN, _OBJECT = 0x01B6, 0x003C, 0x002F, 0x0208, 0x007D, 0x005D
MOST: Final = 5_000_000


def note_xls(path: Path, notes: Notes, room: Room) -> dict[str, str]:
    """Add to the notes; gives the properties. A locked workbook is refused."""
    ole = OleFile(path)
    raw = ole.read("Workbook") or ole.read("Book")
    rows = columns = 0
    boxed = -1
    for kind, body in _records(raw):
        if kind == _PASSWORD:
            raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。")
        if kind == _TXO and len(body) >= 12:
            boxed = struct.unpack_from("<H", body, 10)[0]
        elif kind == _CONTINUE and boxed > 0 and body:
            codec, width = ("utf-16-le", 2) if body[0] & 1 else ("latin-1", 1)
            notes.say(
                "comment", "批注或文本框", body[1 : 1 + boxed * width].decode(codec, "replace")
            )
            boxed = -1
        elif kind == _ROW and len(body) >= 14:
            rows += bool(struct.unpack_from("<H", body, 12)[0] & 0x20)
        elif kind == _COLUMN and len(body) >= 10:
            columns += bool(struct.unpack_from("<H", body, 8)[0] & 1)
    if rows or columns:
        notes.add("hidden_cells", f"隐藏{rows}行、{columns}组列", "")
    if any("VBA" in name for name in ole.storages):
        notes.add("script", "宏", "")
    for name, content in embedded(ole):
        try:
            notes.take(name, room.read(name, content), conceal=True)
        except ExtractionError as error:
            notes.unread(str(error))
    for name in sorted(n for n in ole.storages if n.startswith("MBD") and "/" not in n):
        if f"{name}/\x01Ole10Native" not in ole.names:
            notes.add("embedded_file", name, "")
            notes.unread(f"内嵌对象{name}程序没有读，请打开工作簿查看。")
    return properties(ole)


def _records(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at, count = 0, 0
    while at + 4 <= len(raw) and count < MOST:
        count += 1
        kind, length = struct.unpack_from("<HH", raw, at)
        yield kind, raw[at + 4 : at + 4 + length]
        at += 4 + length
