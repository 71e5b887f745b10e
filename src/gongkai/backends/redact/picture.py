"""Redacted copies of scans and photographs: boxes painted in, everything else dropped."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from gongkai.ports import RedactionError
from gongkai.text.redaction import Area, Check, Inspection, Look, Mark, Place, Redacted, Sheet

_MOST_PIXELS: Final = 100_000_000


class PictureRedactor:
    """``.png``, ``.jpg``, ``.jpeg``; one pixel counts as a point."""

    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg")

    def look(self, path: Path) -> Look:
        """One sheet of the size of the picture, without text."""
        picture = _opened(path)
        told = "图片里的字程序看不见，请逐处画框遮盖。"
        return Look(
            sheets=(Sheet(float(picture.width), float(picture.height), ""),), warnings=(told,)
        )

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """Nowhere: the program does not see what a picture says."""
        return ((),) * len(words)

    def picture(self, path: Path, page: int) -> bytes:
        """The picture without what the camera wrote into it."""
        if page != 1:
            raise RedactionError(f"“{path.name}”没有第{page}页。")
        return _png(_opened(path))

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """A PNG with black boxes."""
        picture = _opened(path)
        boxes = [_box(mark.area, picture.size) for mark in marks]
        if not boxes:
            raise RedactionError("还没有标出要遮盖的内容。")
        pen = ImageDraw.Draw(picture)
        for box in boxes:
            pen.rectangle((box[:2], (box[2] - 1, box[3] - 1)), fill=0)
        content = _png(picture)
        return Redacted(
            content=content,
            suffix=".png",
            media_type="image/png",
            method="image",
            places=(1,) * len(boxes),
            checks=_checks(content, boxes),
            images=(1,),
        )

    def inspect(self, path: Path) -> Inspection:
        """What was painted over is gone; properties may tell place and time."""
        with Image.open(path) as picture:
            noted = bool(picture.getexif()) or "comment" in picture.info
        return Inspection(warnings=("图片带有拍摄信息（时间、地点、设备等）。",) if noted else ())


def _opened(path: Path) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(path) as held:
            turned = ImageOps.exif_transpose(held)
            fresh = Image.new("RGB", turned.size, "white")
            fresh.paste(turned.convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise RedactionError(f"“{path.name}”打不开或太大，请另存为PNG再上传。") from error
    return fresh


def _box(area: Area | None, size: tuple[int, int]) -> tuple[int, int, int, int]:
    if area is None:
        raise RedactionError("图片里的字程序看不见，不能按文字遮盖；请画框。")
    if area.page != 1:
        raise RedactionError("图片只有1页，请改正页码。")
    left, right = sorted((area.left, area.right))
    top, bottom = sorted((area.top, area.bottom))
    box = (max(0, int(left)), max(0, int(top)), min(size[0], int(right)), min(size[1], int(bottom)))
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        raise RedactionError("框太小或者在图片以外，请重新画框。")
    return box


def _png(picture: Image.Image) -> bytes:
    held = BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def _checks(content: bytes, boxes: Sequence[tuple[int, int, int, int]]) -> tuple[Check, ...]:
    """The file opened again: boxes black all over, nothing but pixels in it."""
    with Image.open(BytesIO(content)) as again:
        black = Image.new("RGB", (1, 1)).getextrema()
        left = [box for box in boxes if again.convert("RGB").crop(box).getextrema() != black]
        noted = [key for key in again.info if key != "dpi"]
    if left or noted:
        raise RedactionError("遮盖后的副本没有通过复查，没有生成。请重新画框再试。")
    return (
        Check("picture", f"重新打开图片，逐处看{len(boxes)}个遮盖框"),
        Check("structure", "检查拍摄信息和其他附注"),
    )
