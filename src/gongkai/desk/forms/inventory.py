"""A clean-up run as it is ordered, and the files put into it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from gongkai.desk.forms.base import Choices, Day, DeskForm, Pick, PickRow, Words, read_day
from gongkai.desk.forms.records import sections_of
from gongkai.inventory.board import ATTRIBUTE_LABELS, NO_KEY, Board
from gongkai.orgs.models import Body, Section

MOST_FILES = 200


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each judged as one."""

    def __init__(self, label: str, hint: str) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            widget=ManyFiles(),
            error_messages={"required": "请先选择要清理的文件。", "empty": "有一个文件是空的。"},
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files, at most `MOST_FILES`."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise ValidationError(
                f"一次最多{MOST_FILES}个文件，现在有{len(given)}个。请分几次添加，"
                "或用命令 gongkai intake 导入整个文件夹。"
            )
        return [super(FilesField, self).clean(one, initial) for one in given]


class RunForm(DeskForm):
    """A new run with its first files: what is always needed first, then what it covers."""

    chosen = FilesField(
        "文件",
        "HTML、TXT、CSV、XLSX、JSON、XML、DOC、DOCX、PDF、OFD。ZIP 会展开，里面的逐个清理。",
    )
    label = Words("名称", most=120, hint="如 2008年3月前信息清理；空着就用今天的日期。")
    section = PickRow(
        "科室",
        Section.objects.none(),
        blank="（全机关）",
        hint="选了，登记的信息都归这个科室；全机关的按来源写的科室或公开责任部门归。",
    )
    mapping = Pick("字段对照", (), blank="（按内容自动辨认）")
    platform = Words(
        "原发布平台",
        most=200,
        hint="原来发布在哪里，如 区政府旧网站；文中写明的以文中为准。",
    )
    source_words = Words("资料来源", most=200, hint="如 旧网站、登记簿、档案室移交的文件。")
    covers_from_on = Day("清理时段自", hint="按生成日期；空着就是建立以来。")
    covers_through_on = Day("清理时段至", hint="含这一天。时段外的照样登记，另行统计。")
    covers_sections = forms.ModelMultipleChoiceField(
        label="涉及科室", queryset=Section.objects.none(), required=False,
        help_text="都不选就是全机关。", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body, mappings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section, mapping = self.fields["section"], self.fields["mapping"]
        assert isinstance(section, forms.ModelChoiceField)
        assert isinstance(mapping, forms.ChoiceField)
        section.queryset = sections_of(body)
        covered = self.fields["covers_sections"]
        assert isinstance(covered, forms.ModelMultipleChoiceField)
        covered.queryset = sections_of(body)
        mapping.choices = [("", "（按内容自动辨认）"), *mappings]


class Bounds(DeskForm):
    """The days at which the board's periods meet; sent by GET."""

    bounds = Words("按这些日期分时段", most=200)

    def clean_bounds(self) -> list[date]:
        """The days, sorted; at most ten."""
        words = re.split(r"[\s,，、;；]+", self.cleaned_data["bounds"].strip())
        try:
            days = {read_day(word) for word in words if word}
        except ValueError:
            raise ValidationError("请写成 2008-03-01 的样子，几个日期用空格隔开。") from None
        if len(days) > 10:
            raise ValidationError("最多十个日期，请删去一些。")
        return sorted(days)


class Narrowed(DeskForm):
    """Which of the records taken in are listed: only what occurs can be chosen; sent by GET."""

    section = Pick("科室", ())
    attribute = Pick("公开属性", ())

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["class"] = Pick("信息分类", ())
        lines = {"section": ("全部科室", board.sections), "class": ("全部分类", board.classes)}
        for name, (every, those) in lines.items():
            named = [(line.key or NO_KEY, line.label) for line in those]
            self._choose(name, [("", every), *named])
        self._choose("attribute", [("", "全部属性"), *ATTRIBUTE_LABELS.items()])
        self.order_fields(["section", "class", "attribute"])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class MoreFiles(DeskForm):
    """More files for a run that waits."""

    chosen = FilesField("文件", "可以多选。ZIP 会展开，里面的逐个清理。")
