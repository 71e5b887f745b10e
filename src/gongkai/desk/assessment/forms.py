"""Forms of the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.assessment.models import Audience
from gongkai.assessment.values import RoundPlan
from gongkai.desk.forms.base import Day, DeskForm, OneOf, Pick, PickRow, Words
from gongkai.law.assessment import SCHEMES
from gongkai.law.assessment.adjusting import Adjustment
from gongkai.law.assessment.model import Scheme
from gongkai.orgs.models import Body


class Points(forms.DecimalField):
    """Points, at most two places."""

    def __init__(self, label: str, *, hint: str = "", required: bool = False) -> None:
        wrong = f"“{label}”请填数字，如 2 或 1.5，最多两位小数。"
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            max_digits=6,
            decimal_places=2,
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"}
            ),
            error_messages={
                "required": f"请填写“{label}”。",
                "invalid": wrong,
                "max_digits": wrong,
                "max_decimal_places": wrong,
                "max_whole_digits": wrong,
            },
        )


class PlanForm(DeskForm):
    """A new round."""

    title = Words("名称", most=120, hint="如 2026年度科室考核。不填就用起止日期。")
    audience = OneOf("考核对象", Audience.choices, required=True)
    scheme = Pick("考核办法", (), blank="按考核期间适用的办法")
    start = Day("考核期间自", required=True)
    last = Day("至", required=True, hint="最后一天，包括当天。")

    def __init__(self, *args: Any, audiences: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(audiences)
        self.fields["audience"].choices = listed  # type: ignore[attr-defined]
        named = [(s.key, f"{s.title}{'（本机关选用）' if s.local else ''}") for s in SCHEMES]
        self.fields["scheme"].choices = [("", "按考核期间适用的办法"), *named]  # type: ignore[attr-defined]

    def plan(self) -> RoundPlan:
        """The values for the action."""
        data = self.cleaned_data
        until = data["last"] + timedelta(days=1)
        return RoundPlan(data["title"], data["start"], until, data["audience"], data["scheme"])


class DraftForm(DeskForm):
    """Telling the sections: until when they may appeal."""

    last = Day("申诉截止日", hint="最后一天，包括当天。不填按办法规定的工作日计算。")


class ReasonForm(DeskForm):
    """A step that needs a reason."""

    reason = Words("理由", most=500, rows=3, required=True)


class SureForm(DeskForm):
    """A step that needs nothing but the press of a button."""


class GiveForm(DeskForm):
    """Points for one indicator."""

    points = Points("评分", required=True)
    reason = Words("理由", most=500, rows=3, required=True, hint="写明依据了什么，日后可查。")


class EventForm(DeskForm):
    """A bonus or deduction tied to one event."""

    key = OneOf("类别", (), required=True)
    ref = Words("哪一件事", most=100, required=True, hint="文号、日期或名称；同一件事只计一次。")
    reason = Words("理由", most=500, rows=3, required=True)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            (e.key, f"{e.words}（每次{e.points:+}分）") for e in scheme.events if not e.source
        ]
        self.fields["key"].choices = listed  # type: ignore[attr-defined]


class AppealForm(DeskForm):
    """The reason of an appeal."""

    reason = Words("申诉理由", most=2000, rows=5, required=True, hint="写明哪里不对、凭什么材料。")


class DecideForm(DeskForm):
    """The decision on an appeal."""

    outcome = OneOf("决定", [("granted", "申诉成立"), ("rejected", "申诉不成立")], required=True)
    points = Points("改为多少分", hint="申诉成立时填写，按指标原分值；申诉扣分的不填。")
    reason = Words("决定理由", most=2000, rows=4, required=True)


class AdjustForm(DeskForm):
    """New weights and points of a scheme for one body; what is unchanged stays."""

    body = PickRow("机关", Body.objects.none(), blank="请选择", required=True)
    from_on = Day("自哪一天起", required=True)
    reason = Words("理由", most=300, rows=2, required=True)

    def __init__(self, *args: Any, scheme: Scheme, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        for indicator in scheme.indicators:
            words = f"{scheme.head(indicator.head).label}：{indicator.words}"
            self.fields[f"w-{indicator.key}"] = Points(words)
            self.initial.setdefault(f"w-{indicator.key}", indicator.weight)
        for event in scheme.events:
            self.fields[f"p-{event.key}"] = Points(event.words)
            self.initial.setdefault(f"p-{event.key}", event.points)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        weights = [self[f"w-{i.key}"] for i in self.scheme.indicators]
        points = [self[f"p-{e.key}"] for e in self.scheme.events]
        general = [self[name] for name in ("body", "from_on", "reason")]
        return [("调整给谁", general), ("指标分值", weights), ("每次加减分", points)]

    def clean(self) -> dict[str, Any]:
        """Weights are whole points."""
        data: dict[str, Any] = super().clean() or {}
        for indicator in self.scheme.indicators:
            weight = data.get(f"w-{indicator.key}")
            if weight is not None and weight != int(weight):
                self.add_error(f"w-{indicator.key}", "分值请填整数。")
        return data

    def change(self) -> Adjustment:
        """What differs from the scheme."""
        data = self.cleaned_data
        weights = {
            i.key: int(data[f"w-{i.key}"])
            for i in self.scheme.indicators
            if data.get(f"w-{i.key}") is not None and data[f"w-{i.key}"] != i.weight
        }
        points: dict[str, Decimal] = {
            e.key: data[f"p-{e.key}"]
            for e in self.scheme.events
            if data.get(f"p-{e.key}") is not None and data[f"p-{e.key}"] != e.points
        }
        return Adjustment(weights, points)
