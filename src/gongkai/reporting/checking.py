"""An uploaded report, checked: read in a child process, kept nowhere.

The answer may be downloaded later from what the page carries, signed so that it is ours.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core import signing

from gongkai import plug
from gongkai.kit.refusal import Refusal
from gongkai.ports import ExtractionError
from gongkai.reporting.reading.check import checked
from gongkai.reporting.reading.model import Source
from gongkai.reporting.reading.sources import source_of
from gongkai.reporting.schema import Report, report_json
from gongkai.reporting.tables import Cell, Table, to_xlsx

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Uploaded = UploadedFile[Any]

LARGEST: Final = 10 * 2**20
KINDS: Final = (
    ".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".txt",
)  # fmt: skip
ACCEPT: Final = ",".join(KINDS)
KEPT_SECONDS: Final = 2 * 3600
_SALT: Final = "gongkai.reporting.checking"
_STARTS: Final = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".xlsx": b"PK\x03\x04"}


def check_upload(file: Uploaded | None, last: Uploaded | None = None) -> Report:
    """The report in a file checked, against last year's where it is given."""
    if file is None:
        raise _refusal("file", "请先选择要核对的年度报告文件。")
    now = _source(file, "file")
    before = _source(last, "last") if last is not None else None
    try:
        return checked(now, before)
    except Refusal as refusal:
        raise Refusal(
            refusal.code, refusal.sentence, refusal.basis, {"file": refusal.sentence}
        ) from None


def _source(file: Uploaded, field: str) -> Source:
    suffix = Path(file.name or "").suffix.lower()
    if suffix not in KINDS:
        known = "、".join(kind[1:] for kind in KINDS)
        raise _refusal(field, f"不能核对这种文件，请换成这些格式之一：{known}。")
    if not file.size:
        raise _refusal(field, "这是空文件，请重新选择。")
    if file.size > LARGEST:
        most = LARGEST // 2**20
        raise _refusal(field, f"文件超过{most}MB，请只留下年度报告正文和表，压缩后再上传。")
    with tempfile.TemporaryDirectory(prefix="gongkai-check-") as folder:
        path = Path(folder) / f"上传的文件{suffix}"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        with path.open("rb") as start:
            if not start.read(8).startswith(_STARTS.get(suffix, b"")):
                raise _refusal(field, "文件的内容与扩展名不符，请用原来的软件另存后再上传。")
        try:
            return source_of(plug.extract(path))
        except ExtractionError as error:
            raise _refusal(field, str(error)) from None


def _refusal(field: str, sentence: str) -> Refusal:
    return Refusal("report.upload", sentence, fields={field: sentence})


def sealed(report: Report) -> str:
    """The answer as a page may carry it, to be downloaded later."""
    return signing.dumps(report_json(report), salt=_SALT, compress=True)


def opened(token: str) -> dict[str, Any]:
    """The answer a page carried; refused when it is old or not ours."""
    try:
        data: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        raise Refusal(
            "report.stale", "页面停留太久，结果已经清除，请重新上传文件核对后再下载。"
        ) from None
    return data


def workbook(data: dict[str, Any]) -> bytes:
    """The answer as a workbook: what does not agree, what is undecided, the cells."""
    findings: list[list[Cell]] = [
        [
            "请核对" if item["soft"] else "不一致",
            item["identity"],
            item["place"],
            item["expected"],
            item["found"],
            item["sentence"],
        ]
        for item in data["findings"]
    ]
    undecided: list[list[Cell]] = [
        [item["place"], item["raw"], item["reason"], "、".join(item["candidates"])]
        for item in data["undecided"]
    ]
    remarks: list[list[Cell]] = [[line] for line in data["remarks"]]
    return to_xlsx(
        [
            Table("核对结果", ("类别", "关系", "位置", "应为", "所见", "说明"), findings),
            Table("不能确定的格", ("位置", "原文", "原因", "可能是"), undecided),
            Table("读出的数字", ("行", "各格依次"), _cells(data)),
            Table("说明", ("说明",), remarks),
        ]
    )


def _cells(data: dict[str, Any]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[key, value] for key, value in data.get("indicators", {}).items()]
    for table in ("t2", "t3"):
        rows += [[f"{table} {name}", *cells] for name, cells in data.get(table, {}).items()]
    if "t4" in data:
        rows.append(["t4", *data["t4"]])
    return rows
