"""Pictures: what they carry beside the picture, and their text where it can be recognised."""

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from PIL import ExifTags, Image, UnidentifiedImageError

from gongkai.backends.extract import ocr
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.plain import first_line
from gongkai.ports import Extracted, ExtractionError

MOST_PIXELS: Final = 100_000_000
_TOLD: Final = {
    "Make": "相机厂商", "Model": "相机型号", "DateTime": "修改时间", "DateTimeOriginal": "拍摄时间",
    "Artist": "作者", "Copyright": "版权", "ImageDescription": "说明", "Software": "软件",
    "UserComment": "注释", "XPTitle": "标题", "XPComment": "注释", "XPAuthor": "作者",
    "XPKeywords": "关键词", "XPSubject": "主题", "CameraOwnerName": "机主",
    "BodySerialNumber": "机身编号", "HostComputer": "设备",
}  # fmt: skip
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


class ImageExtractor:
    """Photographs and scans. Without recognition their text is told as unread."""

    suffixes: tuple[str, ...] = (
        ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp",
    )  # fmt: skip

    def __init__(self, *, ocr: bool = True) -> None:
        self._ocr = ocr

    def extract(self, path: Path) -> Extracted:
        """Only the head of the file is opened where nothing is to be recognised."""
        notes = Notes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            width, height = _note(path, notes)
        text = ""
        said: list[str] = []
        if width * height > MOST_PIXELS:
            notes.unread(f"图片太大（{width}×{height}），程序没有看，请缩小后再传或人工查看。")
        elif self._ocr and ocr.is_there():
            text = ocr.read_picture(path)
            said.append("图片里的文字由程序识别，可能有错，请对照原图。")
        else:
            notes.unread(f"程序读不出图片里的文字：{ocr.ABSENT}")
        return Extracted(
            text=text,
            title=first_line(text),
            hidden=notes.hidden,
            warnings=tuple(said),
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _note(path: Path, notes: Notes) -> tuple[int, int]:
    """Width and height; what is written into the file goes to the notes."""
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            exif = picture.getexif()
            tags: dict[str, Any] = {ExifTags.TAGS.get(k, str(k)): v for k, v in exif.items()}
            inner = exif.get_ifd(ExifTags.IFD.Exif)
            tags |= {ExifTags.TAGS.get(k, str(k)): v for k, v in inner.items()}
            place = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
            lines = [*_lines(tags), *_info(picture.info)]
            size = picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ExtractionError(f"“{path.name}”打不开，可能已损坏，请另存一份再传。") from error
    except (OSError, SyntaxError, ValueError, TypeError, KeyError) as error:
        raise ExtractionError(f"“{path.name}”已损坏，请另存一份再传。") from error
    notes.say("metadata", "", "\n".join(lines))
    notes.say("location", "GPS", place)
    return size


def _lines(tags: Mapping[str, Any]) -> Iterator[str]:
    for name, label in _TOLD.items():
        value = tags.get(name)
        if isinstance(value, bytes):
            value = _decoded(value, wide=name.startswith("XP"))
        if value is not None and str(value).strip():
            yield f"{label}：{str(value).strip()}"


def _decoded(raw: bytes, *, wide: bool) -> str:
    if wide:
        return raw.decode("utf-16-le", "replace").strip("\0")
    if raw[:8] in (b"ASCII\0\0\0", b"UNICODE\0", bytes(8)):
        codec = "utf-16-le" if raw.startswith(b"UNICODE") else "utf-8"
        raw = raw[8:]
        return raw.decode(codec, "replace").strip("\0 ")
    return raw.decode("utf-8", "replace").strip("\0 ")


def _info(info: Mapping[Any, Any]) -> Iterator[str]:
    """Comments and text blocks of PNG, GIF and JPEG; the XMP packet."""
    for name, value in info.items():
        if name in ("exif", "icc_profile", "photoshop", "transparency"):
            continue
        said = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        if isinstance(said, str) and said.strip() and len(said) < 2**20:
            yield f"{name}：{said.strip()}"


def _place(gps: Mapping[int, Any]) -> str:
    """Latitude and longitude in degrees."""
    said = []
    for value, sign in ((2, 1), (4, 3)):
        try:
            degrees = sum(float(part) / 60**n for n, part in enumerate(gps[value]))
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            continue
        said.append(f"{gps.get(sign, '')}{degrees:.5f}")
    return " ".join(said)
