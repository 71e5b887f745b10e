"""Forms of a body's settings for requests: its seal, its numbers and channels."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.desk.forms.base import DeskForm, Pick, Tick, Words
from gongkai.desk.requests.entry_forms import File
from gongkai.disclosure.actions.filing import DEFAULT_NUMBER
from gongkai.disclosure.actions.seals import LEAST, MOST
from gongkai.disclosure.letter_seal import MILLIMETRES
from gongkai.disclosure.retention import IDENTITY_MONTHS, KEEP_MONTHS
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Channel
from gongkai.law.remedies import BodyKind
from gongkai.records.numbering import Grammar

# What a body may leave closed; counter and post it never may.
SWITCHED = tuple(c for c in (Channel.WEB, Channel.EMAIL, Channel.FAX) if not c.always_open)
KINDS = (
    (BodyKind.DEPARTMENT, "政府部门（由本级人民政府复议）"),
    (BodyKind.GOVERNMENT, "人民政府（由上一级人民政府复议）"),
    (BodyKind.VERTICAL, "垂直领导的机关（由上一级主管部门复议）"),
    (BodyKind.MINISTRY, "国务院部门、省级人民政府（由作出答复的机关复议）"),
)
_WORDS = (
    "letter_word", "request_number", "fee_payment", "reconsideration_body", "body_kind",
    "refusals_approved_by",
)  # fmt: skip
_MONTHS = ("keep_personal_months", "keep_identity_months")
MOST_MONTHS = 1200


class SealForm(DeskForm):
    """An image and its width on paper."""

    image = File("印章图样", hint="PNG（透明底）或者JPEG，不超过500KB。", required=True)
    millimetres = forms.IntegerField(
        label="印章直径（毫米）",
        initial=MILLIMETRES,
        min_value=LEAST,
        max_value=MOST,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text=f"打印在文书上的宽度，{LEAST}至{MOST}；部门印章一般为{MILLIMETRES}。",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"“印章直径”请填{LEAST}至{MOST}之间的整数。",
        ),
    )


class Months(forms.IntegerField):
    """A number of months."""

    def __init__(self, label: str, usual: int, hint: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=1,
            max_value=MOST_MONTHS,
            help_text=f"{hint}空着为{usual}个月。",
            widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), f"“{label}”请填1至{MOST_MONTHS}之间的整数。"
            ),
        )


class RequestSettings(DeskForm):
    """What the requests of a body need to know; each is a row of its profile."""

    letter_word = Words(
        "文书的机关代字",
        most=20,
        hint="如“门商”：文号写成 门商信补〔2026〕7号。没有它不能审批文书。",
    )
    request_number = Words(
        "登记号格式", most=60, hint=f"须含 {{serial}}，可含 {{year}}；空着为 {DEFAULT_NUMBER}。"
    )
    web = Tick("开通网上申请", hint="关闭后网站只说明其他渠道。")
    email = Tick("开通电子邮件申请")
    fax = Tick("开通传真申请")
    fee_payment = Words(
        "信息处理费的缴纳方式", most=500, rows=3, hint="写进收费通知书：到哪里、怎样缴款。"
    )
    body_kind = Pick(
        "机关性质", [(kind.value, label) for kind, label in KINDS], blank="（按层级判断）"
    )
    reconsideration_body = Words(
        "复议机关名称", most=120, hint="写进答复书的救济告知；空着时由上级机关推定。"
    )
    refusals_approved_by = Pick(
        "谁审批不予公开、部分公开的答复",
        [("disclosure_office", "主管领导和公开工作机构都可以")],
        blank="（只由主管领导）",
    )
    keep_personal_months = Months("个人信息保存（月）", KEEP_MONTHS, "从办结之日起算，到期清除。")
    keep_identity_months = Months("身份证明保存（月）", IDENTITY_MONTHS, "从办结之日起算。")

    def clean_letter_word(self) -> str:
        """Without the marks of a number."""
        word = str(self.cleaned_data["letter_word"]).strip()
        if any(c in word for c in "{}〔〕"):
            raise forms.ValidationError("机关代字只写代字，不写〔〕和编号。")
        return word

    def clean_request_number(self) -> str:
        """As the numbering reads it."""
        pattern = str(self.cleaned_data["request_number"]).strip()
        if pattern:
            try:
                Grammar(pattern, restarts_yearly=True)
            except Refusal as refusal:
                raise forms.ValidationError(refusal.sentence) from refusal
        return pattern

    @staticmethod
    def told(profile: dict[str, Any]) -> dict[str, object]:
        """The fields as the profile has them; every channel is open where none is announced."""
        start: dict[str, object] = {n: profile.get(n, "") for n in (*_WORDS, *_MONTHS)}
        announced = profile.get("request_channels")
        for channel in SWITCHED:
            start[channel.value] = not isinstance(announced, list) or channel.value in announced
        return start

    def profile(self, before: dict[str, Any]) -> dict[str, Any]:
        """The profile with these settings; what they do not name stays."""
        data = self.cleaned_data
        named = {n: data[n] for n in (*_WORDS, *_MONTHS) if data[n] not in ("", None)}
        channels = [c.value for c in Channel if c not in SWITCHED or data[c.value]]
        kept = {k: v for k, v in before.items() if k not in (*_WORDS, *_MONTHS)}
        return {**kept, **named, "request_channels": channels}
