"""The upload of a yearly report to be checked."""

from __future__ import annotations

from django import forms

from gongkai.desk.forms.base import DeskForm
from gongkai.reporting.checking import ACCEPT, LARGEST

_SENTENCES = {
    "required": "请先选择要核对的年度报告文件。",
    "empty": "这个文件是空的，请换一个。",
    "missing": "没有收到文件，请重新选择。",
    "invalid": "没有收到文件，请重新选择。",
}


def _file(label: str, hint: str, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=hint,
        required=required,
        error_messages=_SENTENCES,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class ReportUpload(DeskForm):
    """A report, and last year's where there is one."""

    file = _file(
        "年度报告",
        f"PDF、Word（docx）、网页、Excel 或文本文件，最大{LARGEST // 2**20}MB。"
        "扫描件没有文字，不能核对。",
        required=True,
    )
    last = _file("上一年度报告", "有了它，还能核对结转是否衔接。", required=False)
