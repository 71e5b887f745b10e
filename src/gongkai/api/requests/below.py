"""Deeds on what stands below a case: letters, consultations, remedies."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.api.fields import LONG, Field
from gongkai.api.requests.call import Deed, Made
from gongkai.api.requests.handling import ON
from gongkai.api.requests.operation import Operation
from gongkai.api.requests.refs import files_of, upload_of
from gongkai.disclosure import letter_parts
from gongkai.disclosure.actions import consulting, mailing, papers, remedies, sending, writing
from gongkai.disclosure.models import (
    Consultation,
    FilePart,
    Letter,
    RemedyCase,
    RemedyOutcome,
    SealedFile,
)
from gongkai.disclosure.values import PartyOpinion
from gongkai.kit.refusal import Refusal
from gongkai.law.service import Service, Way

WAYS = tuple((way.value, way.label) for way in Way if way is not Way.COURIER)
OPINIONS = (("agrees", "同意公开"), ("disagrees", "不同意公开"), ("silent", "逾期未答"))
ENDS = tuple((o.value, str(o.label)) for o in RemedyOutcome if o != RemedyOutcome.PENDING)
REASON = Field("reason", "理由", required=True, most=1000)


def _letter(deed: Deed) -> Letter:
    assert deed.letter is not None
    return deed.letter


def _edit(deed: Deed) -> Made:
    letter, parts = _letter(deed), deed.values["parts"]
    known = dict(letter_parts.editable(letter))
    wrong = [key for key in parts if key not in known]
    if wrong or not parts:
        listed = "、".join(f"{key}（{label}）" for key, label in known.items()) or "无"
        sentence = f"请只填可以修改的部分：{listed}。"
        raise Refusal("api.parts", sentence, fields={"parts": sentence})
    return _of(writing.edit_letter(letter=letter, parts=parts, **deed.caller.by))


def _attach(deed: Deed) -> Made:
    files = files_of(deed, deed.values["attachments"], "attachments")
    return _of(writing.attach(letter=_letter(deed), files=files, **deed.caller.by))


def _plain(act: Callable[..., Letter]) -> Callable[[Deed], Made]:
    """A deed on a letter that takes the call's own fields and no more."""

    def done(deed: Deed) -> Made:
        return _of(act(letter=_letter(deed), **deed.values, **deed.caller.by))

    return done


def _of(letter: Letter) -> Made:
    return Made(letter.request, letter=letter)


def _serve(deed: Deed) -> Made:
    given, letter = deed.values, _letter(deed)
    service = Service(Way(given["way"]), given["posted_on"], given["signed_on"])
    sent = sending.serve(
        letter=letter,
        service=service,
        evidence=_evidence(deed),
        tracking=given["tracking"],
        **deed.caller.by,
    )
    return _of(sent.letter)


def _evidence(deed: Deed) -> SealedFile | None:
    """A proof of service given with the call is put into the case first."""
    given = deed.values["evidence"]
    if given is None:
        return None
    return papers.add_file(request=deed.request, upload=upload_of(given), **deed.caller.by)


def _mail(deed: Deed) -> Made:
    letter = _letter(deed)
    sent = letter.sendings.filter(way=Way.ELECTRONIC.value).order_by("-id").first()
    if sent is None:
        raise Refusal(
            "letter.not_mailed",
            "只有登记为互联网渠道送达的文书才能用电子邮件发送。请先登记送达。",
            mailing.BASIS,
        )
    return _of(mailing.mail_letter(sending=sent, **deed.caller.by).letter)


def _consultation(deed: Deed) -> Consultation:
    assert deed.consultation is not None
    return deed.consultation


def _delivery(deed: Deed) -> Made:
    row = consulting.record_delivery(
        consultation=_consultation(deed), on=deed.values["on"], **deed.caller.by
    )
    return Made(row.request, consultation=row)


def _opinion(deed: Deed) -> Made:
    row = consulting.take_opinion(
        consultation=_consultation(deed), opinion=PartyOpinion(**deed.values), **deed.caller.by
    )
    return Made(row.request, consultation=row)


def _override(deed: Deed) -> Made:
    row = _consultation(deed)
    letter = consulting.notify_override(consultation=row, **deed.values, **deed.caller.by)
    return Made(letter.request, letter=letter, consultation=row)


def _remedy(deed: Deed) -> RemedyCase:
    assert deed.remedy is not None
    return deed.remedy


def _end(deed: Deed) -> Made:
    row = remedies.end_remedy(
        remedy=_remedy(deed),
        outcome=deed.values["outcome"],
        on=deed.values["ended_on"],
        **deed.caller.by,
    )
    return Made(row.request, remedy=row)


BELOW = (
    Operation(
        "letter_edit", "edit", "修改文书", _edit,
        (Field("parts", "要改的部分", "map", required=True, most=6000),), below="letter",
    ),
    Operation(
        "letter_attach", "attach", "定下文书的附件", _attach,
        (Field("attachments", "附件（文件的uuid）", "uuids", required=True,
               hint="用途须为 reply；空数组为不带附件"),),
        below="letter",
    ),
    Operation("letter_submit", "submit", "文书提交审批", _plain(writing.submit), below="letter"),
    Operation(
        "letter_approve", "approve", "审批文书", _plain(writing.approve), below="letter",
        note="由草拟人以外的人审批；审批时给文号，以后不能再改。",
    ),
    Operation(
        "letter_return", "return", "退回文书修改", _plain(writing.return_letter), (REASON,),
        below="letter",
    ),
    Operation(
        "letter_void", "void", "作废文书", _plain(writing.void), (REASON,), below="letter"
    ),
    Operation(
        "letter_serve", "serve", "登记文书送达", _serve,
        (
            Field("way", "送达方式", "choice", required=True, choices=WAYS),
            Field("posted_on", "交邮（发出）日期", "date", hint="邮寄、互联网送达的以此为准"),
            Field("signed_on", "签收日期", "date", hint="直接、委托送达的以此为准"),
            Field("tracking", "邮件号", most=60),
            Field("evidence", "送达凭证", "file",
                  choices=((FilePart.EVIDENCE.value, "送达凭证"),)),
        ),
        below="letter", note="答复送达即为答复，不能更改。",
    ),
    Operation(
        "letter_mail", "mail", "用电子邮件发送文书", _mail, below="letter",
        note="发到申请人登记的邮箱；须先登记为互联网渠道送达。",
    ),
    Operation(
        "consultation_delivery", "delivery", "登记对方收到征询书", _delivery, (ON,),
        below="consultation",
    ),
    Operation(
        "consultation_opinion", "opinion", "登记意见", _opinion,
        (
            Field("opinion", "意见", "choice", required=True, choices=OPINIONS),
            Field("on", "收到意见日期", "date", required=True),
            Field("reason", "对方的理由", most=LONG),
            Field("sound", "理由是否合理", "yes", hint="不同意公开时判断"),
        ),
        below="consultation",
    ),
    Operation(
        "consultation_override", "override", "告知第三方公开决定", _override,
        (
            Field("content", "决定公开的内容", required=True, most=LONG),
            Field("reason", "理由", required=True, most=LONG),
        ),
        below="consultation",
    ),
    Operation(
        "remedy_end", "end", "登记复议诉讼结果", _end,
        (
            Field("outcome", "审结结果", "choice", required=True, choices=ENDS),
            Field("ended_on", "审结日期", "date", required=True),
        ),
        below="remedy",
    ),
)  # fmt: skip
