"""Forms of the register: its filters, and the entry of a request taken down by staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.desk.forms.base import Day, DeskForm, OneOf, Pick, PickRow, Tick, Words
from gongkai.desk.requests import words
from gongkai.disclosure.models import FilePart, RequestState
from gongkai.disclosure.values import ApplicantText, Application, AskedText, Upload
from gongkai.kit.refusal import Refusal
from gongkai.law.applications import ApplicantKind
from gongkai.law.receipt import Arrival, Channel
from gongkai.orgs.models import Person

DUE = (
    ("overdue", "已超期"),
    ("week", "7日内到期"),
    ("unassigned", "还没有交办"),
    ("letters", "有文书待审批"),
)


class Filters(DeskForm):
    """What of the register is shown."""

    q = Words("登记号、回执号或者文号", most=60)
    state = Pick("状态", [("all", "全部"), *RequestState.choices], blank="（在办的）")
    due = Pick("期限", DUE, blank="（不限）")
    channel = Pick("渠道", list(words.CHANNELS.items()), blank="（不限）")
    officer = PickRow("经办人", Person.objects.none(), blank="（不限）")

    def __init__(self, *args: Any, officers: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = officers


class File(forms.FileField):
    """One file; what it may be is the action's to say."""

    def __init__(self, label: str, *, hint: str = "", required: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages={
                "required": "请先选择文件。",
                "empty": "这个文件是空的，请换一个。",
                "missing": "没有收到文件，请重新选择。",
                "invalid": "没有收到文件，请重新选择。",
            },
        )


def upload_of(file: UploadedFile[Any] | None, part: str) -> tuple[Upload, ...]:
    """An uploaded file as the actions take it; nothing where none was chosen."""
    if file is None:
        return ()
    media = file.content_type or "application/octet-stream"
    return (Upload(file.name or "", file.read(), media, part),)


def beside_file(form: forms.Form, refusal: Refusal) -> Refusal:
    """The same refusal, what it says of a file standing beside the form's own file field."""
    names = [name for name in form.files if name in form.fields]
    if "files" not in refusal.fields or not names:
        return refusal
    fields = {name: text for name, text in refusal.fields.items() if name != "files"}
    fields[names[0]] = refusal.fields["files"]
    return Refusal(refusal.code, refusal.sentence, refusal.basis, fields)


class Entry(DeskForm):
    """A request that came over the counter, by post, fax or mail, written down by staff."""

    channel = OneOf("收到方式", words.TAKEN_DOWN, initial=Channel.COUNTER.value, required=True)
    arrived_on = Day("到达日期", required=True, hint="当面提交、签收、收件或者传真到达的那一天。")
    confirmed_on = Day(
        "双方确认日期",
        hint="平常信函、传真、电子邮件从与申请人确认之日起算；还没有确认的先空着，确认后再登记。",
    )
    kind = OneOf(
        "申请人类型", list(words.APPLICANTS.items()), initial=ApplicantKind.NATURAL.value,
        required=True,
    )  # fmt: skip
    name = Words("姓名或者名称", most=120)
    identity_kind = Pick("证件类型", [(k, k) for k in words.IDENTITY_KINDS], blank="（未提供）")
    identity_number = Words("证件号码", most=60)
    representative = Words("法定代表人", most=60, hint="单位申请的填写。")
    contact = Words("联系人", most=60, hint="单位申请的填写。")
    agent = Words("代理人", most=60)
    phone = Words("联系电话", most=40)
    email = Words("电子邮箱", most=120)
    address = Words("通信地址", most=200)
    postcode = Words("邮政编码", most=10)
    subject = Words("所需信息的名称", most=300, rows=2)
    document_number = Words("文号", most=120)
    description = Words("其他便于查询的特征", most=4000, rows=3)
    provided_as = Pick("提供形式", list(words.GIVEN_AS.items()), blank="（未写明）")
    provided_by = Pick("获取途径", list(words.GIVEN_BY.items()), blank="（未写明）")
    own_records = Tick("申请的是与申请人自身有关的信息")
    is_rectification = Tick("是更正申请（《条例》第四十一条）")
    wants_publication = Tick("申请人建议主动公开")
    assistance = Words("需要的帮助", most=300, hint="阅读困难、视听障碍等。")
    identity_file = File("身份证明的扫描件", hint="PDF、图片；查看时留痕。")
    paper_file = File("申请表或者来信的扫描件", hint="PDF、图片、Word。")
    # The key of this very form: pressed twice, it registers one request.
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    # What Article 29 lists is not marked as optional; it may be missing all the same.
    marks = dict.fromkeys(
        ("name", "identity_number", "phone", "subject", "provided_as", "provided_by"), ""
    )
    GROUPS = (
        ("怎样收到", ("channel", "arrived_on", "confirmed_on")),
        (
            "申请人",
            (
                "kind", "name", "identity_kind", "identity_number", "representative", "contact",
                "agent", "phone", "email", "address", "postcode",
            ),
        ),
        (
            "申请什么",
            (
                "subject", "document_number", "description", "provided_as", "provided_by",
                "own_records", "is_rectification", "wants_publication", "assistance",
            ),
        ),
        ("材料", ("identity_file", "paper_file")),
    )  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in their groups."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def arrival(self) -> Arrival:
        """How and when it came."""
        data = self.cleaned_data
        return Arrival(Channel(data["channel"]), data["arrived_on"], data["confirmed_on"])

    def application(self) -> Application:
        """What was written on it."""
        data = self.cleaned_data
        files = upload_of(data["identity_file"], FilePart.IDENTITY)
        files += upload_of(data["paper_file"], FilePart.FILED)
        applicant = {n: data[n] for n in ApplicantText.__dataclass_fields__ if n in data}
        asked = {n: data[n] for n in AskedText.__dataclass_fields__ if n in data}
        return Application(
            ApplicantText(**applicant),
            AskedText(**asked),
            files,
            taken_down=True,
            once=data["once"],
        )
