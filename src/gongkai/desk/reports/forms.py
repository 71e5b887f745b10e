"""Forms of yearly reports."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from gongkai.desk.forms.base import DeskForm, PickRow, Tick, Words
from gongkai.law.annual_report.model import Cell
from gongkai.orgs.models import Section
from gongkai.reporting.narrative import MOST_CHARACTERS, SECTIONS


class Figure(forms.CharField):
    """A number as people type it: 1,234 or 31.6441; empty takes the last entry back."""

    def __init__(self, cell: Cell) -> None:
        hint = f"单位：{cell.unit}。" + ("可以有小数。" if cell.decimal else "整数。")
        super().__init__(
            label="数值",
            required=False,
            help_text=f"{hint}没有发生的填0；留空表示收回已填的数。",
            widget=forms.TextInput(
                attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}
            ),
        )

    def clean(self, value: Any) -> Decimal | None:
        """The number; a sentence shows how to write one."""
        text = str(super().clean(value) or "")
        plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("，", "").strip()
        if not plain:
            return None
        try:
            return Decimal(plain)
        except InvalidOperation:
            raise ValidationError(
                f"“{text[:40]}”不是数字，请写成 1234 或 31.6441 的样子。", code="invalid"
            ) from None


class EntryForm(DeskForm):
    """A cell by hand with its source."""

    optional_mark: ClassVar[str] = ""
    source = Words(
        "数据来源", most=300, required=True, hint="如“法制科2025年执法台账”“财务科决算表”。"
    )

    def __init__(self, *args: Any, cell: Cell, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = Figure(cell)
        self.order_fields(["value", "source"])


class BeginForm(DeskForm):
    """Which year."""

    year = forms.IntegerField(
        label="统计年度",
        min_value=2008,
        max_value=2200,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": "请填写统计年度，如 2025。",
            "invalid": "统计年度要填四位数字，如 2025。",
            "min_value": "年度报告从2008年开始。请核对年份。",
            "max_value": "请核对年份。",
        },
    )


class WordsForm(DeskForm):
    """The six sections, each in a field; `number` is the version the writer saw."""

    optional_mark: ClassVar[str] = ""
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in SECTIONS:
            rows = 9 if key == "overview" else 4
            self.fields[key] = Words(titles[key], most=MOST_CHARACTERS, rows=rows)


class Sure(DeskForm):
    """Nothing to fill in but the decision."""


class RemarkForm(DeskForm):
    """Approval, with what is to be said about a carry-in that differs."""

    remark = Words(
        "说明", most=500, rows=3, hint="上年结转与上年报告不一致的，写明原因；一致的不必填写。"
    )


class ReasonForm(DeskForm):
    """Why."""

    reason = Words("理由", most=300, rows=3, required=True)


class RecordForm(DeskForm):
    """The section that answers for the record."""

    def __init__(self, *args: Any, sections: QuerySet[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"] = PickRow(
            "责任科室", sections, required=True, hint="由这个科室提出审查，同其他信息一样。"
        )


class ReceiptForm(DeskForm):
    """The body above has it."""

    note = Words("签收意见", most=300, rows=2)
    sure = Tick("报送文件已收到并核对", required=True)
