"""Bytes to text: the byte-order mark, else strict UTF-8, else GB 18030.

The labels gb2312 and gbk are read as GB 18030, of which they are parts: Python's own gb2312 codec
alters punctuation, and pages with that label hold characters beyond it.
"""

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BELOW_THREE: Final = bytes(range(0xE0))
LOST: Final = "有{count}处文字无法解码，已用“\ufffd”代替，请对照原件补上。"


def decode(raw: bytes) -> tuple[str, list[str]]:
    """The text, without its mark, and warnings in Chinese when bytes were lost."""
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _decode(raw[len(mark) :], codec)
    if _looks_like_utf16(raw):
        return _decode(raw, "utf-16-le" if raw[1] == 0 else "utf-16-be")
    try:
        text = raw.decode("utf-8")
        return (raw.decode("gb18030") if _is_rather_gbk(raw, text) else text), []
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last character, or one bad byte, is still UTF-8.
        if _mostly_utf8(raw, error):
            return _decode(raw, "utf-8")
    return _decode(raw, "gb18030")


def _decode(raw: bytes, codec: str) -> tuple[str, list[str]]:
    text = raw.decode(codec, "replace")
    lost = text.count("\ufffd") - raw.count("\ufffd".encode(codec))
    return text, [LOST.format(count=lost)] if lost > 0 else []


def _is_rather_gbk(raw: bytes, text: str) -> bool:
    """Short Chinese in GBK (通知, 联通) may by chance be UTF-8 of letters nobody here writes."""
    if raw.translate(None, _BELOW_THREE):
        return False  # a character of three bytes and more: Chinese as it is meant
    odd = [char for char in text if char >= "\x80"]
    # Letters of Europe, Greek and Cyrillic are what such bytes are in earnest.
    meant = sum(char < "\u0250" or "\u0370" <= char < "\u0530" for char in odd)
    if not odd or len(odd) > 200 or 2 * meant >= len(odd):
        return False
    try:
        other = raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return all("\u3000" <= char <= "\uffef" or char < "\x80" for char in other)


def _looks_like_utf16(raw: bytes) -> bool:
    """Latin text as saved by Windows without a mark: every second byte is zero."""
    head = raw[:200]
    return len(head) >= 8 and (
        head[1::2].count(0) > len(head) // 3 or head[0::2].count(0) > len(head) // 3
    )


def _mostly_utf8(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Whether more three-byte characters decode before and after the fault than faults."""
    text = raw.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if len(text) <= 9 * lost:
        return False  # even if every other character were one of three bytes
    sound = sum(char >= "\u0800" and char != "\ufffd" for char in text)
    return sound > 8 * lost and error.start >= 0
