"""Deeds of the reply, and those instead of and after it."""

from __future__ import annotations

from gongkai.api.fields import LONG, Field
from gongkai.api.requests.call import Deed, Made
from gongkai.api.requests.operation import Operation, on_desk
from gongkai.api.requests.refs import files_of, remedy_of, section_of
from gongkai.disclosure import deeds, policies
from gongkai.disclosure.actions import (
    closing,
    concluding,
    releasing,
    remedies,
    replying,
    writing,
)
from gongkai.disclosure.models import DisclosureRequest, PublicAnswer, RemedyKind
from gongkai.disclosure.values import LetterDraft, RemedyText, ReopenOrder
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import Clock
from gongkai.law.replies import OUTCOMES

OUTCOME_CHOICES = tuple((found.key, found.label) for found in OUTCOMES)
# Letters that need no step of their own.
FREE = (("receipt", "登记回执"), ("consultation_notice", "征求意见告知书"))


def _letter(deed: Deed) -> Made:
    draft = LetterDraft(deed.values["kind"], {})
    letter = writing.draft_letter(request=deed.request, draft=draft, **deed.caller.by)
    return Made(letter.request, letter=letter)


def _reply(deed: Deed) -> Made:
    letter = replying.draft_reply(
        request=deed.request,
        outcome=deed.values["outcome"],
        stated=deed.values["stated"],
        attachments=files_of(deed, deed.values["attachments"], "attachments"),
        **deed.caller.by,
    )
    return Made(letter.request, letter=letter)


def _register_reply(deed: Deed) -> Made:
    return Made(concluding.register_reply(request=deed.request, **deed.values, **deed.caller.by))


def _withdraw(deed: Deed) -> Made:
    return Made(closing.withdraw(request=deed.request, **deed.caller.by))


def _close(deed: Deed) -> Made:
    return Made(closing.close(request=deed.request, **deed.caller.by))


def _archive(deed: Deed) -> Made:
    return Made(closing.file_away(request=deed.request, **deed.caller.by))


def _remedy(deed: Deed) -> Made:
    told = RemedyText(**deed.values)
    row = remedies.open_remedy(request=deed.request, remedy=told, **deed.caller.by)
    return Made(row.request, remedy=row)


def _reopen(deed: Deed) -> Made:
    given = deed.values
    remedy = remedy_of(deed, given["remedy"])
    order = ReopenOrder(given["authority"], given["ordered_on"], remedy)
    made = closing.reopen(request=deed.request, order=order, **deed.caller.by)
    return Made(deed.request, requests=(made,))


def _release(deed: Deed) -> Made:
    row = releasing.release_answer(request=deed.request, **deed.values, **deed.caller.by)
    return Made(row.request, answer=row)


def _unrelease(deed: Deed) -> Made:
    row = _shown(deed.request)
    if row is None:
        raise Refusal("release.none", "这件申请没有公布的答复，不必撤下。", releasing.BASIS)
    return Made(releasing.withdraw_answer(answer=row, **deed.caller.by).request, answer=row)


def _shown(request: DisclosureRequest) -> PublicAnswer | None:
    return PublicAnswer.objects.filter(request=request, withdrawn_at=None).first()


def _not_shown(request: DisclosureRequest, clock: Clock | None) -> str:
    return "" if _shown(request) else "这件申请没有公布的答复。"


def _not_imported(request: DisclosureRequest, clock: Clock | None) -> str:
    return "" if request.imported_from else "只有从原有台账导入的申请可以直接登记答复。"


def _decline(deed: Deed) -> Made:
    reason = deed.values["reason"]
    return Made(
        releasing.decline_publication(request=deed.request, reason=reason, **deed.caller.by)
    )


def _not_suggested(request: DisclosureRequest, clock: Clock | None) -> str:
    return "" if request.wants_publication else "申请人没有建议主动公开，不需要审核。"


def _convert(deed: Deed) -> Made:
    section = section_of(deed.request.body, deed.values["section"])
    title = deed.values["title"]
    record = releasing.convert_to_record(
        request=deed.request, section=section, title=title, **deed.caller.by
    )
    return Made(deed.request, record=record)


_UNRELEASE = deeds.Deed(
    "unrelease", "撤下公布的答复", "办结", policies.may_lead, releasing.BASIS, "", _not_shown
)
_DECLINE = deeds.Deed(
    "decline", "说明不主动公开的理由", "办结", policies.may_lead, releasing.BASIS, "",
    _not_suggested,
)  # fmt: skip
_REGISTER = deeds.Deed(
    "register_reply", "登记原有答复", "答复", policies.may_lead, policies.BASIS, "reply",
    _not_imported,
)  # fmt: skip
ANSWERING = (
    Operation(
        "letter", "letters", "草拟回执等文书", _letter,
        (Field("kind", "文书", "choice", required=True, choices=FREE),), on_desk("letter"),
        note="其他文书在各自的环节里草拟。",
    ),
    Operation(
        "reply", "reply", "草拟答复", _reply,
        (
            Field("outcome", "答复类型", "choice", required=True, choices=OUTCOME_CHOICES),
            Field("stated", "答复须写明的各项", "map", most=6000,
                  hint="各类型须写哪些、可选哪些理由，见 GET …/outcomes"),
            Field("attachments", "附件（文件的uuid）", "uuids", hint="用途须为 reply"),
        ),
        on_desk("reply"), note="草拟以后送审；由另一人审批，送达之日即答复之日。",
    ),
    Operation(
        "register_reply", "register-reply", "登记原有答复（只用于导入的申请）", _register_reply,
        (
            Field("outcome", "答复类型", "choice", required=True, choices=OUTCOME_CHOICES),
            Field("on", "答复日期", "date", required=True),
        ),
        _REGISTER,
    ),
    Operation("withdraw", "withdraw", "申请人撤回", _withdraw, deed=on_desk("withdraw")),
    Operation("close", "close", "办结", _close, deed=on_desk("close")),
    Operation("archive", "archive", "归档", _archive, deed=on_desk("archive")),
    Operation(
        "remedy", "remedies", "登记复议诉讼", _remedy,
        (
            Field("kind", "类型", "choice", required=True, choices=tuple(
                (kind.value, str(kind.label)) for kind in RemedyKind)),
            Field("authority", "复议机关或者法院", required=True, most=120),
            Field("filed_on", "受理日期", "date", required=True),
            Field("case_number", "案号", most=80),
            Field("note", "说明", most=1000),
        ),
        on_desk("remedy"),
    ),
    Operation(
        "reopen", "reopen", "责令重新办理", _reopen,
        (
            Field("authority", "作出决定的复议机关或者法院", required=True, most=120),
            Field("ordered_on", "决定或者裁判日期", "date", required=True),
            Field("remedy", "对应的复议诉讼的编号", "number", most=10**12),
        ),
        on_desk("reopen"), note="另立一件，在 requests 里；原答复的统计不变。",
    ),
    Operation(
        "release", "release", "公布答复", _release,
        (
            Field("asked", "申请内容概括", required=True, most=300,
                  hint="不写申请人的任何个人信息"),
            Field("answered", "答复要点", required=True, most=LONG),
        ),
        on_desk("release"),
    ),
    Operation("unrelease", "unrelease", "撤下公布的答复", _unrelease, deed=_UNRELEASE),
    Operation(
        "decline", "decline", "说明不采纳主动公开建议的理由", _decline,
        (Field("reason", "理由", required=True, most=1000, hint="申请人看得到"),), _DECLINE,
    ),
    Operation(
        "convert", "convert", "转为主动公开", _convert,
        (
            Field("section", "责任科室的代码", most=20),
            Field("title", "信息名称", most=300, hint="不填用文号；不写任何个人信息"),
        ),
        on_desk("convert"), note="建立一条政府信息草稿，照常审查。",
    ),
)  # fmt: skip
