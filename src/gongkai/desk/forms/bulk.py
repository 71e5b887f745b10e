"""The upload of an import table."""

from __future__ import annotations

from django import forms

from gongkai.desk.forms.base import DeskForm


class TableUpload(DeskForm):
    """One .xlsx file."""

    table = forms.FileField(
        label="Excel 文件",
        help_text="按模板填写的 .xlsx，一次最多2000行、20MB。",
        error_messages={
            "required": "请先选择填好的 Excel 文件。",
            "empty": "这个文件是空的，请换一个。",
            "missing": "没有收到文件，请重新选择。",
            "invalid": "没有收到文件，请重新选择。",
        },
    )
