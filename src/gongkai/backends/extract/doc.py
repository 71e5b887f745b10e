"""Text of Word 97–2003 documents (DOC, and WPS files, which are the same).

After MS-DOC: the piece table gives every character with its place in the file, the character
formatting tells which of them are hidden or marked as deleted.
"""

import re
import shutil
import struct
import subprocess
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ole import OleFile, embedded, properties
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.header import named_pairs, read_header

_WORD97: Final = 0x00C1
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_MOST: Final = 20_000_000
"""Characters of one document; more is a broken count."""
_VANISH, _DELETED = 0x083C, 0x0800
_PARTS: Final = ("footnotes", "margin", "macros", "comment", "endnotes", "boxes", "margin_boxes")
_SIZES: Final = (1, 1, 2, 4, 2, 2, -1, 3)
_SIGNS: Final = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x07": "\t"}
    | dict.fromkeys(map(chr, (0, 1, 2, 3, 4, 5, 6, 8, 0x1F)))
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters: where it begins in the file, and bytes for each."""

    at: int
    width: int
    text: str


class DocExtractor:
    """``.doc``, ``.wps``, ``.dot``: main text; notes, headers and comments are told apart."""

    suffixes: tuple[str, ...] = (".doc", ".wps", ".dot", ".wpt")

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it."""
        ole = OleFile(path)
        main = ole.read("WordDocument")
        if len(main) < 512:
            raise ExtractionError(f"“{path.name}”不是 Word 文档，请用原来的软件另存一份再导入。")
        version, flags = struct.unpack_from("<2xH6xH", main)
        if flags & _ENCRYPTED:
            raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。")
        notes = Notes()
        text = _antiword(path) if version < _WORD97 else _word97(path, ole, main, notes)
        _others(ole, notes, room)
        header = read_header(text)
        pairs = {field.label: field.raw for field in header.fields.values()}
        return Extracted(
            text=text,
            title=named_pairs(pairs).get("title") or first_line(text[header.body_start :]),
            hidden=notes.hidden,
            header=pairs,
            meta=properties(ole),
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _antiword(path: Path) -> str:
    """Documents of Word 6 and 95, by a program where it is there."""
    program = shutil.which("antiword")
    if program is None:
        raise ExtractionError(
            f"“{path.name}”是 Word 6/95 的文档，请另存为 docx 再导入，或请管理员安装 antiword。"
        )
    done = subprocess.run(  # noqa: S603 - a path of ours, no shell
        [program, "-m", "UTF-8.txt", "-w", "0", str(path.absolute())],
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ExtractionError(f"“{path.name}”读不出，请用原来的软件另存为 docx 再导入。")
    return done.stdout.decode("utf-8", "replace").strip()


def _word97(path: Path, ole: OleFile, main: bytes, notes: Notes) -> str:
    (flags,) = struct.unpack_from("<H", main, 10)
    table = ole.read("1Table" if flags & _TABLE_ONE else "0Table")
    try:
        lengths = struct.unpack_from("<8I", main, 0x4C)
        pieces = list(_pieces(main, table))
        marks = _marked(main, table)
    except (struct.error, IndexError) as error:
        raise ExtractionError(f"“{path.name}”已损坏，请用原来的软件另存一份再导入。") from error
    shown = _without(pieces, marks, lengths[0], notes)
    whole = "".join(piece.text for piece in pieces)
    at, tail = lengths[0], []
    for name, length in zip(_PARTS, lengths[1:], strict=True):
        part, at = _plain(whole[at : at + length], notes), at + length
        if name == "comment":
            notes.say("comment", "", part)
        elif name.startswith("margin"):
            notes.say("margin", "页眉页脚", part)
        elif part.strip():
            tail.append(part.strip())
    if at < len(whole):
        # Characters that no count owns: nobody sees them, and everybody can find them.
        notes.say("hidden_text", "文件末尾", _plain(whole[at:], notes))
    return "\n".join(filter(None, (_plain(shown, notes).strip(), *tail)))


def _pieces(main: bytes, table: bytes) -> Iterator[_Piece]:
    at, size = struct.unpack_from("<II", main, 0x01A2)
    clx = table[at : at + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    if at >= len(clx) or clx[at] != 2:
        raise IndexError("no piece table")
    plc = clx[at + 5 :]
    count = (min(int(struct.unpack_from("<I", clx, at + 1)[0]), len(plc)) - 4) // 12
    if count < 0:
        raise IndexError("piece table")
    places = struct.unpack_from(f"<{count + 1}I", plc)
    used = 0
    for n in range(count):
        length = places[n + 1] - places[n]
        (start,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * n + 2)
        width = 1 if start & 0x40000000 else 2
        start = (start & 0x3FFFFFFF) // (2 if width == 1 else 1)
        used += max(length, 0)
        if length < 0 or used > _MOST:
            raise IndexError("piece")
        raw = main[start : start + length * width]
        # Unpaired halves of characters are kept as one sign each: places stay right.
        text = raw.decode("cp1252" if width == 1 else "utf-16-le", "replace")
        yield _Piece(start, width, text)


def _marked(main: bytes, table: bytes) -> list[tuple[int, int, str]]:
    """Ranges of the file whose characters are hidden or deleted, in order."""
    at, size = struct.unpack_from("<II", main, 0x00FA)
    plc = table[at : at + size]
    count = (len(plc) - 4) // 8
    found: list[tuple[int, int, str]] = []
    for n in range(max(count, 0)):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)
        block = main[(page & 0x3FFFFF) * 512 : (page & 0x3FFFFF) * 512 + 512]
        if len(block) < 512 or block[511] > 0x65:
            continue
        runs = block[511]
        places = struct.unpack_from(f"<{runs + 1}I", block)
        for run in range(runs):
            offset = block[4 * (runs + 1) + run] * 2
            kind = _kind_of(block[offset + 1 : offset + 1 + block[offset]]) if offset else ""
            if kind:
                found.append((places[run], places[run + 1], kind))
    return sorted(found)


def _kind_of(changes: bytes) -> str:
    at = 0
    while at + 2 < len(changes):
        (code,) = struct.unpack_from("<H", changes, at)
        size = _SIZES[code >> 13]
        if code in (_VANISH, _DELETED) and changes[at + 2] == 1:
            return "hidden_text" if code == _VANISH else "tracked_change"
        at += 2 + (changes[at + 2] + 1 if size < 0 else size)
    return ""


def _without(
    pieces: list[_Piece], marks: list[tuple[int, int, str]], length: int, notes: Notes
) -> str:
    """The main text less what is marked, which is noted."""
    starts = [mark[0] for mark in marks]
    shown: list[str] = []
    left = length
    for piece in pieces:
        text = piece.text[: max(left, 0)]
        left -= len(piece.text)
        at, end = 0, piece.at + len(text) * piece.width
        first = max(0, bisect_right(starts, piece.at) - 1)
        for low, high, kind in marks[first:]:
            if low >= end:
                break
            begin = max(0, (low - piece.at) // piece.width)
            stop = min(len(text), (high - piece.at) // piece.width)
            if stop > max(begin, at):
                shown.append(text[at:begin])
                notes.say(kind, "", text[max(begin, at) : stop].translate(_SIGNS))
                at = stop
        shown.append(text[at:])
    return "".join(shown)


_FIELD: Final = re.compile("([\x13\x14\x15])")


def _plain(text: str, notes: Notes) -> str:
    """Without the instructions of fields, which are noted (addresses of links stand there)."""
    shown: list[str] = []
    orders: list[str] = []
    depth: list[bool] = []
    for part in _FIELD.split(text):
        if part == "\x13":
            depth.append(True)
        elif part == "\x14" and depth:
            depth[-1] = False
        elif part == "\x15" and depth:
            depth.pop()
        elif any(depth):
            orders.append(part)
        else:
            shown.append(part)
    notes.say("source", "域代码", "".join(orders).translate(_SIGNS))
    return "".join(shown).replace("\x07\x07", "\n").translate(_SIGNS)


def _others(ole: OleFile, notes: Notes, room: Room) -> None:
    """Macros and files inside."""
    if any(name in ole.storages for name in ("Macros", "_VBA_PROJECT_CUR")):
        notes.add("script", "宏", "")
    for name, content in embedded(ole):
        try:
            notes.take(name, room.read(name, content), conceal=True)
        except ExtractionError as error:
            notes.add("embedded_file", name, "")
            notes.unread(str(error))
    objects = {n.split("/")[1] for n in ole.storages if n.startswith("ObjectPool/")}
    packed = {n.split("/")[1] for n in ole.names if n.endswith("\x01Ole10Native") and "/" in n}
    for name in sorted(objects - packed):
        notes.add("embedded_file", f"对象{name}", "")
        notes.unread(f"内嵌对象{name}程序没有读，请打开文档查看。")
