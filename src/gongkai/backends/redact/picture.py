"""Redacted copies of scans and photographs: boxes painted in, everything else dropped."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from gongkai.backends.redact import ocr
from gongkai.ports import RedactionError
from gongkai.text.redaction import Area, Check, Inspection, Look, Mark, Place, Redacted, Sheet

_MOST_PIXELS: Final = 100_000_000
_Box = tuple[int, int, int, int]


class PictureRedactor:
    """``.png``, ``.jpg``, ``.jpeg``; one pixel counts as a point."""

    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg")

    def look(self, path: Path) -> Look:
        """One sheet of the size of the picture, with what is recognised in it."""
        picture = _opened(path)
        told = ocr.TOLD if ocr.is_there() else "图片里的字程序看不见，请逐处画框遮盖。"
        text = "\n".join(line.text for line in ocr.seen(picture))
        return Look(
            sheets=(Sheet(float(picture.width), float(picture.height), text),), warnings=(told,)
        )

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """In what is recognised; nowhere where nothing can be."""
        lines = ocr.seen(_opened(path))
        return tuple(ocr.places(lines, said) for said in words)

    def picture(self, path: Path, page: int) -> bytes:
        """The picture without what the camera wrote into it."""
        if page != 1:
            raise RedactionError(f"“{path.name}”没有第{page}页。")
        return _png(_opened(path))

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """A PNG with black boxes."""
        picture = _opened(path)
        groups = _boxes(picture, marks)
        boxes = [box for group in groups for box in group]
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
            places=tuple(map(len, groups)),
            checks=(*_checks(content, boxes), *_read_again(content, marks)),
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


def _boxes(picture: Image.Image, marks: Sequence[Mark]) -> list[list[_Box]]:
    """What is to be painted for each mark."""
    by_words = any(mark.area is None for mark in marks)
    if by_words and not ocr.is_there():
        raise RedactionError("图片里的字程序看不见，不能按文字遮盖；请画框。")
    lines = ocr.seen(picture) if by_words else []
    return [
        [_box(area, picture.size) for area in _areas(mark, number, lines)]
        for number, mark in enumerate(marks, 1)
    ]


def _areas(mark: Mark, number: int, lines: Sequence[ocr.Seen]) -> list[Area]:
    if mark.area is not None:
        return [mark.area]
    there = ocr.places(lines, mark.words)
    if not there or max(mark.only, default=1) > len(there):
        raise RedactionError(
            f"第{number}处遮盖：图片里没有认出“{mark.words}”（或没有所选的那一处）。请画框遮盖。"
        )
    wanted = [there[n - 1] for n in mark.only] if mark.only else there
    return [area for place in wanted for area in place.areas]


def _read_again(content: bytes, marks: Sequence[Mark]) -> tuple[Check, ...]:
    """Words that were to go everywhere are not recognised any more."""
    gone = [mark.words for mark in marks if mark.area is None and not mark.only]
    if not gone:
        return ()
    lines = ocr.seen(_read(content))
    if left := [words for words in gone if ocr.places(lines, words)]:
        raise RedactionError(f"遮盖后的副本里还认得出“{left[0]}”，没有生成。请画框遮盖。")
    return (Check("ocr", f"重新识别出{len(lines)}行字再查找"),)


def _read(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as again:
        return again.convert("RGB")


def _box(area: Area, size: tuple[int, int]) -> _Box:
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


def _checks(content: bytes, boxes: Sequence[_Box]) -> tuple[Check, ...]:
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
