"""Text of PowerPoint 97–2003 files (PPT, and DPS files, which are the same), after MS-PPT."""

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ole import OleFile, embedded, properties
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError

_STREAM: Final = "PowerPoint Document"
_ENCRYPTED: Final = 0xF3D1C4DF
_WIDE, _NARROW, _STRING, _SLIDE_INFO = 0x0FA0, 0x0FA8, 0x0FBA, 0x03F9
_HIDDEN: Final = 0x0004
_LIST: Final = 0x0FF0
_KINDS: Final = {0x03F0: "speaker_notes", 0x03F8: "margin", 0x2EE0: "comment", 0x0FC9: "margin"}
"""Containers whose text is not that of slides: notes, masters, comments, handouts."""
_LIST_KINDS: Final = {1: "margin", 2: "speaker_notes"}
_OBJECT: Final = 0x1011
MOST: Final = 500_000


@dataclass(slots=True)
class _Slide:
    """Text of one container, and whether it is shown."""

    kind: str = "text"
    hidden: bool = False
    lines: list[str] = field(default_factory=list)


class PptExtractor:
    """``.ppt``, ``.pps``, ``.dps``: every text record; notes, masters and comments told apart."""

    suffixes: tuple[str, ...] = (".ppt", ".pps", ".pot", ".dps", ".dpt")

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the files inside it."""
        ole = OleFile(path)
        raw = ole.read(_STREAM)
        if not raw:
            raise ExtractionError(f"“{path.name}”不是演示文稿，请用原来的软件另存一份再导入。")
        user = ole.read("Current User")
        if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED:
            raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。")
        notes = Notes()
        slides, objects, broken = _slides(raw)
        if broken:
            notes.unread("演示文稿的结构已损坏，可能没有读全，请打开查看。")
        text = _text(slides, notes)
        if any("VBA" in name for name in ole.storages):
            notes.add("script", "宏", "")
        for name, content in embedded(ole):
            try:
                notes.take(name, room.read(name, content), conceal=True)
            except ExtractionError as error:
                notes.unread(str(error))
        if objects:
            notes.add("embedded_file", f"{objects}个内嵌对象", "")
            notes.unread(f"演示文稿里有{objects}个内嵌对象，程序没有读，请打开查看。")
        if not text and ole.read("Pictures"):
            notes.unread("演示文稿里只有图片，没有文字，程序读不出图片里写着什么。")
        return Extracted(
            text=text,
            title=first_line(text),
            hidden=notes.hidden,
            meta=properties(ole),
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _slides(raw: bytes) -> tuple[list[_Slide], int, bool]:
    """Text by container in the order of the file, how many objects, whether a length is wrong."""
    found = [_Slide()]
    objects, broken = 0, False
    at, count = 0, 0
    open_until: list[tuple[int, _Slide]] = [(len(raw), found[0])]
    while at + 8 <= len(raw) and count < MOST:
        count += 1
        while len(open_until) > 1 and at >= open_until[-1][0]:
            open_until.pop()
        slide = open_until[-1][1]
        version, kind, length = struct.unpack_from("<HHI", raw, at)
        body, at = at + 8, at + 8
        if version & 0xF == 0xF:
            kinds = _LIST_KINDS.get(version >> 4) if kind == _LIST else _KINDS.get(kind)
            if kinds or kind in (0x03EE, _LIST):
                slide = _Slide(kinds or slide.kind)
                found.append(slide)
            open_until.append((min(body + length, len(raw)), slide))
            continue
        broken |= at + length > open_until[-1][0]
        at += length
        if kind == _OBJECT:
            objects += 1
        _record(slide, kind, raw[body : body + min(length, 2**22)])
    return found, objects, broken


def _record(slide: _Slide, kind: int, body: bytes) -> None:
    if kind in (_WIDE, _STRING):
        slide.lines.append(body[: len(body) & ~1].decode("utf-16-le", "replace"))
    elif kind == _NARROW:
        slide.lines.append(body.decode("latin-1"))
    elif kind == _SLIDE_INFO and len(body) >= 12:
        slide.hidden = bool(struct.unpack_from("<H", body, 10)[0] & _HIDDEN)


def _text(slides: list[_Slide], notes: Notes) -> str:
    shown: list[str] = []
    for slide in slides:
        lines = [line.replace("\r", "\n").replace("\x0b", "\n").strip() for line in slide.lines]
        text = "\n".join(line for line in lines if line.strip("\0* "))
        if slide.kind != "text":
            notes.say(slide.kind, "", text)
        elif slide.hidden:
            notes.add("hidden_slide", "", text)
        elif text:
            shown.append(text)
    return "\n".join(shown)
