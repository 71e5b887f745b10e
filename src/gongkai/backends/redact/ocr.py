"""Where words stand in a picture, where the optional extra ``ocr`` (RapidOCR) is installed.

What is recognised is a help for the one who marks: it may be wrong, and what it misses has to be
framed. A line is recognised as a whole; where a character stands in it is reckoned, so boxes are
drawn wider than the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from typing import Any, Final

from PIL import Image

from gongkai.backends.redact.words import Line, around
from gongkai.text.redaction import Area, Place

TOLD: Final = "图片里的字由程序识别，会有漏认、错认的，请对照图片逐处看过；没有认出的请画框遮盖。"
_NARROW: Final = 0.55
"""Width of a Latin letter or digit beside that of a Han character."""
_MORE: Final = 0.4
"""Of the height of its line, by which a box is wider on either side."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised line: what it says, and left, top, right, bottom in pixels."""

    text: str
    box: tuple[float, float, float, float]


def is_there() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None


def seen(picture: Image.Image) -> list[Seen]:
    """The lines of a picture, from the top; none without the extra."""
    if not is_there():
        return []
    held = BytesIO()
    picture.convert("RGB").save(held, "PNG")
    said = _engine()(held.getvalue())
    if said is None or said.boxes is None:
        return []
    return sorted(
        (Seen(text, _around(corners)) for text, corners in zip(said.txts, said.boxes, strict=True)),
        key=lambda line: (line.box[1], line.box[0]),
    )


@lru_cache(maxsize=1)
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    one = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}
    return RapidOCR(params={f"EngineConfig.onnxruntime.{name}": n for name, n in one.items()})


def _around(corners: Any) -> tuple[float, float, float, float]:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(across), min(down), max(across), max(down)


def places(lines: Sequence[Seen], words: str, page: int = 1) -> tuple[Place, ...]:
    """Where the words stand in recognised lines, with boxes to be painted."""
    chars = [(line, place) for line in lines for place in range(len(line.text))]
    texts = [line.text[place] for line, place in chars]
    return tuple(
        Place(page, *around(texts, hit), _areas([chars[place] for place in hit], page))
        for hit in Line(texts).find(words)
    )


def _areas(hit: Sequence[tuple[Seen, int]], page: int) -> tuple[Area, ...]:
    """One box for each line that a hit runs through."""
    return tuple(
        _area(line, [place for _, place in run], page)
        for line, run in groupby(hit, key=lambda char: char[0])
    )


def _area(line: Seen, at: Sequence[int], page: int) -> Area:
    left, top, right, bottom = line.box
    edges = [0.0]
    for char in line.text:
        edges.append(edges[-1] + (_NARROW if char.isascii() else 1.0))
    wide, more = (right - left) / edges[-1], (bottom - top) * _MORE
    return Area(
        page,
        max(0.0, left + edges[at[0]] * wide - more),
        max(0.0, top - more / 4),
        left + edges[at[-1] + 1] * wide + more,
        bottom + more / 4,
    )
