"""The reference page of the API, written from the same table as the API itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from gongkai.api.openapi import EXAMPLES
from gongkai.api.records import LIST
from gongkai.law.questions import QUESTIONS, Field

_INTRO = """# Public API 开放接口

Everything on this page is public, needs no account, answers `GET` (and `HEAD`) with JSON in \
UTF-8 and may be read from any origin. The machine-readable description (OpenAPI 3.1) is \
`/api/v1/openapi.json`. The answers about the law are those of `gongkai law … --json`: the same \
questions, the same fields. What staff work with, under `/api/v1/requests`, has \
[a page of its own](requests-api.md).

Days are written `2026-02-06`; `2026/2/6`, `2026年2月6日` and `20260206` are understood too. What \
cannot be answered is refused with 400 and one sentence:

```json
{"code": "question.not_a_day", "sentence": "“soon”不是日期，请写成年-月-日，例如：2026-02-06。",
 "basis": "", "fields": {"from": "请写成年-月-日，例如：2026-02-06。"}}
```

`code` never changes, `sentence` is for people, `basis` names the article, `fields` the parameters \
that were wrong (`events.3` is the third event). An unknown address is 404, another method 405, in \
the same shape. Numbers, texts and spans of days are bounded (see *most*); years go as far as the \
calendar: those with a holiday notice, and later ones `provisional` by statute until 2040.
"""


def page() -> str:
    """Markdown: every question with its parameters and an example."""
    return _INTRO + "".join(_sections()) + "".join(_records())


def _sections() -> Iterator[str]:
    for key, question in QUESTIONS.items():
        example = urlencode(EXAMPLES[key], safe=":,@[]", encoding="utf-8")
        yield f"\n## `GET /api/v1/law/{key}`\n\n{question.label}\n\n"
        yield "| parameter | required | most | meaning |\n|---|---|---|---|\n"
        for field in question.fields:
            yield _row(field)
        yield f"\nExample: `/api/v1/law/{key}?{example}`\n"
        if key == "calendar":
            yield "\n`GET /api/v1/law/calendar/{year}` answers for a year.\n"


def _records() -> Iterator[str]:
    yield "\n## `GET /api/v1/records`\n\n已公开的政府信息，新发布的在前。"
    yield "`next` of one page is `after` of the following; withdrawn records are in no list.\n\n"
    yield "| parameter | most | meaning |\n|---|---|---|\n"
    for field in LIST:
        choices = "; ".join(f"`{value}` {label}" for value, label in field.choices)
        meaning = ". ".join(part for part in (field.label, field.hint, choices) if part)
        most = f"{field.most:,}" if field.kind in ("text", "number") else ""
        yield f"| `{field.key}` | {most} | {meaning} |\n"
    yield "\nExample: `/api/v1/records?class=regulations&published_from=2026-01-01&size=20`\n"
    yield "\n`GET /api/v1/records/{uuid}` gives one record with its text, files and relations; "
    yield "404 where there is none, 410 with the reason once it was withdrawn.\n"


def _row(field: Field) -> str:
    choices = "; ".join(f"`{value}` {label}" for value, label in field.choices)
    meaning = ". ".join(part for part in (field.label, field.hint, choices) if part)
    most = "" if field.kind in ("date", "choice") else f"{field.most:,}"
    required = "yes" if field.required else ""
    return f"| `{field.key}` | {required} | {most} | {meaning} |\n"
