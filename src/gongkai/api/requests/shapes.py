"""The shapes of the staff API's answers as JSON Schema. A test holds every answer against them."""

from __future__ import annotations

from gongkai.api.schemas import (
    DAY,
    SCHEMAS,
    TEXT,
    TEXTS,
    WHOLE,
    YES_NO,
    Schema,
    ref,
    shape,
)
from gongkai.disclosure.models import RequestState

_UUID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


_DAY_OR_NULL, _MOMENT_OR_NULL, _TEXT_OR_NULL = _or_null(DAY), _or_null(_MOMENT), _or_null(TEXT)
_STATE: Schema = {"type": "string", "enum": [state.value for state in RequestState]}
_SUMMARY: dict[str, Schema] = {
    "uuid": _UUID,
    "number": _said(TEXT, "登记号"),
    "receipt_number": _said(TEXT, "回执号"),
    "body": _said(TEXT, "机关代码"),
    "state": _STATE,
    "state_label": TEXT,
    "channel": TEXT,
    "channel_label": TEXT,
    "subject": _said(TEXT, "所需信息名称"),
    "arrived_on": _DAY_OR_NULL,
    "received_on": _said(_DAY_OR_NULL, "收到申请之日；还没有确认的为 null"),
    "due_on": _said(_DAY_OR_NULL, "答复期限；停止计时的为 null"),
    "due_provisional": _said(YES_NO, "暂定：期间所在年度的放假通知尚未公布"),
    "days_left": _said(_or_null(WHOLE), "距答复期限多少天；已超期为负数"),
    "section": _or_null(ref("Section")),
    "case_officer": _or_null(ref("Person")),
    "outcome": _said(TEXT, "答复类型；没有答复的为空"),
    "outcome_label": TEXT,
    "replied_on": _DAY_OR_NULL,
    "in_time": _said(_or_null(YES_NO), "是否按期答复；没有答复的为 null"),
}
_HIDDEN = ("phone", "email", "address", "postcode", "representative", "contact", "agent",
           "identity_kind", "identity_number", "assistance")  # fmt: skip
_APPLICANT = shape(
    "申请人；类型和姓名以外的只给承办人员，其他人为 null",
    kind=TEXT,
    name=TEXT,
    **dict.fromkeys(_HIDDEN, _TEXT_OR_NULL),
)
_CLOCK = shape(
    "计时",
    state=TEXT,
    label=TEXT,
    started=DAY,
    due=_or_null(ref("Due")),
    assumed=YES_NO,
    on_time=_or_null(YES_NO),
    duties=_many(ref("Duty")),
    warnings=TEXTS,
    line=_many(shape("计时线上的一天", on=DAY, label=TEXT, effect=TEXT, basis=TEXT)),
)
_DEED = shape(
    "一个环节：现在能否办理，不能的原因",
    key=TEXT,
    label=TEXT,
    path=TEXT,
    possible=YES_NO,
    why_not=_said(TEXT, "能办理的为空"),
    basis=TEXT,
)
_SENDING = shape(
    "一次送达",
    way=TEXT,
    way_label=TEXT,
    posted_on=_DAY_OR_NULL,
    signed_on=_DAY_OR_NULL,
    served_on=_DAY_OR_NULL,
    tracking=TEXT,
)
_LETTER: dict[str, Schema] = {
    "uuid": _UUID,
    "kind": TEXT,
    "label": TEXT,
    "number": _said(TEXT, "文号；审批以前为空"),
    "state": TEXT,
    "state_label": TEXT,
    "outcome": TEXT,
    "due_on": _DAY_OR_NULL,
    "drafted_by": _or_null(ref("Person")),
    "drafted_at": _MOMENT_OR_NULL,
    "approved_by": _or_null(ref("Person")),
    "approved_at": _MOMENT_OR_NULL,
    "sendings": _many(_SENDING),
}
_FILE = shape(
    "案卷里的一个文件",
    uuid=_UUID,
    part=TEXT,
    part_label=TEXT,
    name=TEXT,
    media_type=TEXT,
    bytes=WHOLE,
    kept_at=_MOMENT_OR_NULL,
    opens=_said(YES_NO, "现在能否打开；身份证明打开时留痕"),
)
_CONSULTATION = shape(
    "征求意见",
    id=WHOLE,
    ref=TEXT,
    kind=TEXT,
    party=TEXT,
    information=TEXT,
    asked_on=_DAY_OR_NULL,
    delivered_on=_DAY_OR_NULL,
    opinion=TEXT,
    opinion_on=_DAY_OR_NULL,
    opinion_reason=TEXT,
    sound=_or_null(YES_NO),
    override_notice_on=_DAY_OR_NULL,
)
_FEE = shape(
    "信息处理费",
    way=TEXT,
    units=WHOLE,
    pages=WHOLE,
    amount_yuan=WHOLE,
    tariff=TEXT,
    noticed_on=_DAY_OR_NULL,
    due_on=_DAY_OR_NULL,
    paid_on=_DAY_OR_NULL,
    receipt_number=TEXT,
)
_REMEDY = shape(
    "复议诉讼",
    id=WHOLE,
    kind=TEXT,
    kind_label=TEXT,
    authority=TEXT,
    case_number=TEXT,
    filed_on=_DAY_OR_NULL,
    outcome=TEXT,
    outcome_label=TEXT,
    ended_on=_DAY_OR_NULL,
)
_CASE: dict[str, Schema] = {
    **_SUMMARY,
    "version": _said(TEXT, "版本；与 ETag 相同，用于 If-Match"),
    **dict.fromkeys(
        ("document_number", "description", "supplement", "provided_as", "provided_by",
         "received_basis", "due_basis", "law_reason", "clock_unread"), TEXT,
    ),
    **dict.fromkeys(("own_records", "wants_publication", "is_rectification"), YES_NO),
    **dict.fromkeys(
        ("applicant_confirmed_on", "office_confirmed_on", "confirmed_on", "law_day", "purge_on"),
        _DAY_OR_NULL,
    ),
    **dict.fromkeys(("closed_at", "archived_at", "purged_at"), _MOMENT_OR_NULL),
    "applicant": ref("Applicant"),
    "clock": _or_null(ref("Clock")),
    "deeds": _many(ref("Deed")),
    "letters": _many(ref("Letter")),
    "files": _many(ref("File")),
    "consultations": _many(ref("Consultation")),
    "fee": _or_null(ref("Fee")),
    "remedies": _many(ref("Remedy")),
    "searches": _many(
        shape("检索", on=DAY, by=_or_null(ref("Person")), place=TEXT, terms=TEXT, found=TEXT)
    ),
    "assignments": _many(
        shape("交办", at=_MOMENT, section=_or_null(ref("Section")),
              case_officer=_or_null(ref("Person")), other_body=TEXT, note=TEXT)
    ),
    "related": _many(shape("有关的申请", how=TEXT, uuid=_UUID, number=TEXT)),
    "public_answer": _or_null(shape("公布的答复", uuid=_UUID, asked=TEXT, answered=TEXT)),
}  # fmt: skip
_LETTER_WHOLE = shape(
    "一份文书的全文",
    **_LETTER,
    ref=TEXT,
    ground=TEXT,
    addressee=TEXT,
    note=TEXT,
    parts={"type": "object", "additionalProperties": TEXT},
    text=TEXT,
    attachments=_many(ref("File")),
    deeds=_many(shape("文书的一个环节，不能办理的原因", key=TEXT, why_not=TEXT)),
)
_DONE = shape(
    "办成以后：申请现在的样子，和所办出的东西",
    request=ref("Summary"),
    version=TEXT,
    letter=_or_null(ref("Letter")),
    file=_or_null(ref("File")),
    consultation=_or_null(ref("Consultation")),
    remedy=_or_null(ref("Remedy")),
    requests=_said(_many(ref("Summary")), "拆分出的、重新办理的"),
    record=_said(_or_null(_UUID), "转为主动公开的草稿"),
    public_answer=_or_null(_UUID),
    secret=_said(TEXT, "只在登记申请时有：申请人的查询密码，只告知这一次"),
    gaps=_many(shape("申请还缺什么", key=TEXT, sentence=TEXT, basis=TEXT)),
)
_NEXT = _said(_or_null(TEXT), "下一页的 after；没有下一页为 null")
_COUNTS: Schema = {"type": "object", "additionalProperties": WHOLE}
_OUTCOME = shape(
    "一种答复",
    key=TEXT,
    label=TEXT,
    letter=TEXT,
    remedy=TEXT,
    basis=TEXT,
    states=_said(_many(shape("须写明的一项", key=TEXT, label=TEXT)), "stated 里须写的"),
    grounds=_many(shape("可选的法定理由", key=TEXT, label=TEXT, basis=TEXT)),
    hindered=_said(TEXT, "现在不能选用的原因；能选用的为空"),
)
_LINE = shape(
    "留痕的一条", seq=WHOLE, at=_MOMENT, event=TEXT, sentence=TEXT, from_state=TEXT,
    to_state=TEXT, basis=TEXT,
)  # fmt: skip
SHAPES: dict[str, Schema] = {
    "Refusal": SCHEMAS["Refusal"],
    "Due": SCHEMAS["Due"],
    "Duty": SCHEMAS["Duty"],
    "Section": shape("科室", code=TEXT, name=TEXT),
    "Person": shape("人员", username=TEXT, name=TEXT),
    "Applicant": _APPLICANT,
    "Clock": _CLOCK,
    "Deed": _DEED,
    "Letter": shape("一份文书", **_LETTER),
    "File": _FILE,
    "Consultation": _CONSULTATION,
    "Fee": _FEE,
    "Remedy": _REMEDY,
    "Summary": shape("一件申请", **_SUMMARY),
    "Case": shape("一件申请的全部", **_CASE),
    "LetterText": _LETTER_WHOLE,
    "Done": _DONE,
    "List": shape("一页申请", requests=_many(ref("Summary")), next=_NEXT),
    "DueList": shape(
        "一页在办的申请，期限近的在前",
        requests=_many(
            shape("一件申请和它的各项期限", **_SUMMARY, duties=_many(ref("Duty")),
                  clock_unread=TEXT)
        ),
        next=_NEXT,
    ),
    "Statistics": shape(
        "各状态、各答复类型的件数",
        today=DAY,
        states=_COUNTS,
        open=WHOLE,
        overdue=WHOLE,
        due_this_week=WHOLE,
        outcomes=_COUNTS,
        replied_in_time=WHOLE,
        replied_late=WHOLE,
    ),
    "Desks": shape(
        "可以交办给谁",
        body=TEXT,
        sections=_many(ref("Section")),
        people=_many(ref("Person")),
        bodies=_many(shape("其他机关", code=TEXT, name=TEXT)),
    ),
    "Outcomes": shape("可选的答复", outcomes=_many(_OUTCOME)),
    "History": shape("办理经过", lines=_many(_LINE), next=_or_null(WHOLE)),
}  # fmt: skip
