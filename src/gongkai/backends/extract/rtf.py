"""Text of RTF files: a small reader of groups, control words and their destinations."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.header import named_pairs, read_header

_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_KINDS: Final = {
    "annotation": "comment", "atnauthor": "", "header": "margin", "headerl": "margin",
    "headerr": "margin", "headerf": "margin", "footer": "margin", "footerl": "margin",
    "footerr": "margin", "footerf": "margin", "info": "metadata", "fldinst": "source",
    "bkmkstart": "", "bkmkend": "", "fonttbl": "", "colortbl": "", "stylesheet": "",
    "listtable": "",
    "listoverridetable": "", "rsidtbl": "", "generator": "", "pict": "", "themedata": "",
    "colorschememapping": "", "latentstyles": "", "datastore": "", "objdata": "", "revtbl": "",
    "xmlnstbl": "", "mmathPr": "", "shpinst": "text", "shptxt": "text", "footnote": "text",
    "atnid": "", "userprops": "metadata", "filetbl": "", "pgptbl": "", "panose": "", "falt": "",
    "sp": "", "listtext": "text", "pntext": "text", "sn": "", "sv": "", "nonshppict": "",
    "atrfstart": "", "atrfend": "", "atndate": "", "atnref": "", "fldrslt": "text",
}  # fmt: skip
"""Where the text of a destination goes; "" is no text."""
_BREAKS: Final = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n",
                  "cell": "\t", "nestcell": "\t", "nestrow": "\n", "tab": "\t"}  # fmt: skip
_SIGNS: Final = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "bullet": "•",
                 "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003",
                 "enspace": "\u2002"}  # fmt: skip
_PAGES: Final = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 1252: "cp1252",
                 65001: "utf-8"}  # fmt: skip
_CHARSETS: Final = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949"}
DEEPEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until the group closes. ``kind`` "text" is shown, "" is nothing."""

    kind: str = "text"
    hidden: bool = False
    deleted: bool = False
    skip: int = 1
    codec: str = ""
    font: int = -1
    star: bool = False


@dataclass(slots=True)
class _Reading:
    """One file on its way."""

    text: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    raw: bytearray = field(default_factory=bytearray)
    codec: str = "gb18030"
    fonts: dict[int, str] = field(default_factory=dict)
    eat: int = 0
    objects: int = 0
    half: str = ""

    def put(self, text: str, state: _State) -> None:
        """Text in its place."""
        if state.kind == "text" and not (state.hidden or state.deleted):
            self.text.append(text)
        elif state.kind:
            kind = state.kind
            if kind == "text":
                kind = "tracked_change" if state.deleted else "hidden_text"
            self.kept.setdefault(kind, []).append(text)

    def add(self, raw: bytes) -> None:
        """Bytes as they stand, less those that stand for a character given already."""
        eaten = min(self.eat, len(raw))
        self.eat -= eaten
        self.raw += raw[eaten:]

    def flush(self, state: _State) -> None:
        """Bytes gathered so far, in the codec that holds."""
        if self.raw:
            codec = state.codec or self.fonts.get(state.font, "") or self.codec
            self.put(bytes(self.raw).decode(codec, "replace"), state)
            self.raw.clear()


class RtfExtractor:
    """``.rtf``: text, comments, deleted and hidden text."""

    suffixes: tuple[str, ...] = (".rtf",)

    def extract(self, path: Path) -> Extracted:
        """Objects and pictures are not opened; objects are told."""
        raw = path.read_bytes()
        if not raw.lstrip().startswith(b"{\\rt"):
            raise ExtractionError(f"“{path.name}”不是 RTF 文件，请用原来的软件另存一份再导入。")
        reading = _read(raw)
        text = re.sub(r"\t(?=\n)", "", "".join(reading.text)).strip()
        notes = Notes()
        for kind, texts in reading.kept.items():
            notes.say(kind, "", "".join(texts))
        if reading.objects:
            notes.add("embedded_file", f"{reading.objects}个内嵌对象", "")
            notes.unread(f"文件里有{reading.objects}个内嵌对象，程序没有读，请打开文件查看。")
        if not text and not notes.concealed and b"\\pict" in raw:
            notes.unread("文件里只有图片，没有文字，程序读不出图片里写着什么。")
        header = read_header(text)
        pairs = {item.label: item.raw for item in header.fields.values()}
        return Extracted(
            text=text,
            title=named_pairs(pairs).get("title") or first_line(text[header.body_start :]),
            hidden=notes.hidden,
            header=pairs,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _read(raw: bytes) -> _Reading:
    reading, state = _Reading(), _State()
    above: list[_State] = []
    at = 0
    while at < len(raw):
        token = _TOKEN.match(raw, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        word, number, code, sign, brace, plain = token.groups()
        if code is not None or plain is not None:
            reading.add(bytes([int(code, 16)]) if code is not None else plain)
            continue
        if word != b"u":
            reading.flush(state)
        if brace is not None:
            state = _brace(reading, state, above, brace)
        elif sign is not None:
            state = _sign(reading, state, sign)
        elif word is not None:
            value = int(number) if number else None
            # What follows \\bin are bytes of a picture, not words.
            at += max(0, value or 0) if word == b"bin" else 0
            state = _word(reading, state, word.decode(), value)
    reading.flush(state)
    return reading


def _brace(reading: _Reading, state: _State, above: list[_State], brace: bytes) -> _State:
    if brace == b"{":
        if len(above) >= DEEPEST:
            raise ExtractionError("文件的层次太深，可能已损坏，请用原来的软件另存一份再导入。")
        above.append(state)
        return state
    reading.eat = 0
    return above.pop() if above else _State()


def _sign(reading: _Reading, state: _State, sign: bytes) -> _State:
    if sign == b"*":
        return replace(state, star=True)
    if sign in (b"\\", b"{", b"}"):
        reading.put(sign.decode(), state)
    elif sign == b"~":
        reading.put(" ", state)
    elif sign == b"_":
        reading.put("-", state)
    elif sign in (b"\r", b"\n"):
        reading.put("\n", state)
    return state


def _word(reading: _Reading, state: _State, word: str, value: int | None) -> _State:
    star, state = state.star, replace(state, star=False) if state.star else state
    if word == "u" and value is not None:
        reading.flush(state)
        _unicode(reading, state, value & 0xFFFF)
        reading.eat = state.skip
    elif word in _BREAKS or word in _SIGNS:
        reading.put(_BREAKS.get(word) or _SIGNS[word], state)
    elif word in _KINDS:
        reading.objects += word == "objdata"
        # What is inside something that is not text stays so, whatever its own name says.
        kind = _KINDS[word]
        if state.kind and not (kind == "text" and state.kind != "text"):
            state = replace(state, kind=kind)
    elif word == "ansicpg" and value is not None:
        reading.codec = _PAGES.get(value, "gb18030")
    elif word == "fcharset" and value in _CHARSETS:
        reading.fonts[state.font] = _CHARSETS[value]
    elif word in _MARKS:
        state = _MARKS[word](state, value)
    elif star:
        state = replace(state, kind="source" if state.kind else "")
    return state


_MARKS: Final[Mapping[str, Callable[[_State, int | None], _State]]] = {
    "v": lambda state, value: replace(state, hidden=value != 0),
    "deleted": lambda state, value: replace(state, deleted=value != 0),
    "plain": lambda state, value: replace(state, hidden=False, deleted=False),
    "uc": lambda state, value: replace(state, skip=min(max(value or 0, 0), 8)),
    "f": lambda state, value: replace(state, font=-1 if value is None else value),
}


def _unicode(reading: _Reading, state: _State, code: int) -> None:
    """One unit of UTF-16; the two halves of a rare character come one after the other."""
    if 0xD800 <= code < 0xDC00:
        reading.half = chr(code)
    elif 0xDC00 <= code < 0xE000:
        pair = (reading.half + chr(code)).encode("utf-16-le", "surrogatepass")
        reading.put(pair.decode("utf-16-le", "replace"), state)
        reading.half = ""
    else:
        reading.put(chr(code), state)
