"""A word list as it is typed, or taken from a file."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from gongkai.desk.forms.base import DeskForm, OneOf, Tick, Words
from gongkai.review.models import Severity
from gongkai.review.values import ListText

LARGEST_FILE = 5 * 1024 * 1024
LONGEST = 3_000_000


class WordListForm(DeskForm):
    """Typed words and those of the file are put together; each counts once."""

    label = Words("名称", most=60, required=True, hint="如：本单位人员姓名、内部项目代号。")
    severity = OneOf(
        "发现时",
        [
            (Severity.ERROR, "严重：必须答复"),
            (Severity.WARNING, "警示：必须答复"),
            (Severity.INFO, "提示：只供参考，不必答复"),
        ],
        initial=Severity.WARNING,
        required=True,
    )
    sentence = Words("审查人看到的提示", most=200, hint="不填则写“这里有……词表里的词”。")
    words = Words("词语", most=LONGEST, rows=14, hint="一行一个词，二至六十字。")
    file = forms.FileField(
        label="从文件添加",
        required=False,
        help_text="文本文件，一行一个词。加在上面的词语之后。",
        error_messages={"empty": "这个文件是空的，请换一个。"},
    )
    is_active = Tick("启用", hint="停用后不再据此核查，已有的发现和答复保留。")

    def clean_file(self) -> str:
        """The words of the file, one to a line; any Chinese encoding."""
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return ""
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("文件超过5 MB，请分成几个词表。")
        raw: bytes = file.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise ValidationError("读不出文件里的文字，请另存为 UTF-8 编码的文本文件。")

    def text(self) -> ListText:
        """What the action takes."""
        data = self.cleaned_data
        lines = [*data["words"].splitlines(), *data["file"].splitlines()]
        return ListText(
            label=data["label"],
            words=lines,
            severity=data["severity"],
            sentence=data["sentence"],
            is_active=data["is_active"],
        )
