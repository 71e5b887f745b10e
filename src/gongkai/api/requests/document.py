"""The staff API described as OpenAPI 3.1, made from the same tables as its views."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from gongkai import __version__
from gongkai.api.fields import Field, read_query
from gongkai.api.requests.call import Caller
from gongkai.api.requests.door import told
from gongkai.api.requests.figures import DESKS, REGISTER
from gongkai.api.requests.filing import FILE_FIELDS
from gongkai.api.requests.listing import DUE_LIST, FILE, HISTORY, LIST, RECEIVED
from gongkai.api.requests.shapes import SHAPES
from gongkai.api.requests.table import OPERATIONS
from gongkai.api.schemas import Schema, ref

_JSON = "application/json"
_BYTES: Schema = {"type": "string", "contentMediaType": "application/octet-stream"}
_INFO = (
    "依申请公开的登记、办理、答复。凭个人的访问令牌调用（Authorization: Bearer），"
    "能看、能办什么随令牌主人当时的角色。日期写作 2026-02-06；没有办成时返回一句说明。"
)
_REFUSED = {
    "400": "填错了，fields 说明每一项",
    "401": "没有有效的访问令牌",
    "403": "您不能办，或者令牌只读",
    "404": "没有，或者不能看",
    "405": "这个地址不能用这种方法",
    "409": "申请现在的状态不能办，或者 Idempotency-Key 已用于另一次调用",
    "411": "没有写明内容的长度",
    "412": "If-Match 的版本已经过时",
    "413": "请求太大",
    "415": "不是JSON",
    "429": "调用太多",
}
_READING = ("400", "401", "403", "404", "429")
_WRITING = tuple(_REFUSED)


@dataclass(frozen=True, slots=True)
class Look:
    """An address that is read: its parameters, and the name of its answer ("" for bytes)."""

    path: str
    key: str
    label: str
    answer: str
    fields: tuple[Field, ...] = ()


LOOKS = (
    Look("", "list", "申请的清单，新的在前", "List", LIST),
    Look("/due", "due", "在办的申请和各项期限，近的在前", "DueList", DUE_LIST),
    Look("/statistics", "statistics", "各状态、各答复类型的件数", "Statistics", RECEIVED),
    Look("/register", "register", "某年的申请台账（CSV、Excel）", "", REGISTER),
    Look("/desks", "desks", "可以交办给谁", "Desks", DESKS),
    Look("/openapi.json", "openapi", "本说明", "Document"),
    Look("/{uuid}", "case", "一件申请：期限、能办的环节、文书、材料", "Case"),
    Look("/{uuid}/history", "history", "办理经过", "History", HISTORY),
    Look("/{uuid}/outcomes", "outcomes", "可选的答复类型和须写明的各项", "Outcomes"),
    Look("/{uuid}/letters/{letter}", "letter_text", "一份文书的全文", "LetterText"),
    Look("/{uuid}/letters/{letter}/letter.pdf", "letter_pdf", "文书的PDF", ""),
    Look("/{uuid}/letters/{letter}/letter.docx", "letter_docx", "文书的Word文件", ""),
    Look("/{uuid}/files/{file}", "file_content", "案卷里的一个文件", "", FILE),
)


def document(server: str) -> Schema:
    """The whole document; `server` is the address the paths hang on."""
    paths: dict[str, Schema] = {}
    for look in LOOKS:
        paths.setdefault(f"/requests{look.path}", _path(look.path))["get"] = _look(look)
    paths["/requests"]["post"] = _deed("file_request", "登记申请", FILE_FIELDS, "")
    for key, each in OPERATIONS.items():
        address = f"/{each.address}"
        described = _deed(key, each.label, each.fields, each.note)
        paths.setdefault(f"/requests{address}", _path(address))["post"] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gongkai requests",
            "version": __version__,
            "description": _INFO,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**SHAPES, "Document": {"type": "object", "description": "OpenAPI 3.1"}},
            "responses": {
                f"Refused{status}": {
                    "description": words,
                    "content": {_JSON: {"schema": ref("Refusal")}},
                }
                for status, words in _REFUSED.items()
            },
        },
    }


def _path(address: str) -> Schema:
    """What every method of an address takes from it."""
    names = re.findall(r"{(\w+)}", address)
    if not names:
        return {}
    return {"parameters": [_of_path(name) for name in names]}


def _of_path(name: str) -> Schema:
    rows: Schema = {"type": "integer", "minimum": 1, "maximum": 10**12}
    number = name in ("consultation", "remedy")
    schema: Schema = rows if number else {"type": "string", "format": "uuid"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _look(look: Look) -> Schema:
    content = (
        {_JSON: {"schema": ref(look.answer)}}
        if look.answer
        else {"application/octet-stream": {"schema": _BYTES}}
    )
    return {
        "operationId": look.key,
        "summary": look.label,
        "tags": ["read"],
        "parameters": [
            {
                "name": field.key,
                "in": "query",
                "required": field.required,
                "schema": field.schema(),
            }
            for field in look.fields
        ],
        "responses": {"200": {"description": "所要的", "content": content}, **_refused(_READING)},
    }


def _refused(statuses: Iterable[str]) -> Schema:
    return {status: {"$ref": f"#/components/responses/Refused{status}"} for status in statuses}


_HEADERS: list[Schema] = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "同一个键再发一次，得到第一次的答复，不会办两次；一天内有效",
        "schema": {"type": "string", "maxLength": 100, "pattern": "^[!-~]*$"},
    },
    {
        "name": "If-Match",
        "in": "header",
        "description": "读取时的 ETag；申请已有变化的，不办理",
        "schema": {"type": "string", "maxLength": 100, "pattern": "^[!-~]*$"},
    },
]


def _deed(key: str, label: str, fields: tuple[Field, ...], note: str) -> Schema:
    done = {
        "description": "办成了",
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {_JSON: {"schema": ref("Done")}},
    }
    return {
        "operationId": key,
        "summary": label,
        **({"description": note} if note else {}),
        "tags": ["write"],
        "parameters": _HEADERS,
        "requestBody": {
            "required": any(field.required for field in fields),
            "content": {_JSON: {"schema": body_schema(fields)}},
        },
        "responses": {"201": done, **_refused(_WRITING)},
    }


def body_schema(fields: tuple[Field, ...]) -> Schema:
    """The object a deed takes."""
    needed = [field.key for field in fields if field.required]
    return {
        "type": "object",
        "properties": {field.key: field.schema() for field in fields},
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def served(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The document, for who may call what it describes."""
    read_query((), request.GET.lists())
    return told(document(request.build_absolute_uri("/api/v1")))
