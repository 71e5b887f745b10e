"""Form fields that lose nothing and say in one sentence what to mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.widgets import ChoiceWidget

from gongkai.desk.forms.select import Select
from gongkai.kit.dates import CHINA

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_MOMENT = re.compile(r"(.+?)[ T]+(\d{1,2})\s*[:：时]\s*(\d{1,2})分?\Z")
FIRST_YEAR, LAST_YEAR = 1900, 2200

Choices = Iterable[tuple[str, str]]


class DeskForm(forms.Form):
    """A form of the desk: no browser-side checks that would swallow a typed character."""

    use_required_attribute = False
    # What somebody else saved meanwhile (label, words), and whether kept typing was put back.
    differences: list[tuple[str, str]]
    # Words behind the labels of optional fields; `marks` sets it for single ones.
    optional_mark: ClassVar[str] = "（选填）"
    marks: ClassVar[Mapping[str, str]] = {}
    restored = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.differences = []

    def mark_of(self, bound: forms.BoundField) -> str:
        """What stands behind the label: nothing where an answer is needed or already chosen."""
        if bound.name in self.marks:
            return self.marks[bound.name]
        field = bound.field
        listed = isinstance(field, forms.ChoiceField) and not isinstance(
            field, forms.ModelChoiceField
        )
        chosen = listed and "" not in [str(key) for key, *_ in getattr(field, "choices", ())]
        return "" if field.required or chosen else self.optional_mark


class Words(forms.CharField):
    """Text. Longer than `most` is refused with the count, never cut in the browser."""

    def __init__(
        self, label: str, *, most: int, rows: int = 0, hint: str = "", **kwargs: Any
    ) -> None:
        kwargs.setdefault("required", False)
        attrs: dict[str, Any] = {"rows": rows} if rows else {"autocomplete": "off"}
        if not rows and most <= 40:
            attrs["class"] = "short"
        widget = kwargs.pop("widget", None) or (
            forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
        )
        super().__init__(
            label=label,
            help_text=hint,
            widget=widget,
            error_messages={"required": f"请填写“{label}”。"},
            **kwargs,
        )
        self.most = most

    def to_python(self, value: Any) -> str:
        """Line ends as one character, whatever the browser sent."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                f"“{self.label}”最多{self.most}字，现在有{len(value)}字，请删减。", code="too_long"
            )


class Day(forms.DateField):
    """A day, however it is usually typed: 2008-12-24, 20081224, 2008.12.24, 2008年12月24日."""

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            label=label,
            help_text=hint,
            widget=forms.DateInput(
                format="%Y-%m-%d",
                attrs={"class": "day", "inputmode": "numeric", "autocomplete": "off"},
            ),
            error_messages={"required": f"请填写“{label}”，如 2008-12-24。"},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        """The day, or a sentence that shows how to write one."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        try:
            return read_day(str(value))
        except ValueError:
            raise ValidationError(
                f"“{self.label}”里的“{value}”不是一个日期，请写成 2008-12-24 的样子。",
                code="invalid",
            ) from None


class Moment(forms.CharField):
    """A day and a time in China: 2026-11-30 09:00."""

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            label=label,
            help_text=hint,
            widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
            error_messages={"required": f"请填写“{label}”，如 2026-11-30 09:00。"},
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        """The moment, aware; None when left empty."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        found = _MOMENT.match(unicodedata.normalize("NFKC", text).strip())
        try:
            if found is None:
                raise ValueError(text)
            day = read_day(found[1])
            return datetime(
                day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=CHINA
            )
        except ValueError:
            raise ValidationError(
                f"“{self.label}”里的“{text}”看不懂，请写成 2026-11-30 09:00 的样子。",
                code="invalid",
            ) from None


def read_day(text: str) -> date:
    """The day a person typed; ValueError when it is none or outside 1900–2200."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.match(plain) or _RUN.match(plain)
    if found is None:
        raise ValueError(text)
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


class Pick(forms.ChoiceField):
    """One of a list; `blank` is the words of the empty choice."""

    widget: type[ChoiceWidget] = Select

    def __init__(
        self, label: str, choices: Choices, *, blank: str | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("required", False)
        listed = [(str(key), str(text)) for key, text in choices]
        if blank is not None:
            listed.insert(0, ("", blank))
        hint = kwargs.pop("hint", "")
        super().__init__(
            label=label,
            choices=listed,
            help_text=hint,
            error_messages={
                "required": f"请选择“{label}”。",
                "invalid_choice": f"“{label}”里没有“%(value)s”这一项，请重新选择。",
            },
            **kwargs,
        )


class OneOf(Pick):
    """One of a short list, shown as a row of buttons to choose from."""

    widget = forms.RadioSelect


class PickRow(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row of a table."""

    widget = Select

    def __init__(
        self, label: str, rows: QuerySet[Any], *, blank: str = "（未定）", **kwargs: Any
    ) -> None:
        kwargs.setdefault("required", False)
        hint = kwargs.pop("hint", "")
        super().__init__(
            queryset=rows,
            label=label,
            empty_label=blank,
            help_text=hint,
            error_messages={
                "required": f"请选择“{label}”。",
                "invalid_choice": f"“{label}”里的这一项已经没有了，请重新选择。",
            },
            **kwargs,
        )

    def label_from_instance(self, obj: Model) -> str:
        """The words of a row; a sub-class stands behind its class."""
        parent = getattr(obj, "parent", None)
        return f"{parent} › {obj}" if parent is not None else str(obj)


class Tick(forms.BooleanField):
    """A box to tick."""

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            label=label,
            help_text=hint,
            error_messages={"required": f"请勾选“{label}”。"},
            **kwargs,
        )
