"""The form of a period; sent by GET, so that a page of figures can be kept as a link."""

from __future__ import annotations

from gongkai.desk.forms.base import Day, DeskForm


class PeriodForm(DeskForm):
    """From a day to a day, both included."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = Day("自", required=True)
        self.fields["until"] = Day("至", required=True)
