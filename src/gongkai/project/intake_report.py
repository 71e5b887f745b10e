"""``gongkai intake report``: the report of a clean-up run as a file."""

import shutil
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from gongkai.project.command import Failure, Namespace, answer
from gongkai.project.lookup import now

if TYPE_CHECKING:
    from gongkai.inventory.models import InventoryRun
    from gongkai.inventory.report import Report

KINDS = ("pdf", "xlsx", "html", "json")


def write(args: Namespace, run: "InventoryRun") -> int:
    """To the file named by ``-o`` (``-`` for the output), else to one named after the run."""
    from gongkai.inventory.report import made

    named = str(args.output or "")
    kind = args.format or Path(named).suffix.lstrip(".").lower() or "pdf"
    if kind not in KINDS:
        raise Failure(f"没有 {kind} 这种格式, 请用 --format {'、'.join(KINDS)} 之一。")
    report = made(run, by="", now=now())
    if named == "-":
        _to(kind, report, None)
        return 0
    path = Path(named or f"{report.file_name}.{kind}")
    try:
        _to(kind, report, path)
    except OSError as error:
        raise Failure(f"写不了 {path}: {error.strerror}。请换一个文件夹或文件名。") from None
    answer(args, {"file": str(path), "run": str(run.uuid)}, [f"已写入 {path}"])
    return 0


def _to(kind: str, report: "Report", path: Path | None) -> None:
    """The file is complete or not there: it takes its name at the end."""
    part = path.with_name(f".{path.name}.part") if path else None
    out = part.open("wb") if part else sys.stdout.buffer
    try:
        _draw(kind, report, out)
        if part and path:
            out.close()
            part.replace(path)
    finally:
        if part:
            out.close()
            part.unlink(missing_ok=True)


def _draw(kind: str, report: "Report", out: IO[bytes]) -> None:
    from gongkai.inventory.report import page, pdf, plain, workbook

    if kind == "xlsx":
        with workbook.drawn(report) as made:
            shutil.copyfileobj(made, out)
    elif kind == "json":
        out.writelines(plain.drawn(report))
    else:
        out.write(pdf.drawn(report) if kind == "pdf" else page.drawn(report).encode())
