"""What is typed in the three steps of a review, and in answering findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.desk.forms.base import Choices, Day, DeskForm, OneOf, Pick, Tick, Words
from gongkai.law.grounds import Ground
from gongkai.records.choices import Attribute
from gongkai.review.checklist import QUESTIONS

__all__ = ["Accept", "Decide", "EditTo", "Keep", "Propose", "Return", "Verify"]

CHECKED = (("no", "否"), ("yes", "是"))


def ground_choices(grounds: Sequence[Ground]) -> list[tuple[str, str]]:
    """Grounds as choices: name, force and article, so that the right one is seen at once."""
    return [(g.key, f"{g.label} — {g.force.label}（{g.cite}）") for g in grounds]


class GroundForm(DeskForm):
    """Fields that a withheld record needs; the table of grounds is that of the law of the day."""

    ground = Pick("不予公开的依据", (), blank="（拟不公开时选择）")

    def __init__(self, *args: Any, grounds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（不予公开时选择）"), *grounds]


class Propose(GroundForm):
    """Step one: the section proposes the attribute and answers the checklist line by line."""

    attribute = OneOf("拟定公开属性", Attribute.choices, required=True)
    reason = Words(
        "理由", most=2000, rows=3, hint="依申请公开、不予公开必须写明理由；主动公开可写法定事项。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, question, _ in QUESTIONS:
            self.fields[f"check_{key}"] = OneOf(question, CHECKED, required=True)
        self.order_fields(["attribute", "ground", "reason"])

    def checklist(self) -> dict[str, bool]:
        """Question key → yes or no."""
        return {key: self.cleaned_data[f"check_{key}"] == "yes" for key, _, _ in QUESTIONS}

    @property
    def checks(self) -> list[forms.BoundField]:
        """The checklist's fields."""
        return [self[f"check_{key}"] for key, _, _ in QUESTIONS]


PHRASES = (
    "经核实，不涉及国家秘密、商业秘密和个人隐私，同意主动公开。",
    "经核实，同意科室提出的属性。",
    "经核实，依据和理由成立，同意不予公开。",
    "经核实，宜依申请公开。",
)


class Verify(DeskForm):
    """Step two: the review group's opinion."""

    attribute = OneOf("核实后的公开属性", Attribute.choices, required=True)
    phrase = Pick("常用意见", [(p, p) for p in PHRASES], blank="（自己写）")
    text = Words("审查小组意见", most=2000, rows=3, hint="选了常用意见，这里可以不写或再补充。")

    def opinion(self) -> str:
        """The chosen phrase and what was written, as one text."""
        return "\n".join(
            part for part in (self.cleaned_data["phrase"], self.cleaned_data["text"]) if part
        )


class Return(DeskForm):
    """Back to the section, with reasons."""

    reason = Words(
        "退回理由", most=2000, rows=3, required=True, hint="写清要改什么，科室照此修改后重新提出。"
    )


class Decide(GroundForm):
    """Step three: the responsible leader decides."""

    attribute = OneOf("确定公开属性", Attribute.choices, required=True)
    reason = Words("理由", most=2000, rows=3)
    rereview_on = Day(
        "下次评估日期", hint="不予公开的必填；到期系统提醒重新评估（《条例》第十八条）。"
    )

    field_order = ["attribute", "ground", "reason", "rereview_on"]


class Answering(DeskForm):
    """One finding's answer; `alike` gives the same answer to the other places that are equal."""

    alike = Tick("其余相同的也这样处理")

    answer = ""


class Accept(Answering):
    """Take the proposal."""

    answer = "accepted"


class EditTo(Answering):
    """Put something else in its place."""

    answer = "edited"
    text = Words("改为", most=2000, required=True)


class Keep(Answering):
    """Leave the original, with a reason."""

    answer = "kept"
    reason = Words("理由", most=300, required=True)
