"""What is typed to publish later, to withdraw, to revise, to look again."""

from __future__ import annotations

from gongkai.catalog.models import WithdrawalCode
from gongkai.desk.forms.base import DeskForm, Moment, OneOf, Words

__all__ = ["Reason", "Schedule", "Sure", "Withdraw"]


class Sure(DeskForm):
    """Nothing to type: the button is the act."""


class Schedule(DeskForm):
    """A later moment."""

    not_before = Moment("发布时间", required=True, hint="如 2026-11-30 09:00；到时由系统发布。")


class Withdraw(DeskForm):
    """Why it is taken off; the code decides what the public still sees."""

    code = OneOf("撤下原因", WithdrawalCode.choices, required=True)
    note = Words("说明", most=300, hint="会显示在网页上；涉密、隐私、商业秘密的不显示。")


class Reason(DeskForm):
    """A reason."""

    reason = Words("理由", most=300, required=True)
