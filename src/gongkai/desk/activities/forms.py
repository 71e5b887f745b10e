"""Forms of the register of activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from gongkai.assessment.activities import ActivityText
from gongkai.assessment.models import ActivityKind
from gongkai.desk.forms.base import Day, DeskForm, Pick, Words

MOST = 1_000_000


class Filters(DeskForm):
    """What of the register is shown."""

    kind = Pick("类别", ActivityKind.choices, blank="全部类别")
    from_on = Day("自")
    until_on = Day("至")
    q = Words("主题", most=100)


class Number(forms.IntegerField):
    """A count, bounded, with its sentence."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            min_value=0,
            max_value=MOST,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}
            ),
            error_messages={
                "invalid": f"“{label}”请填整数。",
                "min_value": f"“{label}”不能是负数。",
                "max_value": f"“{label}”最多填{MOST}，请核对。",
            },
        )


class ActivityForm(DeskForm):
    """One activity as it is entered."""

    kind = Pick("类别", ActivityKind.choices, blank="请选择", required=True)
    subject = Words(
        "主题", most=200, required=True, hint="如 政府信息公开动员会；公开指南宣传折页。"
    )
    held_on = Day("日期", required=True, hint="举行或发放的那一天。可写 20081224。")
    called_by = Words("召集人（单位）", most=120)
    place = Words("地点", most=120)
    attendance = Number("到会人数", hint="没有清点的留空，不要填0。")
    copies = Number("发放份数", hint="折页、材料发出的份数。")
    attendees = Words("到会名单", most=10_000, rows=4, hint="一行一人，或用顿号隔开。")
    note = Words("内容纪要", most=20_000, rows=6)

    def text(self) -> ActivityText:
        """The values for the action."""
        data: dict[str, Any] = {**self.cleaned_data}
        data["copies"] = data["copies"] or 0
        return ActivityText(**data)


class Strike(DeskForm):
    """Striking an activity out."""

    reason = Words(
        "理由", most=300, required=True, hint="如 重复登记。划去后不再计数，但仍可查看。"
    )


class Paper(DeskForm):
    """One file of an activity."""

    file = forms.FileField(
        label="文件",
        error_messages={
            "required": "请先选择文件。",
            "empty": "这个文件是空的，请换一个。",
            "missing": "没有收到文件，请重新选择。",
            "invalid": "没有收到文件，请重新选择。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = filesizeformat(settings.GONGKAI_MAX_UPLOAD_BYTES)
        self.fields["file"].help_text = f"会议纪要、签到表、照片、折页样张等，不超过{size}。"

    def clean_file(self) -> UploadedFile[Any]:
        """The name no longer than its column."""
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)
        if (file.size or 0) > settings.GONGKAI_MAX_UPLOAD_BYTES:
            most = filesizeformat(settings.GONGKAI_MAX_UPLOAD_BYTES)
            raise forms.ValidationError(f"文件超过上限{most}，请压缩或分成几个再上传。")
        return file
