"""Uploading a file; relating a record to another paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from gongkai.desk.forms.base import DeskForm, OneOf, Pick, Words
from gongkai.records.choices import RelationKind
from gongkai.records.models import FilePurpose

# What a reader can open: documents, tables, slides, pictures, plain text, open formats.
EXTENSIONS = (
    ".pdf", ".ofd", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".txt",
    ".csv", ".json", ".xml", ".html", ".htm", ".rtf", ".odt", ".ods", ".jpg", ".jpeg", ".png",
    ".tif", ".tiff", ".zip",
)  # fmt: skip
LONGEST_NAME = 200


class Upload(DeskForm):
    """One file for a record."""

    file = forms.FileField(
        label="文件",
        error_messages={
            "required": "请先选择文件。",
            "empty": "这个文件是空的，请换一个。",
            "missing": "没有收到文件，请重新选择。",
            "invalid": "没有收到文件，请重新选择。",
        },
    )
    purpose = OneOf("用途", FilePurpose.choices, initial=FilePurpose.ATTACHMENT, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = filesizeformat(settings.GONGKAI_MAX_UPLOAD_BYTES)
        self.fields["file"].help_text = f"不超过{size}；PDF、OFD、Word、Excel、图片、文本等。"

    def clean_file(self) -> UploadedFile[Any]:
        """Size, name and kind within the limits."""
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)
        name = file.name or ""
        if (file.size or 0) > settings.GONGKAI_MAX_UPLOAD_BYTES:
            most = filesizeformat(settings.GONGKAI_MAX_UPLOAD_BYTES)
            raise ValidationError(
                f"文件有{filesizeformat(file.size or 0)}，超过上限{most}。请压缩或分成几个再上传。"
            )
        if len(name) > LONGEST_NAME:
            raise ValidationError(f"文件名有{len(name)}字，请改短到{LONGEST_NAME}字以内。")
        if not name.lower().endswith(EXTENSIONS):
            raise ValidationError(
                f"“{name}”不是可以公开的文件种类，请转成 PDF、Word、Excel 等再传。"
            )
        return file


class Relate(DeskForm):
    """How this record acts on another."""

    kind = Pick("本信息对它是", RelationKind.choices, required=True)
    number = Words(
        "所指信息的索引号或文号", most=120, hint="本机关的信息填索引号或文号，系统自动连上。"
    )
    cited = Words("所指文件名称", most=300, hint="不是本机关的文件，写名称和文号。")
