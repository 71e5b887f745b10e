"""The reference page of the staff API, written from the same tables as the API itself."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.api.fields import Field
from gongkai.api.requests.document import LOOKS
from gongkai.api.requests.door import CALLS_A_MINUTE
from gongkai.api.requests.filing import FILE_FIELDS
from gongkai.api.requests.table import OPERATIONS
from gongkai.api.requests.writing import MOST_BODY

_INTRO = f"""# Staff API: requests 依申请公开接口

Addresses under `/api/v1/requests`, for the systems of the body itself. Every call carries the \
access token of a person (`Authorization: Bearer gongkai_…`, made on the desk under 我的账号 › \
访问令牌); what may be seen and done is what that person may see and do at the moment of the call, \
and what is done stands under his name in the journal, with the name of the token. Cookies are \
never looked at. Where desk and portal have separate addresses, the API answers on the desk's \
alone. [How to connect another system](../howto/connect-another-system.md) shows calls.

The machine-readable description (OpenAPI 3.1) is `/api/v1/requests/openapi.json`. Days are \
written `2026-02-06`, bodies are JSON objects in UTF-8 of at most {MOST_BODY // 1024 // 1024} MB, \
files stand in them as `{{"name": …, "content": base64, "part": …}}`. Lists come in pages: `next` \
of one is `after` of the following. {CALLS_A_MINUTE} calls a minute and token.

| status | meaning |
|---|---|
| 200, 201 | read; done |
| 400 | what was given is wrong; `fields` says what, field by field |
| 401 | no live token |
| 403 | not this person's to do, or the token only reads |
| 404 | not there, or not to be seen: the same answer for both |
| 405, 411, 413, 415 | another method, a body without its length, too large, not JSON |
| 409 | not possible as the case stands, or the key was used for another call |
| 412 | the case has changed since the version named in `If-Match` |
| 429 | too many calls |

Every refusal is `{{"code", "sentence", "basis", "fields"}}` and has done nothing.

Writing addresses take two headers. `Idempotency-Key`: the same call sent again within a day gets \
the first answer (`Idempotency-Replayed: true`) and does nothing twice; the same key with another \
body is refused with 409. A refused call leaves no key behind. `If-Match`: the `ETag` of the case \
as it was read.
"""


def page() -> str:
    """Markdown: what can be read, then every deed with its fields."""
    return _INTRO + "".join(_reads()) + "".join(_deeds())


def _reads() -> Iterator[str]:
    yield "\n## What can be read\n"
    for look in LOOKS:
        yield f"\n### `GET /api/v1/requests{look.path}`\n\n{look.label}\n"
        yield from _table(look.fields)


def _deeds() -> Iterator[str]:
    yield "\n## What can be done\n"
    yield "\n### `POST /api/v1/requests`\n\n登记申请\n"
    yield from _table(FILE_FIELDS)
    for each in OPERATIONS.values():
        yield f"\n### `POST /api/v1/requests/{each.address}`\n\n{each.label}"
        basis = each.deed.basis if each.deed else ""
        yield f"（{basis}）" if basis else ""
        yield f"。{each.note}\n" if each.note else "\n"
        yield from _table(each.fields)


def _table(fields: tuple[Field, ...]) -> Iterator[str]:
    if not fields:
        return
    yield "\n| field | kind | required | most | meaning |\n|---|---|---|---|---|\n"
    for field in fields:
        choices = "; ".join(f"`{value}` {label}" for value, label in field.choices)
        meaning = ". ".join(part for part in (field.label, field.hint, choices) if part)
        most = f"{field.most:,}" if field.kind in ("text", "texts", "map", "number") else ""
        yield f"| `{field.key}` | {field.kind} | {'yes' * field.required} | {most} | {meaning} |\n"
