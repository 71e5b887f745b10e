"""Forms of figures: a period (sent by GET, so that a page can be kept as a link), a bulletin."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.desk.forms.base import Day, DeskForm, Pick, Tick, Words
from gongkai.reporting.bulletins import Term


class PeriodForm(DeskForm):
    """From a day to a day, both included."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = Day("自", required=True)
        self.fields["until"] = Day("至", required=True)


class TermForm(DeskForm):
    """Which period a new bulletin is about."""

    def __init__(self, *args: object, terms: Sequence[Term], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(term.key, f"{term.label}（{term.occasion}）") for term in terms]
        self.fields["term"] = Pick("哪一段时间", choices, blank="请选择", required=True)
        self.terms = {term.key: term for term in terms}

    @property
    def term(self) -> Term:
        """The chosen period."""
        return self.terms[self.cleaned_data["term"]]


class BulletinForm(DeskForm):
    """The words of a draft."""

    title = Words("标题", most=120, required=True)
    occasion = Words(
        "通报场合", most=80, required=True, hint="在哪个会上通报，如 一季度工作汇报会。"
    )
    text = Words(
        "正文", most=20_000, rows=22, required=True, hint="一段一行；“一、”开头的短行是小标题。"
    )


class IssueForm(DeskForm):
    """Issuing: it cannot be taken back."""

    sure = Tick("正文和数字都已核对，印发后不再改动", required=True)
