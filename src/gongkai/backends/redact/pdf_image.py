"""Pages as pictures: grey, 150 dots to the inch, with the bars painted into the picture."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Name
from PIL import Image, ImageDraw

from gongkai.backends.redact.pdf_text import Box

DOTS: Final = 150
LARGEST: Final = 4_000
"""Pixels of the longer side; a poster is drawn coarser."""
_GREYS: Final = [(value & 0xF0) | (value >> 4) for value in range(256)]


def scale_of(page: Any, dots: int = DOTS) -> float:
    """Pixels to a point."""
    return float(min(dots / 72, LARGEST / max(*page.get_size(), 1)))


def drawn(page: Any, *, dots: int = DOTS, grey: bool = True) -> Image.Image:
    """The page as it is shown."""
    bitmap = page.render(scale=scale_of(page, dots), grayscale=grey, draw_annots=True)
    picture: Image.Image = bitmap.to_pil().convert("L" if grey else "RGB")
    return picture


def paint(picture: Image.Image, boxes: Sequence[Box], scale: float) -> None:
    """Black over the boxes (left, top, right, bottom in points as shown)."""
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        corner = (int(left * scale) - 1, int(top * scale) - 1)
        pen.rectangle((corner, (int(right * scale) + 2, int(bottom * scale) + 2)), fill=0)


def replace_page(pdf: Any, number: int, picture: Image.Image, size: tuple[float, float]) -> None:
    """Put a page that is nothing but the picture in the place of page ``number`` (from 0)."""
    greys = picture.convert("L").point(_GREYS)
    wide, high = greys.size
    image = pdf.make_stream(
        zlib.compress(greys.tobytes(), 6),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=wide,
        Height=high,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )
    content = f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im Do Q".encode()
    page = pikepdf.Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, size[0], size[1]],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image)),
        Contents=pdf.make_stream(content),
    )
    pdf.pages[number] = pikepdf.Page(pdf.make_indirect(page))


def png(picture: Image.Image) -> bytes:
    """As a file, with nothing in it but the picture."""
    held = BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()
