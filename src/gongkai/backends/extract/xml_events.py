"""XML of unknown origin, read as a stream of events; nothing is resolved, fetched or expanded.

The declared encoding is not believed: exports that say UTF-8 and are GBK are as common as the
other way. What most often makes an export not well formed (a bare ``&``, names of HTML entities,
control characters) is mended and told; anything else is refused with the line.
"""

import re
from html.entities import html5
from typing import Any, Final, Protocol
from xml.parsers import expat

from gongkai.backends.extract.decoding import decode
from gongkai.ports import ExtractionError

DEEPEST: Final = 100
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
# Only these say anything: single-byte ones decode whatever the bytes are.
_OTHERS: Final = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "shift_jis": "cp932",
                  "euc-jp": "euc_jp", "euc-kr": "cp949"}  # fmt: skip
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AMPERSAND: Final = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|&(?:#(\d{1,9}|x[0-9A-Fa-f]{1,8});|(\w{1,40});)?",
    re.DOTALL,
)
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MENDED: Final = "“{name}”有{count}处不合 XML 规范（未转义的 & 或控制字符），已按原意读入，请抽查。"


class Handler(Protocol):
    """What is done with each event."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; names with their prefixes."""

    def words(self, text: str) -> None:
        """A stretch of text."""

    def end(self, tag: str) -> None:
        """The element ends."""

    def aside(self, text: str) -> None:
        """A comment or an instruction to another program."""


def read_events(name: str, raw: bytes, made: type[Handler]) -> tuple[Handler, list[str]]:
    """A handler that has seen the whole file, and warnings. It may be made twice: see `_mended`."""
    text, warnings = _decoded(raw)
    text = text.lstrip("\ufeff \t\r\n")
    if "<!DOCTYPE" not in text:
        try:
            return _read(name, text, made), warnings
        except expat.ExpatError:
            pass
    # With a document type, entities nobody declared would be passed over without a word.
    mended, count = _mended(text)
    if count:
        warnings = [*warnings, _MENDED.format(name=name, count=count)]
    try:
        return _read(name, mended, made), warnings
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]:
            raise ExtractionError(
                f"“{name}”不完整，在第{error.lineno}行断了，请重新导出。"
            ) from None
        raise ExtractionError(
            f"“{name}”第{error.lineno}行不合 XML 格式，请重新导出再导入。"
        ) from error


def _decoded(raw: bytes) -> tuple[str, list[str]]:
    for start, codec in ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be")):
        if raw.startswith(start):
            return raw.decode(codec, "replace"), []
    declared = _DECLARED.match(raw.lstrip()[:300])
    other = _OTHERS.get(declared[1].decode().lower()) if declared else None
    if other is not None:
        for codec in ("utf-8", other):
            try:
                return raw.decode(codec), []
            except UnicodeDecodeError:
                continue
    return decode(raw)


def _read(name: str, text: str, made: type[Handler]) -> Handler:
    handler = made()
    parser: Any = expat.ParserCreate()  # a text is read as it is, whatever it declares
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ExtractionError(
                f"“{name}”里的元素套得太深（超过{DEEPEST}层），没有读，请重新导出再导入。"
            )
        handler.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(tag)

    def declared(*_: Any) -> None:
        raise ExtractionError(f"“{name}”里定义了实体，可能有害，没有读，请重新导出再导入。")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.CommentHandler = handler.words, handler.aside
    parser.ProcessingInstructionHandler = lambda target, data: handler.aside(f"{target} {data}")
    parser.EntityDeclHandler = declared
    parser.SkippedEntityHandler = lambda entity, _: handler.words(f"&{entity};")
    parser.Parse(text, True)
    return handler


def _mended(text: str) -> tuple[str, int]:
    """What was certainly meant, and how often it had to be guessed."""
    text, count = _ILLEGAL.subn("", text)

    def meant(match: re.Match[str]) -> str:
        nonlocal count
        number, entity = match.groups()
        if match.group()[0] != "&" or entity in _OWN:
            return match.group()
        count += 1
        if number:
            code = int(number[1:], 16) if number[0] == "x" else int(number)
            if code < 0x110000 and not 0xD800 <= code < 0xE000 and not _ILLEGAL.match(chr(code)):
                count -= 1
                return match.group()
            return ""
        return html5.get(f"{entity};", f"&amp;{match.group()[1:]}")

    return _AMPERSAND.sub(meant, text), count
