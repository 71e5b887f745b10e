"""An independent finder of leaks in PDF files: shares no line with the product's own proof."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable
from pathlib import Path


def flat(text: str) -> str:
    """Without blanks, in one width."""
    for radical, plain in ("⻬齐", "⻢马", "⻜飞", "⻩黄", "⻰龙"):
        text = text.replace(radical, plain)
    return re.sub(
        r"[\s\u200b\ufeff\u00ad\ufffe\x02]", "", unicodedata.normalize("NFKC", text)
    ).lower()


def leaks(content: bytes, targets: Iterable[str]) -> list[str]:
    """``means: target`` for everything that can still be had out of the file."""
    texts = {"pdfium": _pdfium(content)}
    if shutil.which("pdftotext"):
        texts["pdftotext"] = _poppler(content, "-enc", "UTF-8")
        texts["pdftotext -raw"] = _poppler(content, "-raw", "-enc", "UTF-8")
    streams = [content, *_streams(content)]
    found = []
    for target in targets:
        found += [
            f"{means}: {target}" for means, text in texts.items() if flat(target) in flat(text)
        ]
        found += [f"streams: {target}" for raw in streams if _in_bytes(raw, target)]
    return found


def _pdfium(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document)


def _poppler(content: bytes, *options: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as held:
        Path(held.name).write_bytes(content)
        done = subprocess.run(
            ["pdftotext", *options, held.name, "-"], capture_output=True, check=True
        )
    return done.stdout.decode("utf-8", "replace")


def _streams(content: bytes) -> list[bytes]:
    """Every stretch of the file that inflates, found without reading the file's structure."""
    found = []
    for match in re.finditer(rb"stream\r?\n", content):
        try:
            found.append(zlib.decompressobj().decompress(content[match.end() :], 50_000_000))
        except zlib.error:
            continue
    return found


def _in_bytes(raw: bytes, target: str) -> bool:
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"):
        needle = target.encode(encoding)
        if len(needle) >= 6 and (needle in raw or needle.hex().encode() in raw.lower()):
            return True
    return False
