"""The shapes of the answers as JSON Schema (the dialect of OpenAPI 3.1). A test checks each."""

from __future__ import annotations

from typing import Any

from gongkai.law.clock import State
from gongkai.law.due import Unit
from gongkai.law.replies import Remedy

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
YES_NO: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "format": "date"}


def ref(name: str) -> Schema:
    """A reference to a shape of this document."""
    return {"$ref": f"#/components/schemas/{name}"}


def shape(title: str, /, **properties: Schema) -> Schema:
    """An object with exactly these properties, all of them always there."""
    return {
        "type": "object",
        "title": title,
        "properties": {name.removesuffix("_"): schema for name, schema in properties.items()},
        "required": [name.removesuffix("_") for name in properties],
        "additionalProperties": False,
    }


def _said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


_DUE: dict[str, Schema] = {
    "on": _said(DAY, "截止日期，当日仍在期限之内"),
    "basis": _said(TEXT, "依据的条款；只按天数计算时为空"),
    "provisional": _said(YES_NO, "暂定：期间所在年度的放假通知尚未公布"),
    "from": _said(DAY, "起算之日，不计入"),
    "length": WHOLE,
    "unit": _one_of(*(unit.value for unit in Unit)),
    "counted": {"type": "array", "items": DAY, "description": "计算在内的日子"},
    "skipped": {
        "type": "array",
        "items": shape("不计算在内的一天及其原因", day=DAY, reason=TEXT),
    },
    "makeup": {
        "type": "array",
        "items": shape("计算在内的周末及其原因", day=DAY, reason=TEXT),
    },
    "sentence": TEXT,
}
_RECEIPT: dict[str, Schema] = {
    "on": _said(_or_null(DAY), "收到申请之日；还须确认的为 null"),
    "basis": TEXT,
    "sentence": TEXT,
    "warnings": TEXTS,
}
_DUTY = shape(
    "谁在哪天前做什么",
    kind=TEXT,
    label=TEXT,
    actor=TEXT,
    on=DAY,
    basis=TEXT,
    provisional=YES_NO,
    if_missed=_said(TEXT, "不做的后果"),
)
_DAY_OF_CALENDAR = shape("某一天", day=DAY, workday=YES_NO, reason=TEXT, provisional=YES_NO)
_YEAR = shape(
    "某一年",
    year=WHOLE,
    workdays=WHOLE,
    months={"type": "object", "additionalProperties": WHOLE, "description": "月份到工作日数"},
    provisional=YES_NO,
    sources=_said(TEXTS, "所用的放假通知"),
)
_RECEIPT_ANSWER: Schema = {
    "type": "object",
    "title": "收到申请之日，定下时带答复期限",
    "properties": {**_RECEIPT, "reply_due": ref("Due")},
    "required": list(_RECEIPT),
    "additionalProperties": False,
}

_TEXTS_OF_RECORD = (
    "uuid", "index_number", "title", "document_number", "abstract", "responsible_unit", "column",
    "legal_item", "genre", "validity", "keywords", "body", "body_name", "class_", "class_name",
    "updated_at", "url",
)  # fmt: skip
_RECORD: dict[str, Schema] = {
    **dict.fromkeys(_TEXTS_OF_RECORD, TEXT),
    "created_on": DAY,
    "published_on": DAY,
    **dict.fromkeys(("changed_on", "effective_from", "expires_on", "repealed_on"), _or_null(DAY)),
}
_RECORD_TEXT = shape(
    "一条政府信息的全部",
    **_RECORD,
    made_by=TEXT,
    text=TEXT,
    files={
        "type": "array",
        "items": shape("附件", name=TEXT, bytes=WHOLE, media_type=TEXT, url=TEXT),
    },
    relations={
        "type": "array",
        "items": shape("与其他信息的关系", label=TEXT, title=TEXT, uuid=_or_null(TEXT)),
    },
)

SCHEMAS: dict[str, Schema] = {
    "Due": shape("一个期限", **_DUE),
    "DueAnswer": shape("期限种类和期限", term=TEXT, **_DUE),
    "Receipt": shape("收到申请之日", **_RECEIPT),
    "ReceiptAnswer": _RECEIPT_ANSWER,
    "Duty": _DUTY,
    "Progress": shape(
        "一件申请的时钟",
        received=_or_null(DAY),
        receipt=_or_null(ref("Receipt")),
        state=_one_of("awaiting_confirmation", *(state.value for state in State)),
        label=TEXT,
        started=_said(_or_null(DAY), "现行期限的起算之日；补正、缴费后重新起算"),
        due=_or_null(ref("Due")),
        assumed=_said(YES_NO, "征求意见未收回，假定用满期限"),
        on_time=_said(_or_null(YES_NO), "是否按期答复；未答复为 null"),
        duties={"type": "array", "items": ref("Duty")},
        warnings=TEXTS,
    ),
    "Fee": shape(
        "信息处理费（元）",
        amount=_said(_or_null(WHOLE), "两种方式都问了时为 null，只能选一种"),
        way=_or_null(_one_of("items", "pages")),
        by_items=_or_null(WHOLE),
        by_pages=_or_null(WHOLE),
        basis=TEXT,
        sentence=TEXT,
    ),
    "Remedy": shape(
        "救济途径",
        remedy=_one_of(*(remedy.value for remedy in Remedy)),
        reconsideration=_or_null(ref("Due")),
        reconsideration_body=TEXT,
        lawsuit=_said(_or_null(ref("Due")), "须先申请行政复议的为 null"),
        sentence=TEXT,
        basis=TEXT,
    ),
    "IndexNumber": shape(
        "索引号",
        text=TEXT,
        grammar=TEXT,
        label=TEXT,
        parts={"type": "object", "additionalProperties": TEXT},
        year=_or_null(WHOLE),
        serial=_or_null(WHOLE),
        warnings=TEXTS,
    ),
    "DocumentNumber": shape(
        "发文字号",
        printed=_said(TEXT, "规范写法"),
        word=TEXT,
        year=_or_null(WHOLE),
        number=WHOLE,
        shape_=TEXT,
        lead=TEXT,
        warnings=TEXTS,
    ),
    "CalendarDay": _DAY_OF_CALENDAR,
    "CalendarYear": _YEAR,
    "Record": shape("一条政府信息", **_RECORD),
    "RecordText": _RECORD_TEXT,
    "Records": shape(
        "一页政府信息",
        records={"type": "array", "items": ref("Record")},
        next=_said(_or_null(TEXT), "下一页的 after；没有下一页为 null"),
    ),
    "Refusal": shape(
        "没有办成的原因",
        code=_said(TEXT, "固定不变的代码"),
        sentence=_said(TEXT, "给人看的一句话"),
        basis=_said(TEXT, "依据，可能为空"),
        fields={
            "type": "object",
            "additionalProperties": TEXT,
            "description": "填错的项；办理环节的第3个写作 events.3",
        },
    ),
}
# Question → the shape of its answer.
ANSWERS: dict[str, Schema] = {
    "due": ref("DueAnswer"),
    "receipt": ref("ReceiptAnswer"),
    "progress": ref("Progress"),
    "fee": ref("Fee"),
    "remedy": ref("Remedy"),
    "index-number": ref("IndexNumber"),
    "document-number": ref("DocumentNumber"),
    "calendar": {"anyOf": [ref("CalendarDay"), ref("CalendarYear")]},
}
