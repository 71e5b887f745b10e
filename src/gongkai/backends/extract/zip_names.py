"""Names of entries of a ZIP as they were given, whatever program wrote them."""

import struct
import zlib
from typing import Final
from zipfile import ZipInfo

from gongkai.backends.extract.decoding import decode

_UTF8: Final = 0x800
_UNICODE_PATH: Final = 0x7075


def name_of(entry: ZipInfo) -> str:
    """Marked as UTF-8, or in the field for it; else UTF-8 or GB 18030 if it fits; else cp437."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace")
    if told := _told(entry.extra, raw):
        return told
    name, lost = decode(raw)
    return entry.orig_filename if lost else name


def _told(extra: bytes, raw: bytes) -> str:
    """The Unicode path (Info-ZIP 0x7075), if it is still that of this name."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            (check,) = struct.unpack("<I", body[1:5])
            if check == zlib.crc32(raw):
                return body[5:].decode("utf-8", "replace")
    return ""
