"""What may be uploaded: kinds of files told by their first bytes, and sizes."""

from __future__ import annotations

from gongkai.disclosure.values import Upload
from gongkai.kit.refusal import Refusal

MOST_FILES = 20
LARGEST = 20 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Suffix → first bytes that such a file has (empty: plain text) and its media type.
KINDS: dict[str, tuple[tuple[bytes, ...], str]] = {
    "pdf": ((b"%PDF-",), "application/pdf"),
    "jpg": ((b"\xff\xd8\xff",), "image/jpeg"),
    "jpeg": ((b"\xff\xd8\xff",), "image/jpeg"),
    "png": ((b"\x89PNG\r\n\x1a\n",), "image/png"),
    "tif": ((b"II*\x00", b"MM\x00*"), "image/tiff"),
    "docx": (
        (_ZIP,),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": ((_ZIP,), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ofd": ((_ZIP,), "application/ofd"),
    "doc": ((_OLE,), "application/msword"),
    "wps": ((_OLE, _ZIP), "application/vnd.ms-works"),
    "txt": ((), "text/plain"),
}


def check(upload: Upload) -> str:
    """The media type to keep; refuses empty, oversized and disguised files with a sentence."""
    name = plain_name(upload.name)
    if not upload.content:
        raise _refusal("empty", f"“{name}”是空文件，请重新选择文件。")
    if len(upload.content) > LARGEST:
        most = LARGEST // 1024 // 1024
        raise _refusal("too_large", f"“{name}”超过{most}MB，请压缩或分成几个文件后再上传。")
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix not in KINDS:
        raise _refusal(
            "unknown_kind", f"不能接收“{name}”，请换成PDF、图片（JPG、PNG）或Word文件后再上传。"
        )
    starts, media_type = KINDS[suffix]
    if starts and not upload.content.startswith(starts):
        raise _refusal("disguised", f"“{name}”的内容与它的扩展名不符，请用原来的软件另存后再上传。")
    if not starts and b"\x00" in upload.content[:4096]:
        raise _refusal("disguised", f"“{name}”不是文本文件，请核对后再上传。")
    return media_type


def plain_name(given: str) -> str:
    """The last part of a path without control characters, at most 200 characters."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if c.isprintable()).strip()
    return clean[-200:] or "未命名文件"


def _refusal(code: str, sentence: str) -> Refusal:
    return Refusal(f"upload.{code}", sentence, fields={"files": sentence})
