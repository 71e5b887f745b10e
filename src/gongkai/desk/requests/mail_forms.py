"""Forms of the intake of mail: as a request, into a case, set apart; and of the mailbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.desk.forms.base import Day, DeskForm, OneOf, Pick, Tick, Words
from gongkai.desk.requests.entry_forms import Entry
from gongkai.disclosure.actions.mail_intake import Enclosure
from gongkai.disclosure.models import AfterFetch, FilePart, MailSecurity
from gongkai.disclosure.values import ApplicantText, Application, AskedText
from gongkai.law.applications import ApplicantKind

_AS = ((FilePart.FILED.value, "申请材料"), (FilePart.IDENTITY.value, "身份证明"))


_FILE = "file_"


def _place(number: int) -> str:
    return f"{_FILE}{number}"


class EnterMail(Entry):
    """The request a mail makes: as in `Entry`, without how it came, which the mail tells."""

    channel = None  # type: ignore[assignment]
    arrived_on = None  # type: ignore[assignment]
    paper_file = None  # type: ignore[assignment]
    identity_file = None  # type: ignore[assignment]

    def __init__(self, *args: Any, enclosed: Sequence[Enclosure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in enclosed:
            if not each.refused:
                self.fields[_place(each.number)] = Pick(
                    each.upload.name, _AS, blank="（不收入案卷）", initial=FilePart.FILED.value
                )
        self.files_offered = [e for e in enclosed if not e.refused]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in their groups; the mail's files last."""
        own = [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.GROUPS
        ]
        files = [self[_place(each.number)] for each in self.files_offered]
        named = [("来信的附件", files)] if files else []
        return [(title, fields) for title, fields in own if fields] + named

    def mark_of(self, bound: forms.BoundField) -> str:
        """A file's choice says itself that it may be left out."""
        return "" if bound.name.startswith(_FILE) else super().mark_of(bound)

    def application(self) -> Application:
        """What was written down."""
        data = self.cleaned_data
        applicant = {n: data[n] for n in ApplicantText.__dataclass_fields__ if n in data}
        asked = {n: data[n] for n in AskedText.__dataclass_fields__ if n in data}
        return Application(
            ApplicantText(**{"kind": ApplicantKind.NATURAL.value, **applicant}),
            AskedText(**asked),
            once=str(data.get("once") or ""),
        )

    def parts(self) -> dict[int, str]:
        """Which files go into the case, and as what."""
        chosen = {e.number: self.cleaned_data[_place(e.number)] for e in self.files_offered}
        return {number: part for number, part in chosen.items() if part}


class JoinMail(DeskForm):
    """To which case, and as what."""

    number = Words("登记号或者回执号", most=60, required=True)
    use = OneOf(
        "作为",
        [("paper", "案卷材料"), ("supplement", "申请人的补正（从来信到达之日重新计算期限）")],
        initial="paper",
        required=True,
    )
    reason = Words("逾期补正仍予接受的理由", most=300, rows=2)

    def __init__(self, *args: Any, enclosed: Sequence[Enclosure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_offered = [e for e in enclosed if not e.refused]
        for each in self.files_offered:
            self.fields[_place(each.number)] = Tick(f"收入附件：{each.upload.name}", initial=True)

    def parts(self) -> list[int]:
        """Which files go into the case."""
        return [e.number for e in self.files_offered if self.cleaned_data[_place(e.number)]]


class AsideMail(DeskForm):
    """Why a mail is no request."""

    optional_mark = ""

    reason = Words("为什么不是申请", most=500, rows=3, hint="比如：咨询、投诉举报、广告。")


class MailboxForm(DeskForm):
    """How to read the announced mailbox. The password is never shown again."""

    optional_mark = ""

    is_on = Tick("每五分钟收取一次", initial=True)
    host = Words("IMAP 服务器", most=200, required=True, hint="如 imap.example.gov.cn。")
    port = forms.IntegerField(
        label="端口",
        min_value=1,
        max_value=65535,
        initial=993,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "端口应是1至65535的整数，常用993。"
        ),
    )
    security = OneOf("加密", MailSecurity.choices, initial=MailSecurity.SSL.value, required=True)
    username = Words("账号", most=200, required=True, hint="多数邮箱是完整的邮箱地址。")
    password = forms.CharField(
        label="密码或者授权码",
        required=False,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "short"}),
        help_text="加密保存，不再显示。不改就空着。",
    )
    folder = Words("收取的文件夹", most=100, required=True, initial="INBOX")
    from_on = Day("从哪一天的来信收起", required=True, hint="更早的来信不动，也不收。")
    after = OneOf("收取以后", AfterFetch.choices, initial=AfterFetch.KEEP.value, required=True)
    move_to = Words("移到哪个文件夹", most=100, hint="选“移到另一个文件夹”时填写。")
    acknowledge = Tick(
        "自动告知发件人来信已到达",
        initial=True,
        hint="一封来信一次，同一发件人一天至多一次；退信、自动回复、群发邮件不回。",
    )
    sends_letters = Tick(
        "文书用这个地址发出",
        hint="发信服务器允许用这个地址发信时勾选；没有送到的退信才收得回来，记入案卷并提醒经办人。",
    )
