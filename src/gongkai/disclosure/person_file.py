"""One applicant's data as a ZIP: a page to read, the same as JSON, and the papers of his cases.

The papers are those he gave and the letters served on him; what others said in the case
(consulted parties, notes of the staff) is not his and stays out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from gongkai.disclosure import store
from gongkai.disclosure.casework import events_of
from gongkai.disclosure.mailbox import kept as kept_mail
from gongkai.disclosure.models import (
    DisclosureRequest,
    FilePart,
    IncomingMail,
    Letter,
    LetterState,
    MailKind,
    SealedFile,
)
from gongkai.law.applications import ApplicantKind
from gongkai.law.letters import LETTERS
from gongkai.law.receipt import Channel
from gongkai.law.replies import BY_KEY

_APPLICANT = {
    "kind": "申请人类型", "name": "姓名或者名称", "representative": "法定代表人",
    "contact": "联系人", "identity_kind": "证件类型", "identity_number": "证件号码",
    "phone": "联系电话", "email": "电子邮箱", "address": "通信地址", "postcode": "邮政编码",
    "agent": "代理人", "assistance": "需要的帮助",
}  # fmt: skip
_REQUEST = {
    "number": "登记号", "receipt_number": "回执号", "channel": "渠道",
    "subject": "所需信息名称", "document_number": "文号", "description": "其他特征描述",
    "supplement": "补正内容", "purpose": "用途", "provided_as": "提供形式",
    "provided_by": "获取途径", "outcome": "办理结果",
}  # fmt: skip
_DAYS = {
    "arrived_on": "到达日期", "received_on": "收到申请之日", "due_on": "答复期限",
    "replied_on": "答复日期", "purge_on": "个人信息清除日期",
}  # fmt: skip
# What the applicant gave, whoever put it into the case.
_GIVEN = (FilePart.IDENTITY, FilePart.FILED, FilePart.SUPPLEMENT, FilePart.MAIL)
_STYLE = (
    "body{font:16px/1.7 serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "th{text-align:left;vertical-align:top;padding-right:1.5em;white-space:nowrap}"
    "td{white-space:pre-wrap;overflow-wrap:anywhere}"
)


def packed(requests: Sequence[DisclosureRequest], today: date) -> bytes:
    """The ZIP. Files that were purged are named in the page and not there."""
    told = [_request(request) for request in requests]
    data = {"exported_on": today.isoformat(), "requests": told}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("个人信息.html", _page(requests, told, today))
        archive.writestr("个人信息.json", json.dumps(data, ensure_ascii=False, indent=1))
        for n, request in enumerate(requests, 1):
            for file in _papers(request):
                archive.writestr(f"材料/{n}-{file.pk}-{file.name}", store.opened(file))
            for mail in _mails(request):
                raw = kept_mail.opened(mail.content_index, mail.body_id)
                archive.writestr(f"材料/{n}-来信-{mail.pk}.eml", raw)
    return made.getvalue()


def _papers(request: DisclosureRequest) -> Iterable[SealedFile]:
    """Given by the applicant, or gone out to him."""
    kept = request.files.filter(purged_at__isnull=True)
    out = [letter.paper_id for letter in _letters(request)]
    own = kept.filter(part__in=_GIVEN) | kept.filter(part=FilePart.OTHER, by__isnull=True)
    sent = kept.filter(pk__in=[pk for pk in out if pk]) | kept.filter(letters__in=_letters(request))
    return (own | sent).distinct().order_by("id")


def _mails(request: DisclosureRequest) -> Iterable[IncomingMail]:
    """What he mailed; reports of mail servers are not his."""
    own = request.mails.filter(kind=MailKind.REQUEST).exclude(content_index="")
    return own.order_by("id")


def _letters(request: DisclosureRequest) -> list[Letter]:
    """Served on the applicant; one with a `ref` went to somebody else."""
    return list(request.letters.filter(state=LetterState.SERVED, ref=""))


def _request(request: DisclosureRequest) -> dict[str, object]:
    days = {name: getattr(request, name) for name in _DAYS}
    return {
        **{name: getattr(request, name) for name in _REQUEST},
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "applicant": {name: getattr(request.applicant, name) for name in _APPLICANT},
        "steps": [{"kind": e.kind.value, "on": e.on.isoformat()} for e in events_of(request)],
        "files": [
            {"name": f.name, "part": FilePart(f.part).label, "bytes": f.size}
            for f in _papers(request)
        ],
        "letters": [
            {"kind": letter.kind, "number": letter.number, "state": letter.state}
            for letter in _letters(request)
        ],
    }


def _page(
    requests: Sequence[DisclosureRequest], told: Sequence[dict[str, object]], today: date
) -> str:
    parts = [
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>",
        f"<title>个人信息</title><style>{_STYLE}</style></head><body><h1>本机关保存的您的个人信息</h1>",
        f"<p>导出日期：{today.isoformat()}。请妥善保管，不要转给他人。</p>",
    ]
    for request, values in zip(requests, told, strict=True):
        parts.append(f"<h2>{escape(request.number)}（{escape(request.body.name)}）</h2>")
        parts.append(_table(_rows(request, values)))
    return "".join([*parts, "</body></html>"])


def _rows(request: DisclosureRequest, values: dict[str, object]) -> list[tuple[str, str]]:
    applicant = request.applicant
    words = {
        "kind": ApplicantKind(applicant.kind).label,
        "channel": Channel(request.channel).label,
        "outcome": BY_KEY[request.outcome].label if request.outcome in BY_KEY else "",
    }
    rows = [(label, words.get(k) or getattr(applicant, k)) for k, label in _APPLICANT.items()]
    rows += [(label, words.get(k) or str(values[k] or "")) for k, label in _REQUEST.items()]
    rows += [(label, str(values[k] or "")) for k, label in _DAYS.items()]
    rows += [(e.on.isoformat(), e.kind.label) for e in events_of(request)]
    rows += [("文书", f"{_label(letter)} {letter.number}") for letter in _letters(request)]
    rows += [(str(FilePart(f.part).label), f"{f.name}（{f.size}字节）") for f in _papers(request)]
    return [(label, value) for label, value in rows if value]


def _label(letter: Letter) -> str:
    return LETTERS[letter.kind].label if letter.kind in LETTERS else letter.kind


def _table(rows: Iterable[tuple[str, str]]) -> str:
    lines = (f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in rows)
    return f"<table>{''.join(lines)}</table>"
