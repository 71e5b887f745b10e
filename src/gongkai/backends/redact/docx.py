"""Redacted copies of DOCX files: cleaned part by part, then given as a PDF.

Where LibreOffice is installed, what is shown, marked and given is the PDF made of the cleaned
file. Words that go wherever they stand are replaced in the parts before: the text closes up, and
no gap tells how long they were. Where there is no LibreOffice the DOCX itself is given.
"""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree

from gongkai.backends.redact import docx_parts as parts_of
from gongkai.backends.redact import office, pdf_clean, pdf_image
from gongkai.backends.redact.pdf import found_in, redact_bytes
from gongkai.backends.redact.pdf_text import frame_of, opened
from gongkai.backends.redact.plain import places_of
from gongkai.backends.redact.words import squeezed
from gongkai.ports import RedactionError
from gongkai.text.redaction import Check, Covered, Inspection, Look, Mark, Place, Redacted, Sheet

_MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_BYTES: Final = 512 * 2**20


class DocxRedactor:
    """``.docx``; ``pdf`` false keeps the DOCX even where LibreOffice is installed."""

    suffixes: tuple[str, ...] = (".docx",)

    def __init__(self, *, pdf: bool = True) -> None:
        self._pdf = pdf and office.program() is not None

    def look(self, path: Path) -> Look:
        """The pages of the PDF, or the text of the parts."""
        with _archive(path) as archive:
            parts = parts_of.cleaned(archive)
        told = _told(parts)
        if not self._pdf:
            text = "\n".join(_text(root) for root in _trees(parts).values())
            return Look(sheets=(Sheet(0, 0, text),), warnings=told)
        document = opened(self._converted(parts), path.name)
        sheets = []
        for number in range(len(document)):
            page = document[number]
            sheets.append(Sheet(*frame_of(page).size, page.get_textpage().get_text_bounded()))
        return Look(sheets=tuple(sheets), warnings=told)

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """On the pages of the PDF, or in the parts."""
        with _archive(path) as archive:
            parts = parts_of.cleaned(archive)
        if self._pdf:
            return found_in(self._converted(parts), path.name, words)
        texts = ["".join(node.text or "" for node in row) for row in parts_of.stories(parts)]
        told = [places_of(text, words) for text in texts]
        return tuple(tuple(chain.from_iterable(rows)) for rows in zip(*told, strict=True))

    def picture(self, path: Path, page: int) -> bytes:
        """A page of the PDF."""
        if not self._pdf:
            raise RedactionError(f"“{path.name}”没有页面图。")
        with _archive(path) as archive:
            document = opened(self._converted(parts_of.cleaned(archive)), path.name)
        if not 1 <= page <= len(document):
            raise RedactionError(f"“{path.name}”没有第{page}页。")
        return pdf_image.png(pdf_image.drawn(document[page - 1], dots=110, grey=False))

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """A PDF, or a DOCX where there is no LibreOffice."""
        with _archive(path) as archive:
            parts = parts_of.cleaned(archive)
        if not self._pdf:
            return _rewritten(parts, marks)
        words = [mark for mark in marks if not mark.only and mark.area is None]
        if len(words) < len(marks):
            # Frames and places are those of the pages as they were shown.
            return redact_bytes(self._converted(parts), path.name, marks, as_image=as_image)
        counts = parts_of.replace_words(parts, words)
        content = self._converted(parts)
        # What the pages say and the parts do not (numbers of a list, fields) is cut out of them.
        there = found_in(content, path.name, [mark.words for mark in marks])
        left = [mark for mark, n, found in zip(marks, counts, there, strict=True) if found or not n]
        gone = [mark.words for mark in marks]
        made = redact_bytes(content, path.name, left, gone=gone, as_image=as_image)
        return replace(made, places=tuple(map(sum, zip(counts, map(len, there), strict=True))))

    def inspect(self, path: Path) -> Inspection:
        """Deleted, hidden and commented text; black on black."""
        with _archive(path) as archive:
            names = archive.namelist()
            root = parts_of.parsed(archive, "word/document.xml")
        covered = [Covered(1, text, True) for text in _blackened(root)]
        told: list[str] = []
        grave: list[str] = []
        if any(True for _ in root.iter(f"{{{parts_of.W}}}delText")):
            grave.append("文件里留有修订中删去的文字。")
        if any(True for _ in root.iter(f"{{{parts_of.W}}}vanish")):
            grave.append("文件里有隐藏文字。")
        if "word/comments.xml" in names:
            told.append("文件里有批注。")
        if any(name.startswith(("customXml/", "word/embeddings/")) for name in names):
            grave.append("文件里夹带了附件或自定义数据。")
        return Inspection(covered=tuple(covered), grave=tuple(grave), warnings=tuple(told))

    def _converted(self, parts: dict[str, Any]) -> bytes:
        with BytesIO(office.to_pdf(_zipped(parts), ".docx")) as made:
            return pdf_clean.prepared_bytes(made)


def _archive(path: Path) -> ZipFile:
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError) as error:
        raise RedactionError(f"“{path.name}”不是完整的Word文件，请另存一份再上传。") from error
    if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
        raise RedactionError(f"“{path.name}”展开后太大，请拆分文件再上传。")
    if "word/document.xml" not in archive.namelist():
        raise RedactionError(f"“{path.name}”不是Word文档，请另存为docx或PDF再上传。")
    return archive


def _trees(parts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: root
        for name, root in sorted(parts.items())
        if not isinstance(root, bytes) and name.startswith("word/") and not name.endswith(".rels")
    }


def _text(root: Any) -> str:
    w = f"{{{parts_of.W}}}"
    rows = ("".join(t.text or "" for t in p.iter(f"{w}t")) for p in root.iter(f"{w}p"))
    return "\n".join(rows)


def _told(parts: dict[str, Any]) -> tuple[str, ...]:
    pictures = sum(isinstance(root, bytes) for root in parts.values())
    told = f"文件里有{pictures}张图片，图片里的字程序看不见，请逐张看过，需要的画框遮盖。"
    return (told,) if pictures else ()


def _zipped(parts: dict[str, Any]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, root in parts.items():
            raw = root if isinstance(root, bytes) else _xml(root)
            archive.writestr(name, raw)
    return held.getvalue()


def _xml(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _rewritten(parts: dict[str, Any], marks: Sequence[Mark]) -> Redacted:
    if not marks:
        raise RedactionError("还没有标出要遮盖的内容。")
    if any(mark.area is not None for mark in marks):
        raise RedactionError("Word文件只能遮盖文字；要画框的，请先转成PDF再上传。")
    counts = parts_of.replace_words(parts, marks)
    for number, (mark, count) in enumerate(zip(marks, counts, strict=True), 1):
        if max(mark.only, default=1) > count:
            raise RedactionError(
                f"第{number}处遮盖：文件里找不到“{mark.words}”（或没有所选的那一处）。请核对文字。"
            )
    content = _zipped(parts)
    return Redacted(
        content=content,
        suffix=".docx",
        media_type=_MEDIA,
        method="parts",
        places=tuple(len(m.only) or n for m, n in zip(marks, counts, strict=True)),
        checks=_proved(content, [mark.words for mark in marks if not mark.only]),
        warnings=(*_told(parts), "这是Word文件，请尽量转成PDF再对外提供。"),
    )


def _proved(content: bytes, words: Sequence[str]) -> tuple[Check, ...]:
    """Every part unpacked again: its text in one row, its attributes, its bytes."""
    left, size = [], 0
    wanted = [squeezed(said) for said in words]
    needles = [said.encode(code) for said in words for code in ("utf-8", "utf-16-le", "gb18030")]
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        for name in names:
            raw = archive.read(name)
            size += len(raw)
            whole = "" if name.startswith("word/media/") else _folded(archive, name)
            if any(said in whole for said in wanted) or any(n in raw for n in needles):
                left.append(f"{name}里还能找到要遮去的文字")
    if left:
        raise RedactionError(f"遮盖后的副本没有通过复查，没有生成：{'；'.join(left[:3])}。")
    return (
        Check("parts", f"把{len(names)}个部件重新解开，连同属性逐个查找，共{size}字节"),
        Check("bytes", f"在{len(content)}字节里逐种编码查找"),
    )


def _folded(archive: ZipFile, name: str) -> str:
    return parts_of.folded_text(parts_of.parsed(archive, name))


def _blackened(root: Any) -> list[str]:
    """Runs whose ground is black: the usual mistake in a word processor."""
    w = f"{{{parts_of.W}}}"
    found = []
    for run in root.iter(f"{w}r"):
        shade = run.find(f"{w}rPr/{w}shd")
        light = run.find(f"{w}rPr/{w}highlight")
        fill = shade.get(f"{w}fill", "").lower() if shade is not None else ""
        ground = light.get(f"{w}val", "") if light is not None else ""
        text = "".join(t.text or "" for t in run.iter(f"{w}t")).strip()
        if text and (fill == "000000" or ground == "black"):
            found.append(text)
    return found
