"""The public API as OpenAPI 3.1, written from the questions it answers and the lists it gives."""

from __future__ import annotations

from typing import Any

from gongkai import __version__
from gongkai.api import records
from gongkai.api.schemas import ANSWERS, SCHEMAS, Schema, ref
from gongkai.law.questions import QUESTIONS, Field, Question

_JSON = "application/json"
EXAMPLES: dict[str, dict[str, str]] = {
    "due": {"term": "reply", "from": "2026-02-06"},
    "receipt": {"channel": "web", "arrived": "2026-03-02", "confirmed": "2026-03-04"},
    "progress": {
        "received": "2026-04-01",
        "events": "third_party_asked@2026-04-13,opinion_received@2026-04-27",
    },
    "fee": {"items": "31"},
    "remedy": {"outcome": "refused_deliberative", "delivered": "2026-06-01"},
    "index-number": {"number": "11J025/ZK-2008-000368"},
    "document-number": {"number": "门商字[2008]071号"},
    "calendar": {"day": "2026-10-10"},
}


def document(server: str) -> Schema:
    """The whole document; `server` is the address the paths hang on."""
    paths = {f"/law/{key}": _path(question) for key, question in QUESTIONS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gongkai",
            "version": __version__,
            "description": "政府信息公开的期限、收到日、费用、救济、编号和工作日，答案都说明依据；"
            "已公开的政府信息。只用 GET；日期写作 2026-02-06；填错时返回 400 和一句说明。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "paths": {
            **paths,
            "/law/calendar/{year}": _year_path(),
            "/records": _records_path(),
            "/records/{uuid}": _record_path(),
            "/openapi.json": _own_path(),
        },
        "components": {
            "schemas": SCHEMAS,
            "responses": {
                "Refused": {
                    "description": "填错了，或者法律没有这样的规定",
                    "content": {_JSON: {"schema": ref("Refusal")}},
                }
            },
        },
    }


def _path(question: Question) -> Schema:
    example = EXAMPLES[question.key]
    return {
        "get": {
            "operationId": question.key.replace("-", "_"),
            "summary": question.label,
            "tags": ["law"],
            "parameters": [_parameter(f, example.get(f.key, "")) for f in question.fields],
            "responses": _responses(ANSWERS[question.key]),
        }
    }


def _responses(schema: Schema) -> dict[str, Any]:
    return {
        "200": {"description": "答案", "content": {_JSON: {"schema": schema}}},
        "400": {"$ref": "#/components/responses/Refused"},
    }


def _parameter(field: Field, example: str) -> Schema:
    found = {
        "name": field.key,
        "in": "query",
        "required": field.required,
        "description": f"{field.label}。{field.hint}" if field.hint else field.label,
        "schema": _schema(field),
    }
    if example:
        found["example"] = int(example) if field.kind == "number" else example
    return found


def _schema(field: Field) -> Schema:
    """What may be given; a day may be written in the other usual ways too."""
    if field.kind == "number":
        return {"type": "integer", "minimum": 0, "maximum": field.most}
    if field.kind == "choice":
        return {
            "type": "string",
            "enum": [value for value, _ in field.choices],
            "description": "；".join(f"{value} {label}" for value, label in field.choices),
        }
    if field.kind == "date":
        return {"type": "string", "format": "date"}
    return {"type": "string", "maxLength": field.most}


def _year_path() -> Schema:
    year = next(f for f in QUESTIONS["calendar"].fields if f.key == "year")
    return {
        "get": {
            "operationId": "calendar_year",
            "summary": "查工作日：某年各月有多少",
            "tags": ["law"],
            "parameters": [
                {**_parameter(year, "2026"), "in": "path", "required": True, "description": "年份"}
            ],
            "responses": _responses(ref("CalendarYear")),
        }
    }


def _records_path() -> Schema:
    return {
        "get": {
            "operationId": "records",
            "summary": "已公开的政府信息，新发布的在前",
            "tags": ["records"],
            "parameters": [
                {"name": f.key, "in": "query", "required": f.required, "schema": f.schema()}
                for f in records.LIST
            ],
            "responses": _responses(ref("Records")),
        }
    }


def _record_path() -> Schema:
    uuid = {"type": "string", "format": "uuid"}
    return {
        "get": {
            "operationId": "record",
            "summary": "一条政府信息：内容、附件、与其他信息的关系",
            "tags": ["records"],
            "parameters": [{"name": "uuid", "in": "path", "required": True, "schema": uuid}],
            "responses": {
                **_responses(ref("RecordText")),
                "404": {"$ref": "#/components/responses/Refused"},
                "410": {"$ref": "#/components/responses/Refused"},
            },
        }
    }


def _own_path() -> Schema:
    found = {"description": "OpenAPI 3.1", "content": {_JSON: {"schema": {"type": "object"}}}}
    return {
        "get": {
            "operationId": "openapi",
            "summary": "本说明",
            "tags": ["meta"],
            "responses": {"200": found},
        }
    }
