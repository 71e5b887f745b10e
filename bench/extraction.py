"""Reading files: each reader against the bare library it stands on, alone and in its child.

Baseline: what a script would do with the library itself in the same process (the parsed text of a
page, PDFium's text, all text nodes of an office file, the cells of a workbook), on the same files,
which are made here. All is processor time, the median of several rounds, so that a busy machine
tells the same. Reading is told apart from the process around it: what a child adds when it is
forked from the warm interpreter, and when it is started afresh. Nothing depends on the machine.

    python -m bench.extraction [--count 20] [--rounds 5]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median
from xml.etree import ElementTree as ET

import pypdfium2
import typst
from PIL import Image
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from gongkai.backends.extract.door import AnyFile
from gongkai.backends.extract.sandbox import CHILD, WARM, Limits, Sandboxed, converse
from tests.backends import samples

PARAGRAPH = "各科室：为做好今年的政府信息公开工作，现将有关事项通知如下，请认真执行。"
TEXT = "\n".join(f"{number}. {PARAGRAPH}" for number in range(1, 61))
Bare = Callable[[Path], object]
DOOR = "gongkai.backends.extract.door.AnyFile"
ORDER = {"extractor": DOOR, "options": {"ocr": False}, "limits": asdict(Limits(write_mb=200))}


def page() -> bytes:
    """A page in GB 18030 with navigation around it."""
    rows = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    links = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(40))
    return f"<html><body><ul>{links}</ul><div class='zoom'>{rows}</div></body></html>".encode(
        "gb18030"
    )


def rows() -> bytes:
    """Two hundred rows."""
    return json.dumps([{"t": PARAGRAPH, "n": n} for n in range(200)]).encode()


def print_() -> bytes:
    """Three pages or so."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text("\n\n".join(TEXT.split("\n")), encoding="utf-8")
        return bytes(typst.compile(source))


def bare_page(path: Path) -> object:
    """Decoded and parsed."""
    body = LexborHTMLParser(path.read_bytes().decode("gb18030")).body
    return body.text() if body is not None else ""


def bare_print(path: Path) -> object:
    """PDFium's own text."""
    document = pypdfium2.PdfDocument(path)
    return [held.get_textpage().get_text_bounded() for held in document]


def bare_parts(path: Path) -> object:
    """All text of all XML parts."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return ["".join(ET.fromstring(raw).itertext()) for raw in parts]


def bare_cells(path: Path) -> object:
    """Cells of every sheet."""
    book = CalamineWorkbook.from_path(str(path))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def bare_mail(path: Path) -> object:
    """The body."""
    return message_from_bytes(path.read_bytes(), policy=policy.default).as_string()


def bare_picture(path: Path) -> object:
    """The head of the file."""
    with Image.open(path) as picture:
        return dict(picture.getexif())


def bare_wide(path: Path) -> object:
    """Every run of Chinese in two bytes each: what ``strings`` would find."""
    text = path.read_bytes().decode("utf-16-le", "replace")
    return re.findall("[\u3000-\u9fff\uff00-\uffef]+", text)


def bare_rtf(path: Path) -> object:
    """Control words taken off by a pattern."""
    return re.sub(rb"\\[a-z]+-?\d* ?|[{}]", b"", path.read_bytes())


def bare_zip(path: Path) -> object:
    """Every entry decoded."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist()]


KINDS: dict[str, tuple[str, Callable[[], bytes], Bare]] = {
    "page": (".html", page, bare_page),
    "text": (".txt", lambda: TEXT.encode("gb18030"), lambda p: p.read_bytes().decode("gb18030")),
    "json": (".json", rows, lambda path: json.loads(path.read_bytes())),
    "pdf": (".pdf", print_, bare_print),
    "docx": (".docx", lambda: samples.docx(TEXT), bare_parts),
    "pptx": (".pptx", lambda: samples.pptx(TEXT), bare_parts),
    "ofd": (".ofd", lambda: samples.ofd(TEXT), bare_parts),
    "xlsx": (".xlsx", lambda: samples.xlsx(TEXT), bare_cells),
    "doc": (".doc", lambda: samples.doc(TEXT), bare_wide),
    "ppt": (".ppt", lambda: samples.ppt(TEXT), bare_wide),
    "rtf": (".rtf", lambda: samples.rtf(TEXT), bare_rtf),
    "mail": (".eml", lambda: samples.mail(TEXT), bare_mail),
    "picture": (".jpg", samples.photo, bare_picture),
    "zip": (".zip", lambda: samples.zipped({f"{n}.txt": TEXT for n in range(10)}), bare_zip),
}  # fmt: skip


def seconds(read: Callable[[Path], object], path: Path, count: int, rounds: int = 1) -> float:
    """Processor seconds of one reading, those of child processes too; the first is not counted."""
    read(path)
    spent = []
    for _ in range(rounds):
        began = _cpu()
        for _ in range(count):
            read(path)
        spent.append((_cpu() - began) / count)
    return median(spent)


def _cpu() -> float:
    """Of this process, of those it waited for, and of the warm interpreter with its own."""
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + below.ru_utime + below.ru_stime + _warm_cpu()


def _warm_cpu() -> float:
    if WARM.pid is None:
        return 0.0
    told = Path(f"/proc/{WARM.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def fresh(path: Path) -> None:
    """Read as the sandbox reads without a warm interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        order = {**ORDER, "path": str(path)}
        said, code = converse(CHILD, order, folder=folder, wall_seconds=60)
    if code or b"error" in said[:10]:
        raise SystemExit(f"{path.name}: {said[:200]!r}")


def main() -> None:
    """One line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    door, warm = AnyFile(ocr=False), Sandboxed(extractor=DOOR, options={"ocr": False})
    print(f"{'':8} {'reading':>18} {'in a child that is':>31}")
    print(f"{'kind':8} {'library':>8} {'ms a file':>9} {'forked':>10} {'started afresh':>20}")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "a.html"
        first.write_bytes(page())
        warm.extract(first)
        for name, (suffix, make, bare) in KINDS.items():
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(make())
            base = max(seconds(bare, path, args.count, args.rounds), 1e-6)
            ours = seconds(door.extract, path, args.count, args.rounds)
            forked = seconds(warm.extract, path, args.count, args.rounds)
            started = seconds(fresh, path, 3, args.rounds)
            print(
                f"{name:8} {ours / base:7.1f}x {ours * 1000:9.2f} "
                f"{_added(forked, ours)} {_added(started, ours)}, {started / forked:4.1f}x"
            )


def _added(whole: float, reading: float) -> str:
    return f"+{max(0.0, whole - reading) * 1000:6.1f} ms"


if __name__ == "__main__":
    main()
