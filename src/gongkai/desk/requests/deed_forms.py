"""One form per deed on a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.desk.forms.base import Day, DeskForm, OneOf, Pick, PickRow, Words
from gongkai.desk.requests.entry_forms import File
from gongkai.disclosure.actions.exporting import PROVED
from gongkai.disclosure.models import (
    DisclosureRequest,
    FilePart,
    RemedyCase,
    RemedyKind,
    RemedyOutcome,
)
from gongkai.disclosure.store import PURPOSES
from gongkai.orgs.models import Body, Person, Section

LONG = 4000


def set_rows(form: DeskForm, name: str, rows: QuerySet[Any]) -> None:
    """Give a choice of rows its rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class Count(forms.IntegerField):
    """A whole number from 1 up."""

    def __init__(self, label: str, *, hint: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", True)
        super().__init__(
            label=label,
            help_text=hint,
            min_value=1,
            max_value=1_000_000,
            widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
            error_messages={
                "required": f"请填写“{label}”。",
                "invalid": f"“{label}”请填整数。",
                "min_value": f"“{label}”至少是1。",
                "max_value": f"“{label}”太大，请核对。",
            },
            **kwargs,
        )


class OnDay(DeskForm):
    """A day."""

    on = Day("日期", required=True)


class Confirm(OnDay):
    """The day both sides confirmed."""

    on = Day("双方确认日期", required=True, hint="与申请人联系上、双方都确认收到的那一天。")


class Assign(DeskForm):
    """To whom the case goes."""

    section = PickRow("承办科室", Section.objects.none(), blank="（不交给科室）")
    case_officer = PickRow("经办人", Person.objects.none(), blank="（由科室安排）")
    other_body = PickRow("转给其他机关", Body.objects.none(), blank="（不转）")
    note = Words("交办意见", most=1000, rows=3)

    def __init__(
        self,
        *args: Any,
        sections: QuerySet[Section],
        people: QuerySet[Person],
        bodies: QuerySet[Body],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "section", sections)
        set_rows(self, "case_officer", people)
        set_rows(self, "other_body", bodies)


class Split(DeskForm):
    """One paper, several things asked for."""

    marks = dict.fromkeys(("parts",), "")
    parts = Words("拆分后的各件", most=LONG, rows=6, hint="每行写一件的名称；第一行留在本件。")


class Join(DeskForm):
    """Which request of the same applicant it goes into."""

    into = PickRow(
        "并入哪一件", DisclosureRequest.objects.none(), blank="（请选择）", required=True
    )

    def __init__(self, *args: Any, others: QuerySet[DisclosureRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "into", others)


class LawDay(DeskForm):
    """The day whose law the case follows."""

    law_day = Day("适用哪一日的规定", hint="空着：恢复适用收到之日的规定。")
    reason = Words("理由", most=300, rows=2, required=True)


class AskSupplement(DeskForm):
    """Every point of the one notice."""

    marks = dict.fromkeys(("points",), "")
    points = Words(
        "需要补正的事项", most=LONG, rows=5, hint="每行一项。补正只能一次性告知，请写全。"
    )
    due_on = Day("补正期限", required=True, hint="给申请人合理的期限，到这一天为止。")


class TakeSupplement(DeskForm):
    """What the applicant supplied."""

    marks = dict.fromkeys(("text",), "")
    on = Day("收到补正日期", required=True, hint="从这一天的次日起重新计算答复期限。")
    text = Words("补正内容", most=LONG, rows=4)
    file = File("补正材料")
    reason = Words("逾期补正的正当理由", most=500, hint="过了补正期限才收到的，须写明。")


class Search(DeskForm):
    """One search."""

    place = Words("检索范围", most=200, hint="档案室、业务系统、哪个科室。", required=True)
    terms = Words("检索方法和用词", most=LONG, rows=2, required=True)
    found = Words("检索结果", most=LONG, rows=2, required=True)
    on = Day("检索日期", required=True)


class Consult(DeskForm):
    """Whom to ask, with only what an opinion needs."""

    marks = dict.fromkeys(("name", "information"), "")
    kind = OneOf(
        "征求谁的意见", [("third_party", "第三方"), ("joint_body", "共同制作机关")],
        initial="third_party", required=True,
    )  # fmt: skip
    name = Words("名称", most=120)
    address = Words("送达地址", most=200)
    information = Words(
        "所涉信息", most=LONG, rows=3, hint="以形成意见所必要的为限；不写申请人是谁。"
    )
    reason = Words("为何可能损害其合法权益", most=LONG, rows=3, hint="征求第三方意见时必须写明。")


class Opinion(DeskForm):
    """What came back."""

    opinion = OneOf(
        "意见",
        [("agrees", "同意公开"), ("disagrees", "不同意公开"), ("silent", "逾期未答")],
        required=True,
    )
    on = Day("收到意见日期", required=True, hint="逾期未答的，填登记的日期。")
    reason = Words("对方的理由", most=LONG, rows=3)
    sound = Pick("理由是否合理", [("yes", "合理"), ("no", "不合理")], blank="（不同意公开时判断）")

    def judged(self) -> bool | None:
        """Whether the reason is sound; None where nobody judged it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["sound"])


class Override(DeskForm):
    """Why an objection yields to the public interest."""

    content = Words("决定公开的内容", most=LONG, rows=3, required=True)
    reason = Words("理由", most=LONG, rows=3, required=True)


class Extend(DeskForm):
    """More time, once."""

    marks = dict.fromkeys(("reason",), "")
    days = Count("延长多少个工作日", hint="最多20个工作日，只能延长一次。")
    reason = Words("延期理由", most=500, rows=2, hint="告知书里写给申请人看。")


class Reasons(DeskForm):
    """Ask why so many requests were made."""

    marks = dict.fromkeys(("reason",), "")
    reason = Words("为何要求说明理由", most=1000, rows=3, hint="申请数量、频次怎样超过合理范围。")
    due_on = Day("说明理由的期限", required=True)


class Delay(DeskForm):
    """A reasonable later day."""

    marks = dict.fromkeys(("reason",), "")
    until = Day("延迟到哪一天答复", required=True)
    reason = Words("理由", most=1000, rows=3)


class ChargeForm(DeskForm):
    """One way of charging."""

    way = OneOf("计收方式", [("items", "按件计收"), ("pages", "按量计收")], required=True)
    units = Count("件数", hint="拆分后的申请件数。")
    pages = Count("页数", hint="提供纸质、电子件的页数（A4单面）；不提供的空着。", required=False)


class Pay(DeskForm):
    """The payment."""

    on = Day("缴费日期", required=True)
    receipt_number = Words("票据号", most=60)
    reason = Words("逾期缴费仍恢复办理的理由", most=500)


class AddFile(DeskForm):
    """A paper of the case."""

    part = OneOf(
        "这是什么",
        [
            (p.value, str(p.label))
            for p in (
                FilePart.REPLY,
                FilePart.ORIGINAL,
                FilePart.FILED,
                FilePart.IDENTITY,
                FilePart.OTHER,
            )
        ],
        initial=FilePart.REPLY.value,
        required=True,
    )
    file = File("文件", required=True, hint="PDF、图片、Word、Excel、OFD，不超过20MB。")


class Remedy(DeskForm):
    """A reconsideration or a lawsuit."""

    kind = OneOf("类型", RemedyKind.choices, required=True)
    authority = Words("复议机关或者法院", most=120, required=True)
    case_number = Words("案号", most=80)
    filed_on = Day("受理日期", required=True)
    note = Words("说明", most=1000, rows=2)


class EndRemedy(DeskForm):
    """How it ended."""

    outcome = OneOf(
        "审结结果",
        [(o.value, str(o.label)) for o in RemedyOutcome if o != RemedyOutcome.PENDING],
        required=True,
    )
    ended_on = Day("审结日期", required=True)


class Reopen(DeskForm):
    """Who ordered the case to be handled again."""

    marks = dict.fromkeys(("authority",), "")
    authority = Words("作出决定的复议机关或者法院", most=120)
    ordered_on = Day("决定或者裁判日期", required=True, hint="从这一天的次日起重新计算答复期限。")
    remedy = PickRow("对应的复议诉讼", RemedyCase.objects.none(), blank="（没有登记）")

    def __init__(self, *args: Any, remedies: QuerySet[RemedyCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "remedy", remedies)
        field = self.fields["remedy"]
        assert isinstance(field, forms.ModelChoiceField)
        field.label_from_instance = lambda row: (  # type: ignore[method-assign,assignment]
            f"{row.get_kind_display()} · {row.authority} · {row.filed_on:%Y-%m-%d}"
        )


class Release(DeskForm):
    """Words for everybody."""

    marks = dict.fromkeys(("asked", "answered"), "")
    asked = Words("申请内容概括", most=300, rows=2, hint="不写申请人的任何个人信息。")
    answered = Words("答复要点", most=LONG, rows=5)


class Convert(DeskForm):
    """A draft record of what was given."""

    title = Words("信息名称", most=300, hint="空着的用文号；不写申请人的任何个人信息。")
    section = PickRow("责任科室", Section.objects.none())

    def __init__(self, *args: Any, sections: QuerySet[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "section", sections)


class DeclinePublication(DeskForm):
    """Why what was suggested is not published."""

    marks = dict.fromkeys(("reason",), "")
    reason = Words("为什么不主动公开", most=1000, rows=3)


class Sure(DeskForm):
    """A deed that needs no words."""


class Purpose(DeskForm):
    """What an identity proof is looked at for."""

    purpose = OneOf("查看的用途", list(PURPOSES.items()), required=True)


class ExportPerson(DeskForm):
    """How the person was known, and which of his other cases go with it."""

    proved = OneOf("怎样核对的身份", list(PROVED.items()), required=True)
    others = forms.ModelMultipleChoiceField(
        queryset=DisclosureRequest.objects.none(),
        label="一并导出同一申请人的",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请只选择列出的申请。"},
    )

    def __init__(self, *args: Any, others: QuerySet[DisclosureRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["others"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = others
        if not others.exists():
            field.help_text = "没有同一申请人的其他申请。"
