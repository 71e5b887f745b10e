"""Archives as no program would write them: every number in them may lie."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry; what is left out is true to the data."""

    name: bytes
    data: bytes = b""
    flags: int = 0x800
    size: int | None = None
    mode: int = 0o100644
    packed: tuple[bytes, int, int] | None = None
    """Deflated bytes, their checksum and their true length, where they are made already."""
    shared: bool = False
    """Whether it points at the data of the first entry."""


def raw_zip(entries: Sequence[Entry], comment: bytes = b"") -> bytes:
    """The archive."""
    out, central = bytearray(), bytearray()
    for entry in entries:
        packed, check, length = entry.packed or deflated(entry.data)
        size = length if entry.size is None else entry.size
        place = 0 if entry.shared else len(out)
        head = struct.pack(
            "<HHHHHIIIHH",
            20, entry.flags, 8, 0, 0, check, len(packed), size, len(entry.name), 0,
        )  # fmt: skip
        if not entry.shared:
            out += b"PK\3\4" + head + entry.name + packed
        central += b"PK\1\2" + struct.pack("<H", 0x0314) + head
        central += struct.pack("<HHHII", 0, 0, 0, entry.mode << 16, place) + entry.name
    end = struct.pack(
        "<HHHHIIH", 0, 0, len(entries), len(entries), len(central), len(out), len(comment)
    )
    return bytes(out + central + b"PK\5\6" + end + comment)


def deflated(data: bytes) -> tuple[bytes, int, int]:
    """Deflated bytes, checksum, length."""
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    return maker.compress(data) + maker.flush(), zlib.crc32(data), len(data)


def zeros(mb: int) -> tuple[bytes, int, int]:
    """Megabytes of zeros, deflated without holding them."""
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    check, out, piece = 0, [], bytes(2**20)
    for _ in range(mb):
        check = zlib.crc32(piece, check)
        out.append(maker.compress(piece))
    return b"".join((*out, maker.flush())), check, mb * 2**20
