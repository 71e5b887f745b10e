"""Whether an image can be a seal: read by its own structure, without drawing it. No Django here.

A picture that is whole, of a bounded size and not a bomb; what is only unbecoming (no clear
ground, too coarse for print, not round) comes back as sentences.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

LARGEST = 500_000
LEAST_PIXELS, MOST_PIXELS = 8, 4000
# 42 mm at 200 dots per inch.
PRINT_PIXELS = 330
ROUND = 0.1
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Seven passes of an interlaced picture begin more rows than one, each with a byte of its own.
_PASSES = 7


class NotASeal(ValueError):
    """The sentence that says what to do about an image that cannot be taken."""


@dataclass(frozen=True, slots=True)
class SealImage:
    """A picture that can be taken: its media type, pixels, and what a person should look at."""

    media_type: str
    width: int
    height: int
    clear: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What would look wrong on a letter; nothing here forbids it."""
        found = []
        if not self.clear:
            found.append("图样没有透明底色，盖在落款上会遮住文字；最好用透明底的PNG。")
        if min(self.width, self.height) < PRINT_PIXELS:
            found.append(
                f"图样只有{self.width}×{self.height}像素，打印会发虚；每边最好不少于{PRINT_PIXELS}像素。"
            )
        if abs(self.width - self.height) > ROUND * max(self.width, self.height):
            found.append("图样的宽和高相差较大，请核对四周是否留了白边。")
        return tuple(found)


def read_seal(image: bytes) -> SealImage:
    """The picture, or `NotASeal` with what to do."""
    if len(image) > LARGEST:
        raise NotASeal(f"印章图样超过{LARGEST // 1000}KB，请缩小后再上传。")
    try:
        if image.startswith(_PNG):
            return _png(image)
        if image.startswith(_JPEG):
            return _jpeg(image)
    except (struct.error, zlib.error, IndexError, KeyError) as error:
        raise NotASeal("印章图样已损坏，打不开。请从原件重新导出后再上传。") from error
    raise NotASeal("印章图样须是PNG或JPEG图片，请另存后再上传。")


def _sized(width: int, height: int) -> None:
    if not (LEAST_PIXELS <= width <= MOST_PIXELS and LEAST_PIXELS <= height <= MOST_PIXELS):
        raise NotASeal(
            f"印章图样是{width}×{height}像素；每边须在{LEAST_PIXELS}至{MOST_PIXELS}像素之间。"
        )


def _png(image: bytes) -> SealImage:
    width = height = channels = depth = 0
    clear, ended, at = False, False, len(_PNG)
    unpacked, packed = 0, zlib.decompressobj()
    while at < len(image) and not ended:
        length, name = struct.unpack_from(">I4s", image, at)
        content = image[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", image, at + 8 + length)
        if len(content) != length or zlib.crc32(name + content) != crc:
            raise struct.error(name)
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", content)
            _sized(width, height)
            channels, clear = _CHANNELS[colour], colour in (4, 6)
        elif name == b"IDAT":
            most = (width * channels * depth // 8 + 2) * height + _PASSES * height + 64
            unpacked += len(packed.decompress(content, most - unpacked + 1))
            if not width or unpacked > most:
                raise struct.error("more pixels than told")
        elif name == b"tRNS":
            clear = True
        ended = name == b"IEND"
        at += 12 + length
    if not ended or not packed.eof:
        raise struct.error("cut short")
    return SealImage("image/png", width, height, clear)


def _jpeg(image: bytes) -> SealImage:
    if not image.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise struct.error("cut short")
    at = 2
    while True:
        mark, kind, length = struct.unpack_from(">BBH", image, at)
        if mark != 0xFF:
            raise struct.error("no marker")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", image, at + 5)
            _sized(width, height)
            return SealImage("image/jpeg", width, height, False)
        at += 2 + length
