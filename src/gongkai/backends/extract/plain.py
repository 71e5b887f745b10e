"""Plain text."""

from pathlib import Path
from typing import Final

from gongkai.backends.extract.decoding import decode
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.header import read_header

LONGEST_TITLE: Final = 120


class PlainExtractor:
    """``.txt``: the text as it stands; the title from its header, else its first short line."""

    suffixes: tuple[str, ...] = (".txt", ".text", ".md")

    def extract(self, path: Path) -> Extracted:
        """Decode; line ends become ``\\n``."""
        raw = path.read_bytes()
        if b"\0" in raw[:4096] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff") and _is_binary(raw):
            raise ExtractionError(f"“{path.name}”不是文本文件，请换成文本、网页或表格再导入。")
        text, warnings = decode(raw)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise ExtractionError(f"“{path.name}”里没有文字，请核对文件。")
        header = read_header(text)
        pairs = {field.label: field.raw for field in header.fields.values()}
        return Extracted(
            text=text,
            title=header.raw("title") or first_line(text[header.body_start :]),
            header=pairs,
            warnings=tuple(warnings),
        )


def first_line(text: str) -> str:
    """The first line with text, if it is short enough to be a title."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_TITLE else ""


def _is_binary(raw: bytes) -> bool:
    """Zero bytes that are not every second one, as UTF-16 would have them."""
    head = raw[:4096]
    zeros = head.count(0)
    return max(head[0::2].count(0), head[1::2].count(0)) < zeros * 0.9 or zeros < len(head) // 10
