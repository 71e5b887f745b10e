"""Deeds between receipt and reply."""

from __future__ import annotations

from gongkai.api.fields import LONG, Field
from gongkai.api.requests.call import Deed, Made
from gongkai.api.requests.operation import Operation, on_desk
from gongkai.api.requests.refs import (
    body_of,
    officer_of,
    request_of,
    section_of,
    upload_of,
)
from gongkai.disclosure import deeds, policies
from gongkai.disclosure.actions import (
    assigning,
    charging,
    consulting,
    extending,
    filing,
    papers,
    searching,
    supplementing,
)
from gongkai.disclosure.models import Fee, FilePart
from gongkai.disclosure.values import Charge, Desk, Party, SearchNote
from gongkai.kit.refusal import Refusal

# What may be put into a case; a proof of service goes in with the service itself or here.
PARTS = tuple(
    (part.value, str(part.label))
    for part in (
        FilePart.REPLY, FilePart.FILED, FilePart.IDENTITY, FilePart.EVIDENCE, FilePart.OTHER,
    )
)  # fmt: skip
SUPPLEMENTED = ((FilePart.SUPPLEMENT.value, "补正材料"), (FilePart.IDENTITY.value, "身份证明"))
WAYS_TO_CHARGE = (("items", "按件计收"), ("pages", "按量计收"))
KINDS_OF_PARTY = (("third_party", "第三方"), ("joint_body", "共同制作机关"))
ON = Field("on", "日期", "date", required=True)


def _confirm(deed: Deed) -> Made:
    on = deed.values["on"]
    return Made(filing.confirm(request=deed.request, on=on, **deed.caller.by))


def _office_confirm(deed: Deed) -> Made:
    return Made(filing.office_confirms(request=deed.request, **deed.caller.by))


def _assign(deed: Deed) -> Made:
    given = deed.values
    to = Desk(
        section_of(deed.request.body, given["section"]),
        officer_of(given["case_officer"]),
        body_of(given["other_body"], "other_body"),
        given["note"],
    )
    return Made(assigning.assign(request=deed.request, to=to, **deed.caller.by))


def _split(deed: Deed) -> Made:
    parts = deed.values["parts"]
    made = assigning.split(request=deed.request, parts=parts, **deed.caller.by)
    return Made(made[0], requests=made[1:])


def _join(deed: Deed) -> Made:
    into = request_of(deed.caller, deed.values["into"], "into")
    return Made(assigning.join(request=deed.request, into=into, **deed.caller.by))


def _law(deed: Deed) -> Made:
    return Made(assigning.set_law(request=deed.request, **deed.values, **deed.caller.by))


def _ask_supplement(deed: Deed) -> Made:
    letter = supplementing.ask_supplement(request=deed.request, **deed.values, **deed.caller.by)
    return Made(letter.request, letter=letter)


def _supplement(deed: Deed) -> Made:
    given = {**deed.values, "files": [upload_of(each) for each in deed.values["files"]]}
    return Made(supplementing.take_supplement(request=deed.request, **given, **deed.caller.by))


def _search(deed: Deed) -> Made:
    entry = SearchNote(**deed.values)
    row = searching.log_search(request=deed.request, entry=entry, **deed.caller.by)
    return Made(row.request)


def _consult(deed: Deed) -> Made:
    party = Party(**deed.values)
    row = consulting.consult(request=deed.request, party=party, **deed.caller.by)
    letter = row.request.letters.filter(ref=row.ref).latest("id")
    return Made(row.request, letter=letter, consultation=row)


def _extend(deed: Deed) -> Made:
    kept = extending.extend(request=deed.request, **deed.values, **deed.caller.by)
    return Made(kept, letter=kept.letters.filter(kind="extension").latest("id"))


def _reasons(deed: Deed) -> Made:
    letter = extending.ask_reasons(request=deed.request, **deed.values, **deed.caller.by)
    return Made(letter.request, letter=letter)


def _delay(deed: Deed) -> Made:
    letter = extending.delay(request=deed.request, **deed.values, **deed.caller.by)
    return Made(letter.request, letter=letter)


def _charge(deed: Deed) -> Made:
    given = deed.values
    charge = Charge(given["way"], given["units"] or 1, given["pages"])
    fee = charging.charge(request=deed.request, charge=charge, **deed.caller.by)
    return Made(fee.request, letter=fee.request.letters.filter(kind="fee").latest("id"))


def _fee_delivery(deed: Deed) -> Made:
    fee = charging.record_delivery(fee=_fee(deed), on=deed.values["on"], **deed.caller.by)
    return Made(fee.request)


def _pay(deed: Deed) -> Made:
    return Made(charging.pay(fee=_fee(deed), **deed.values, **deed.caller.by).request)


def _fee(deed: Deed) -> Fee:
    fee: Fee | None = getattr(deed.request, "fee", None)
    if fee is None:
        raise Refusal("fee.none", "这件申请没有核定信息处理费，请先收费通知。", charging.BASIS)
    return fee


def _file(deed: Deed) -> Made:
    upload = upload_of(deed.values["file"])
    file = papers.add_file(request=deed.request, upload=upload, **deed.caller.by)
    return Made(file.request, file=file)


_CONFIRM_HALF = deeds.Deed(
    "office_confirm", "登记本机关确认", "受理", policies.may_lead, filing.BASIS, "confirm"
)
HANDLING = (
    Operation(
        "confirm", "confirm", "登记双方确认", _confirm,
        (Field("on", "双方确认日期", "date", required=True),), on_desk("confirm"),
    ),
    Operation(
        "office_confirm", "office-confirm", "登记本机关一方的确认（今天）", _office_confirm,
        deed=_CONFIRM_HALF, note="申请人一方由其本人在网站上确认；两方都确认以后才起算。",
    ),
    Operation(
        "assign", "assign", "交办", _assign,
        (
            Field("section", "承办科室的代码", most=20),
            Field("case_officer", "经办人的登录名", most=150),
            Field("other_body", "转给其他机关的代码", most=40),
            Field("note", "交办意见", most=1000),
        ),
        on_desk("assign"), note="三项至少填一项；可选的见 GET /requests/desks。",
    ),
    Operation(
        "split", "split", "拆分", _split,
        (Field("parts", "拆分后各件的名称", "texts", required=True, most=300,
               hint="第一项留在本件"),),
        on_desk("split"),
    ),
    Operation(
        "join", "join", "并入另一件", _join,
        (Field("into", "并入哪一件（uuid）", "uuid", required=True),), on_desk("join"),
    ),
    Operation(
        "law", "law", "适用另一日的规定", _law,
        (
            Field("law_day", "适用哪一日的规定", "date", hint="不填：恢复适用收到之日的规定"),
            Field("reason", "理由", most=300, required=True),
        ),
        on_desk("law"),
    ),
    Operation(
        "ask_supplement", "ask-supplement", "要求补正", _ask_supplement,
        (
            Field("points", "需要补正的事项", "texts", required=True, most=1000,
                  hint="只能一次性告知，请写全"),
            Field("due_on", "补正期限", "date", required=True),
        ),
        on_desk("ask_supplement"), note="草拟补正告知书；送达之日起停止计时。",
    ),
    Operation(
        "supplement", "supplement", "登记补正", _supplement,
        (
            Field("on", "收到补正日期", "date", required=True),
            Field("text", "补正内容", most=LONG),
            Field("files", "补正材料", "files", choices=SUPPLEMENTED),
            Field("reason", "逾期补正的正当理由", most=500),
        ),
        on_desk("supplement"),
    ),
    Operation(
        "search", "search", "登记检索", _search,
        (
            Field("place", "检索范围", required=True),
            Field("terms", "检索方法和用词", required=True, most=LONG),
            Field("found", "检索结果", required=True, most=LONG),
            Field("on", "检索日期", "date", required=True),
        ),
        on_desk("search"),
    ),
    Operation(
        "consult", "consult", "征求意见", _consult,
        (
            Field("kind", "征求谁的意见", "choice", required=True, choices=KINDS_OF_PARTY),
            Field("name", "名称", required=True, most=120),
            Field("address", "送达地址"),
            Field("information", "所涉信息", required=True, most=LONG,
                  hint="以形成意见所必要的为限；不写申请人是谁"),
            Field("reason", "为何可能损害其合法权益", most=LONG),
        ),
        on_desk("consult"), note="草拟征询书；送出后停表。",
    ),
    Operation(
        "extend", "extend", "批准延期", _extend,
        (
            Field("days", "延长多少个工作日", "number", required=True, most=100),
            Field("reason", "延期理由", required=True, most=500),
        ),
        on_desk("extend"), note="批准即延期；延期告知书随即草拟。",
    ),
    Operation(
        "ask_reasons", "ask-reasons", "要求说明理由", _reasons,
        (
            Field("reason", "为何要求说明理由", required=True, most=1000),
            Field("due_on", "说明理由的期限", "date", required=True),
        ),
        on_desk("reasons"),
    ),
    Operation(
        "delay", "delay", "告知延迟答复", _delay,
        (
            Field("until", "延迟到哪一天答复", "date", required=True),
            Field("reason", "理由", required=True, most=1000),
        ),
        on_desk("delay"),
    ),
    Operation(
        "charge", "charge", "收费通知", _charge,
        (
            Field("way", "计收方式", "choice", required=True, choices=WAYS_TO_CHARGE),
            Field("units", "件数", "number", most=1_000_000, hint="不填为1件"),
            Field("pages", "页数", "number", most=1_000_000, hint="A4单面"),
        ),
        on_desk("charge"), note="核定金额，草拟收费通知书；送达后停止计时。",
    ),
    Operation(
        "fee_delivery", "fee-delivery", "登记收费通知送达", _fee_delivery, (ON,),
        on_desk("fee_delivery"),
    ),
    Operation(
        "pay", "pay", "登记缴费", _pay,
        (
            Field("on", "缴费日期", "date", required=True),
            Field("receipt_number", "票据号", most=60),
            Field("reason", "逾期缴费仍恢复办理的理由", most=500),
        ),
        on_desk("pay"),
    ),
    Operation(
        "file", "files", "添加材料", _file,
        (Field("file", "文件", "file", required=True, choices=PARTS),), on_desk("file"),
        note="要发给申请人的，用途为 reply。",
    ),
)  # fmt: skip
