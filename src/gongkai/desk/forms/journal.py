"""What the auditor narrows the journal by."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.desk.forms.base import Choices, Day, DeskForm, Pick, Words


class JournalFilter(DeskForm):
    """Sent by GET."""

    event = Pick("事件", (), blank="全部事件")
    actor = Words("操作人", most=40)
    from_on = Day("从")
    to_on = Day("到")
    subject = Words("操作编号或对象编号", most=60)

    def __init__(self, *args: Any, events: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["event"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部事件"), *events]
