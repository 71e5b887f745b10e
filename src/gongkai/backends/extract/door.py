"""One reader for every file: by what it is, not by what its name says.

A file whose content and name differ is read as what it is, with a warning; what no reader takes
is refused with a sentence. Files inside files come back here, within one budget.
"""

import re
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from zipfile import is_zipfile

from gongkai.backends.extract import ocr as recognition
from gongkai.backends.extract.inside import Inside
from gongkai.backends.extract.sniff import NAMES, TEXTUAL, is_page, kind_of
from gongkai.ports import Concealed, Extracted, ExtractionError, Extractor

_HERE: Final = "gongkai.backends.extract"
_READERS: Final = {
    "pdf": "pdf.PdfExtractor", "docx": "docx.DocxExtractor", "pptx": "pptx.PptxExtractor",
    "xlsx": "xlsx.XlsxExtractor", "xls": "xlsx.XlsxExtractor", "odt": "odf.OdfExtractor",
    "ofd": "ofd.OfdExtractor", "zip": "zip_files.ZipExtractor", "doc": "doc.DocExtractor",
    "ppt": "ppt.PptExtractor", "msg": "mail.MsgExtractor", "rtf": "rtf.RtfExtractor",
    "image": "images.ImageExtractor", "html": "html.HtmlExtractor", "mail": "mail.MailExtractor",
    "text": "plain.PlainExtractor", "csv": "csv_rows.CsvExtractor",
    "json": "json_rows.JsonExtractor", "xml": "xml_rows.XmlExtractor",
}  # fmt: skip
SUFFIXES: Final = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".pptx": "pptx",
    ".pptm": "pptx", ".ppsx": "pptx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "xlsx",
    ".xls": "xls", ".et": "xls", ".odt": "odt", ".odp": "odt", ".ofd": "ofd", ".zip": "zip",
    ".doc": "doc", ".wps": "doc", ".ppt": "ppt", ".pps": "ppt", ".dps": "ppt", ".msg": "msg",
    ".rtf": "rtf", ".jpg": "image", ".jpeg": "image", ".png": "image", ".gif": "image",
    ".bmp": "image", ".tif": "image", ".tiff": "image", ".webp": "image", ".html": "html",
    ".htm": "html", ".shtml": "html", ".xhtml": "html", ".eml": "mail", ".mht": "mail",
    ".mhtml": "mail", ".txt": "text", ".text": "text", ".md": "text", ".xml": "xml",
    ".rss": "xml", ".atom": "xml", ".csv": "csv", ".tsv": "csv", ".json": "json",
    ".jsonl": "json", ".ndjson": "json",
}  # fmt: skip
_BY_NAME: Final = TEXTUAL | {"csv", "json"}
_OPENED_AS_TEXT: Final = {"doc", "xls"}
"""Old programs open a text under these names; under others it is a broken file."""
_ODD: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufff0-\ufffb\ufffe\uffff]")
_RECOGNISES: Final = ("pdf", "image")
WRITES: Final = {"write_mb": 200}
RECOGNITION: Final = {"memory_mb": 4096, "cpu_seconds": 90, "wall_seconds": 180}
"""What a child needs where text is recognised in pictures."""


class AnyFile:
    """Every format that ships. ``ocr`` False leaves pictures to people, installed or not."""

    suffixes: tuple[str, ...] = tuple(SUFFIXES)

    def __init__(self, *, ocr: bool = True) -> None:
        self._ocr = ocr
        self.needs = WRITES | (RECOGNITION if ocr and recognition.is_there() else {})

    def extract(self, path: Path) -> Extracted:
        """Read it, and every file in it that can be read."""
        room = Inside(self._read)
        try:
            return self._read(path, room)
        finally:
            room.budget.close()

    def _read(self, path: Path, room: Inside) -> Extracted:
        try:
            return self._as_it_is(path, room)
        except ExtractionError:
            raise
        except MemoryError:
            raise ExtractionError(f"“{path.name}”展开后太大，请拆分文件再导入。") from None
        except Exception as error:  # the file decides what goes wrong; a person gets a sentence
            kind = type(error).__name__
            raise ExtractionError(
                f"读不出“{path.name}”，文件可能已损坏，请另存一份再导入（{kind}）。"
            ) from error

    def _as_it_is(self, path: Path, room: Inside) -> Extracted:
        is_, says = kind_of(path), SUFFIXES.get(path.suffix.lower(), "")
        if is_ == "locked":
            raise ExtractionError(f"“{path.name}”设有密码，请去掉密码再上传。")
        kind = says if is_ in TEXTUAL and says in _BY_NAME else is_
        if says == "xml" and is_ in TEXTUAL and not (is_ == "html" and is_page(path)):
            kind = "xml"
        if says == "html" and is_ == "xml":
            kind = "html"  # a page may begin like data, and readers of pages mind less
        is_text = kind == "text" and says not in {"", *_BY_NAME, *_OPENED_AS_TEXT}
        if kind not in _READERS or is_text:
            raise ExtractionError(_not_taken(path, is_, says))
        reader = _reader(kind, self._ocr)
        within = getattr(reader, "within", None)
        found: Extracted = within(path, room) if within is not None else reader.extract(path)
        if says and _READERS[kind] != _READERS[says]:
            said = f"“{path.name}”的扩展名是{path.suffix}，内容却是{NAMES[kind]}，已按内容读取，"
            found = _with(found, warnings=(*found.warnings, f"{said}请改正扩展名。"))
        if not _is_container(kind) and is_zipfile(path):
            found = self._with_tail(path, room, found)
        if _is_garbled(found.text):
            said = "读出的文字大多是乱码，文件可能已损坏，请打开文件看一遍。"
            found = _with(found, unread=(*found.unread, said))
        if not _says_something(found):
            said = "程序在里面没有找到文字，请打开文件看一遍。"
            found = _with(found, unread=(said,))
        return found

    def _with_tail(self, path: Path, room: Inside, found: Extracted) -> Extracted:
        """An archive behind the end of another file: programs that unpack it would find it."""
        inner = _reader("zip", self._ocr).within(path, room)  # type: ignore[attr-defined]
        item = Concealed("embedded_file", "文件末尾的压缩包", inner.text)
        return _with(
            found,
            hidden="\n".join(filter(None, (found.hidden, inner.text, inner.hidden))),
            concealed=(*found.concealed, item, *inner.concealed),
            unread=(*found.unread, *inner.unread),
        )


def _with(found: Extracted, **changed: Any) -> Extracted:
    kept = {name: getattr(found, name) for name in Extracted.__slots__}
    return Extracted(**{**kept, **changed})


def _says_something(found: Extracted) -> bool:
    """A workbook without rows says so; anything else without words is a matter for a person."""
    told = (found.tables, found.header, found.concealed, found.unread, found.warnings)
    return bool(found.text.strip() or any(told))


def _is_garbled(text: str) -> bool:
    """Characters that no text has: what is read out of the wrong place of a broken file."""
    head = text[:20_000]
    return len(_ODD.findall(head)) > len(head) // 10


def _is_container(kind: str) -> bool:
    return kind in ("docx", "pptx", "xlsx", "odt", "ofd", "zip")


def _not_taken(path: Path, is_: str, says: str) -> str:
    if is_ in ("unknown", "text") and says:
        return f"“{path.name}”的内容与扩展名不符，或者已损坏，请用原来的软件另存一份再导入。"
    if is_ == "archive":
        return f"“{path.name}”是程序打不开的压缩包，请改用 ZIP，或解开后分别上传。"
    return f"“{path.name}”是{NAMES[is_]}，程序读不出里面的文字，请换成文档、表格或网页再传。"


@lru_cache(maxsize=64)
def _reader(kind: str, ocr: bool) -> Extractor:
    """Made when it is first wanted: most files want one of them."""
    module, _, name = _READERS[kind].rpartition(".")
    options = {"ocr": ocr} if kind in _RECOGNISES else {}
    made: Extractor = getattr(import_module(f"{_HERE}.{module}"), name)(**options)
    return made
