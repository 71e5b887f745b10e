"""The guide to disclosure as it is typed: one box per item of Art. 12."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.desk.forms.base import DeskForm, Words
from gongkai.law.guide import GuideItem

SHORT = {"office_name", "office_address", "office_hours", "phone", "fax", "email", "online_contact"}


class GuideForm(DeskForm):
    """A draft may be incomplete; the check says what is missing before it is published."""

    def __init__(self, *args: Any, items: Sequence[GuideItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            hint = f"必备：{item.cite}" if item.required else "宜写明"
            rows = 2 if item.key in SHORT else 6
            self.fields[item.key] = Words(item.label, most=20_000, rows=rows, hint=hint)
        self.fields["note"] = Words("修订说明", most=300, hint="这一版改了什么，公布时可见。")

    def content(self) -> dict[str, str]:
        """Item key → text."""
        return {item.key: self.cleaned_data[item.key] for item in self.items}
