"""What can be done: filing, and every deed of the table, once per key, under one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from gongkai.api.actions import Repeatable, hold, keep
from gongkai.api.fields import Values, read_all, read_json
from gongkai.api.requests import case as cases
from gongkai.api.requests import told
from gongkai.api.requests.call import Caller, Deed, Made
from gongkai.api.requests.door import Failed, Handler, told_text
from gongkai.api.requests.filing import FILE_FIELDS, file_request
from gongkai.api.requests.operation import Operation
from gongkai.api.requests.reading import find, find_letter, rows_of
from gongkai.disclosure import casework
from gongkai.disclosure.models import DisclosureRequest
from gongkai.journal.values import Change

MOST_BODY = 30 * 1024 * 1024
MOST_KEY = 100
CREATED = 201
REPLAYED = "Idempotency-Replayed"


def filed(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take a request in; the secret for the applicant is in this answer and nowhere else."""

    def act(given: dict[str, object]) -> Made:
        return file_request(caller, read_all(FILE_FIELDS, given))

    return _once(request, caller, act, "登记申请")


def deed_of(operation: Operation) -> Handler:
    """The handler of one row of the table."""

    def handler(request: HttpRequest, caller: Caller, uuid: UUID, **below: Any) -> HttpResponse:
        def act(given: dict[str, object]) -> Made:
            case = find(caller, uuid)
            rows = _below(case, below)
            _require_version(request, case)
            return operation.act(Deed(caller, case, read_all(operation.fields, given), **rows))

        return _once(request, caller, act, operation.label)

    return handler


def _below(case: DisclosureRequest, names: dict[str, Any]) -> Values:
    """The row below the case that the address names, of this very case."""
    found: Values = {}
    for name, key in names.items():
        if name == "letter":
            found[name] = find_letter(case, key)
        else:
            many = {"consultation": "consultations", "remedy": "remedies"}[name]
            found[name] = rows_of(case, many, key)
    return found


def _require_version(request: HttpRequest, case: DisclosureRequest) -> None:
    """`If-Match`: nothing is done to a case that somebody else has moved on meanwhile."""
    wanted = request.headers.get("If-Match", "").strip()
    if not wanted or wanted == "*":
        return
    held = casework.locked(case)
    if wanted.strip('"') != told.version_of(held):
        raise Failed(
            412, "api.changed", "这件申请在您读取以后又有了变化。请重新读取，核对后再办理。"
        )


def _once(
    request: HttpRequest, caller: Caller, act: Callable[[dict[str, object]], Made], label: str
) -> HttpResponse:
    """Do it and answer; a call that comes again with its key gets the first answer."""
    body = _body(request)
    key = _key(request)
    given = read_json(body)
    with transaction.atomic():
        row = None
        if key:
            call = Repeatable(caller.token, key, _digest(request, body))
            row = hold(call=call, now=caller.now)
            if row.status:
                response = told_text(row.answer, status=row.status)
                response.headers[REPLAYED] = "true"
                return _with_version(response, row.answer)
        made = act(given)
        _write_down(made, caller, label)
        text = json.dumps(cases.done(made, caller), ensure_ascii=False)
        if row is not None:
            keep(row=row, status=CREATED, answer=text)
    return _with_version(told_text(text, status=CREATED), text)


def _with_version(response: HttpResponse, text: str) -> HttpResponse:
    response.headers["ETag"] = f'"{json.loads(text)["version"]}"'
    return response


def _write_down(made: Made, caller: Caller, label: str) -> None:
    """Beside the deed's own line: that a program did it, with which token."""
    data: dict[str, object] = {"token": caller.token.name, "deed": label}
    casework.write_down(
        "api.called", request=made.request, by=caller.person, change=Change(data=data)
    )


def _body(request: HttpRequest) -> bytes:
    """The body, bounded; JSON is the only kind taken."""
    if "Transfer-Encoding" in request.headers and "Content-Length" not in request.headers:
        # Its body would be taken for an empty one.
        raise Failed(411, "api.no_length", "请写明内容的长度（Content-Length），不要分块发送。")
    body = request.read(MOST_BODY + 1)
    if len(body) > MOST_BODY:
        most = MOST_BODY // 1024 // 1024
        raise Failed(413, "api.too_large", f"请求超过{most}MB，请一次少传一些文件。")
    if body.strip() and request.content_type != "application/json":
        raise Failed(415, "api.not_json_type", "请用 Content-Type: application/json 发送。")
    return body


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MOST_KEY or not (key.isascii() and key.isprintable()):
        raise Failed(400, "api.key", f"Idempotency-Key 须是{MOST_KEY}个以内的英文字母和数字。")
    return key


def _digest(request: HttpRequest, body: bytes) -> str:
    asked = f"{request.method} {request.path}\n".encode("utf-8", "surrogatepass")
    return hashlib.sha256(asked + body).hexdigest()
