"""Forms of letters: drafting, the reply by outcome, editing, returning, serving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.desk.forms.base import Day, DeskForm, OneOf, Pick, Words
from gongkai.desk.requests.entry_forms import File
from gongkai.disclosure.models import SealedFile
from gongkai.disclosure.values import Withheld
from gongkai.law.service import Way

LONG = 6000
# What a letter that needs no step of its own can be drafted as, and the parts to be written.
FREE = (("receipt", "登记回执"), ("consultation_notice", "征求意见告知书"))


class Draft(DeskForm):
    """A letter whose parts the case knows by itself."""

    kind = OneOf("文书", FREE, initial="receipt", required=True)


class Papers(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Files of the case, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(
            queryset=SealedFile.objects.none(),
            label=label,
            required=False,
            help_text=hint,
            error_messages={"invalid_choice": "请只选择本件申请的答复附件。"},
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Attachments(DeskForm):
    """Which reply files of the case go with the letter."""

    attachments = Papers("附件", hint="只列出本件申请里用途为“答复附件”的文件。")

    def __init__(self, *args: Any, papers: QuerySet[SealedFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["attachments"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = papers
        if not papers.exists():
            field.help_text = "本件还没有答复附件。"


class Reply(Attachments):
    """What the outcome must state; the fields are the law's."""

    new_file = File("另添一个附件", hint="要提供的文件；随答复一起发给申请人。")

    def __init__(
        self,
        *args: Any,
        needs: Sequence[tuple[str, str]],
        grounds: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, label in needs:
            self.fields[key] = (
                Pick(label, grounds, blank="（请选择）")
                if key == "ground"
                else Words(label, most=LONG, rows=4)
            )
        self.stated_names = [key for key, _ in needs]
        self.order_fields([*self.stated_names, "attachments", "new_file"])

    def mark_of(self, bound: forms.BoundField) -> str:
        """What the law asks to be stated is not marked as optional."""
        return "" if bound.name in self.stated_names else super().mark_of(bound)

    def stated(self) -> dict[str, str]:
        """What was stated, part by part."""
        return {name: str(self.cleaned_data[name] or "") for name in self.stated_names}


class PartReply(Reply):
    """A reply that leaves parts out: each with its own ground, and the copy without them."""

    MOST = 6
    new_file = File(
        "遮盖后的副本",
        hint="把不予公开的内容真正删去以后的文件（不要只盖黑条）；随答复一起发给申请人。",
    )

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, grounds=grounds, **kwargs)
        self.rows = range(1, self.MOST + 1)
        for name in ("ground", "reason"):
            del self.fields[name]
            self.stated_names.remove(name)
        for n in self.rows:
            self.fields[f"part_{n}"] = Words(
                "哪一部分", most=200, hint="如“第三页的供应商银行账号”。"
            )
            self.fields[f"ground_{n}"] = Pick("法定理由", grounds, blank="（请选择）")
            self.fields[f"reason_{n}"] = Words("具体理由", most=2000, rows=2)
        rows = [f"{part}_{n}" for n in self.rows for part in ("part", "ground", "reason")]
        self.order_fields([*self.stated_names, *rows, "attachments", "new_file"])

    @property
    def before(self) -> list[forms.BoundField]:
        """The fields above the parts."""
        return [self[name] for name in self.stated_names]

    @property
    def after(self) -> list[forms.BoundField]:
        """The fields below them."""
        return [self["attachments"], self["new_file"]]

    @property
    def groups(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """Number, fields, and whether something stands in them, of each part."""
        return [(n, self._row(n), n == 1 or self._typed(n)) for n in self.rows]

    def _row(self, n: int) -> list[forms.BoundField]:
        return [self[f"{name}_{n}"] for name in ("part", "ground", "reason")]

    def _typed(self, n: int) -> bool:
        return any(bound.value() for bound in self._row(n))

    def mark_of(self, bound: forms.BoundField) -> str:
        """The first part is needed."""
        return "" if bound.name.endswith("_1") else super().mark_of(bound)

    def clean(self) -> dict[str, Any]:
        """A part is whole or empty; the first is there."""
        data = super().clean() or {}
        for n in self.rows:
            row = {name: data.get(f"{name}_{n}") or "" for name in ("part", "ground", "reason")}
            if n > 1 and not any(row.values()):
                continue
            for name, label in (
                ("part", "哪一部分"),
                ("ground", "法定理由"),
                ("reason", "具体理由"),
            ):
                if not str(row[name]).strip() and f"{name}_{n}" not in self.errors:
                    self.add_error(f"{name}_{n}", f"第{n}处不予公开的部分，请写明{label}。")
        return data

    def withheld(self) -> list[Withheld]:
        """The parts left out."""
        data = self.cleaned_data
        return [
            Withheld(data[f"part_{n}"], data[f"ground_{n}"], data[f"reason_{n}"])
            for n in self.rows
            if data[f"part_{n}"].strip()
        ]


class Parts(DeskForm):
    """The parts of a draft that are a person's to write."""

    optional_mark = ""

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in parts:
            self.fields[key] = Words(label, most=LONG, rows=4)


class WithReason(DeskForm):
    """Why: for returning and voiding."""

    optional_mark = ""

    reason = Words("理由", most=1000, rows=3)


class Serve(DeskForm):
    """By which way, on which day, with what evidence."""

    way = OneOf(
        "送达方式",
        [(way.value, way.label) for way in Way if way is not Way.COURIER],
        initial=Way.HANDED.value,
        required=True,
    )
    posted_on = Day("交邮（发出）日期", hint="邮寄、互联网送达的，以这一天为答复日期。")
    signed_on = Day("签收日期", hint="直接送达、委托送达的，以这一天为答复日期。")
    tracking = Words("邮件号", most=60, hint="邮寄的填写邮件号，或者上传交寄凭证。")
    evidence = File("送达凭证")
