"""What a file is by its content, whatever its name says."""

import re
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from gongkai.backends.extract.ole import MAGIC as OLE
from gongkai.backends.extract.ole import OleFile
from gongkai.ports import ExtractionError

HEAD: Final = 4096
_STARTS: Final = (
    (b"\x89PNG\r\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
    (b"II*\0", "image"), (b"MM\0*", "image"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"),
    (b"MSCF", "archive"), (b"\x28\xb5\x2f\xfd", "archive"), (b"MZ", "program"),
    (b"\x7fELF", "program"), (b"\xca\xfe\xba\xbe", "program"), (b"AC10", "drawing"),
    (b"\x1aE\xdf\xa3", "film"), (b"ID3", "film"), (b"RIFF", "film"), (b"OggS", "film"),
    (b"fLaC", "film"), (b"SQLite format 3", "database"),
)  # fmt: skip
_MAIN_PARTS: Final = (
    ("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.bin", "xlsx"), ("ofd.xml", "ofd"),
)  # fmt: skip
_OPEN: Final = {"text": "odt", "presentation": "odt", "spreadsheet": "xlsx"}
_STREAMS: Final = (
    ("EncryptedPackage", "locked"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"),
    ("PowerPoint Document", "ppt"), ("__properties_version1.0", "msg"),
)  # fmt: skip
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div|p)\b", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*<\?xml\s")
_ROOT: Final = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->)*<(?:!doctype\s+)?(?:[\w.-]+:)?([\w.-]+)",
    re.IGNORECASE | re.DOTALL,
)
_MAIL: Final = re.compile(
    rb"\A\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE
)
_MAIL_HEADS: Final = re.compile(
    rb"^(?:received|mime-version|message-id|return-path|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
NAMES: Final = {
    "pdf": "PDF", "docx": "Word 文档", "xlsx": "工作簿", "pptx": "演示文稿", "ofd": "OFD",
    "odt": "OpenDocument 文档", "zip": "压缩包", "doc": "Word 97–2003 文档", "xls": "工作簿",
    "ppt": "PowerPoint 97–2003 演示文稿", "msg": "邮件", "rtf": "RTF", "image": "图片",
    "html": "网页", "mail": "邮件", "text": "文本", "archive": "压缩包", "program": "程序",
    "drawing": "图纸", "film": "音频或视频", "database": "数据库", "ole": "复合文件",
    "unknown": "不认识的格式", "locked": "加密的文件", "csv": "文本", "json": "文本",
    "xml": "XML",
}  # fmt: skip
TEXTUAL: Final = frozenset({"html", "mail", "text"})


def kind_of(path: Path) -> str:
    """One of ``NAMES``; of text the rougher half (a CSV is text)."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(OLE):
        return _ole_kind(path)
    if head.lstrip().startswith(b"{\\rt"):
        return "rtf"
    return _plain_kind(head)


def is_page(path: Path) -> bool:
    """Whether a text with HTML in it is a page: data may have a ``<p>`` or a ``<table>``."""
    with path.open("rb") as file:
        return _is_page(file.read(HEAD).replace(b"\0", b""))


def _is_page(flat: bytes) -> bool:
    root = _ROOT.match(_unmarked(flat))
    return root is not None and root[1].lower() == b"html"


def _unmarked(flat: bytes) -> bytes:
    """Without the byte-order mark."""
    return flat.lstrip(b"\xef\xbb\xbf\xff\xfe")


def _plain_kind(head: bytes) -> str:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image"
    if head.startswith(b"BM") and b"\0" in head[:20]:
        return "image"
    if head[4:8] == b"ftyp":
        return "film"
    found = next((kind for start, kind in _STARTS if head.startswith(start)), "")
    if found and not (head[:2] == b"MZ" and b"\0" not in head):
        return found
    if _is_binary(head):
        return "unknown"
    flat = head.replace(b"\0", b"")
    if _XML.match(_unmarked(flat)):
        return "html" if _is_page(flat) else "xml"
    if _MAIL.match(flat) and _MAIL_HEADS.search(flat[:2000]):
        return "mail"
    return "html" if _HTML.search(flat) else "text"


def _is_binary(head: bytes) -> bool:
    """Control characters that no text has; UTF-16 has a zero beside each Latin letter."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = head.count(0)
    if zeros and max(head[0::2].count(0), head[1::2].count(0)) < zeros * 0.9:
        return True
    if zeros and zeros < len(head) // 10:
        return True
    odd = sum(head.count(code) for code in range(1, 32) if code not in (9, 10, 12, 13, 26, 27))
    return odd > len(head) // 20


def _zip_kind(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = {name.lower().replace("\\", "/").lstrip("/") for name in archive.namelist()}
            for part, kind in _MAIN_PARTS:
                if part in names:
                    return kind
            if "mimetype" in names and "content.xml" in names:
                info = archive.getinfo("mimetype")
                said = archive.read(info).decode("ascii", "replace") if info.file_size < 200 else ""
                return _OPEN.get(said.rpartition(".")[2].partition("-")[0], "odt")
    except (BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError, EOFError):
        return "zip"
    return "zip"


def _ole_kind(path: Path) -> str:
    try:
        names = OleFile(path).names
    except ExtractionError:
        return "ole"
    return next((kind for stream, kind in _STREAMS if stream in names), "ole")
