"""What a call may give, as values: each field is read, described and documented from one row."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gongkai.api.schemas import Schema
from gongkai.kit.refusal import Refusal

Values = dict[str, Any]
Choices = tuple[tuple[str, str], ...]
LONG = 4000
# Of one file; its text in base64 is a third longer.
LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 20
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Unreadable(Exception):
    """A value that is none of its kind; the text is the sentence beside the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing given: `kind` is a key of `_KINDS`, `most` bounds it, "" stands for not given."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    most: int = 200
    hint: str = ""
    choices: Choices = ()

    def read(self, value: object) -> Any:
        """The value as the actions take it; raises `Unreadable`."""
        return _KINDS[self.kind].read(self, value)

    def empty(self) -> Any:
        """What stands for a field that was not given."""
        return _KINDS[self.kind].empty()

    def schema(self) -> Schema:
        """JSON Schema of the value, with its meaning."""
        meaning = f"{self.label}。{self.hint}" if self.hint else self.label
        if self.choices:
            meaning += "：" + "；".join(f"{key} {label}" for key, label in self.choices)
        return {**_KINDS[self.kind].schema(self), "description": meaning}


@dataclass(frozen=True, slots=True)
class _Kind:
    read: Callable[[Field, object], Any]
    schema: Callable[[Field], Schema]
    empty: Callable[[], Any]


def text_of(value: object, most: int) -> str:
    """Text within its bound that every database can hold, line ends as one character."""
    if not isinstance(value, str):
        raise Unreadable("请填文字。")
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > most:
        raise Unreadable(f"最多{most}字，现在有{len(text)}字，请删减。")
    if any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text):
        raise Unreadable("含有不能保存的字符，请删去。")
    return text


def _text(field: Field, value: object) -> str:
    text = text_of(value, field.most)
    if field.required and not text.strip():
        raise Unreadable("请填写。")
    return text


def _day(field: Field, value: object) -> date:
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError(value)
        day = date.fromisoformat(value)
    except ValueError:
        raise Unreadable("不是日期，请写成 2026-02-06。") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Unreadable(f"年份须在{_FIRST_YEAR}至{_LAST_YEAR}之间。")
    return day


def _number(field: Field, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable("请填整数。")
    if not 1 <= value <= field.most:
        raise Unreadable(f"须在1至{field.most}之间。")
    return value


def _choice(field: Field, value: object) -> str:
    known = [key for key, _ in field.choices]
    if value not in known:
        raise Unreadable(f"没有这一项，可选：{'、'.join(known)}。")
    return str(value)


def _yes(field: Field, value: object) -> bool:
    if not isinstance(value, bool):
        raise Unreadable("请填 true 或者 false。")
    return value


def _texts(field: Field, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > 100:
        raise Unreadable("请填数组，最多100项。")
    return [text_of(each, field.most) for each in value]


def _map(field: Field, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > 40:
        raise Unreadable("请填对象：名称和文字。")
    return {text_of(key, 60): text_of(text, field.most) for key, text in value.items()}


def _uuid(field: Field, value: object) -> UUID:
    try:
        return UUID(text_of(value, 36))
    except ValueError:
        raise Unreadable("不是编号，请写成 8-4-4-4-12 位的 uuid。") from None


def _uuids(field: Field, value: object) -> list[UUID]:
    if not isinstance(value, list) or len(value) > 100:
        raise Unreadable("请填数组，最多100项。")
    return [_uuid(field, each) for each in value]


@dataclass(frozen=True, slots=True)
class Given:
    """A file as given: name, bytes and, where asked, what it is."""

    name: str
    content: bytes
    part: str


def _file(field: Field, value: object) -> Given:
    if not isinstance(value, dict) or not {"name", "content"} <= set(value) <= {
        "name", "content", "part",
    }:  # fmt: skip
        raise Unreadable("请填对象：name 文件名、content 内容（base64），以及 part 用途。")
    part = value.get("part", field.choices[0][0])
    if part not in [key for key, _ in field.choices]:
        raise Unreadable(f"没有这个用途，可选：{'、'.join(key for key, _ in field.choices)}。")
    content = value["content"]
    if not isinstance(content, str) or len(content) > LARGEST_FILE * 4 // 3 + 4:
        raise Unreadable(f"文件最大{LARGEST_FILE // 1024 // 1024}MB，内容请用base64编码。")
    try:
        plain = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("内容不是base64编码。") from None
    return Given(text_of(value["name"], 200), plain, str(part))


def _files(field: Field, value: object) -> list[Given]:
    if not isinstance(value, list) or len(value) > MOST_FILES:
        raise Unreadable(f"请填数组，最多{MOST_FILES}个文件。")
    return [_file(field, each) for each in value]


def _file_schema(field: Field) -> Schema:
    return {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 200},
            "content": {"type": "string", "contentEncoding": "base64"},
            "part": {"type": "string", "enum": [key for key, _ in field.choices]},
        },
        "required": ["name", "content"],
        "additionalProperties": False,
    }


def _long(field: Field) -> Schema:
    least = {"minLength": 1} if field.required else {}
    return {"type": "string", "maxLength": field.most, **least}


def _listed(items: Callable[[Field], Schema], most: int) -> Callable[[Field], Schema]:
    return lambda field: {"type": "array", "items": items(field), "maxItems": most}


def _plain(schema: Schema) -> Callable[[Field], Schema]:
    return lambda field: dict(schema)


_UUID: Schema = {"type": "string", "format": "uuid"}
_KINDS: dict[str, _Kind] = {
    "text": _Kind(_text, _long, str),
    "date": _Kind(_day, _plain({"type": "string", "format": "date"}), lambda: None),
    "number": _Kind(
        _number, lambda f: {"type": "integer", "minimum": 1, "maximum": f.most}, lambda: None
    ),
    "choice": _Kind(
        _choice, lambda f: {"type": "string", "enum": [key for key, _ in f.choices]}, str
    ),
    "yes": _Kind(_yes, _plain({"type": "boolean"}), lambda: None),
    "texts": _Kind(
        _texts, _listed(lambda f: {"type": "string", "maxLength": f.most}, 100), list
    ),
    "map": _Kind(
        _map,
        lambda f: {
            "type": "object",
            "additionalProperties": {"type": "string", "maxLength": f.most},
        },
        dict,
    ),
    "uuid": _Kind(_uuid, _plain(_UUID), lambda: None),
    "uuids": _Kind(_uuids, _listed(_plain(_UUID), 100), list),
    "file": _Kind(_file, _file_schema, lambda: None),
    "files": _Kind(_files, _listed(_file_schema, MOST_FILES), list),
}  # fmt: skip


def read_all(fields: Iterable[Field], given: Mapping[str, object]) -> Values:
    """Every field's value; all that is wrong is refused at once, each beside its own field."""
    known = {field.key: field for field in fields}
    wrong = {text_key(key): "这里没有这一项，请删去。" for key in given if key not in known}
    values: Values = {}
    for key, field in known.items():
        if given.get(key) is None:
            values[key] = field.empty()
            if field.required:
                wrong[key] = f"请填写“{field.label}”。"
            continue
        try:
            values[key] = field.read(given[key])
        except Unreadable as error:
            wrong[key] = str(error)
    if wrong:
        sentence = "".join(f"“{key}”：{words}" for key, words in wrong.items())
        raise Refusal("api.fields", sentence, fields=wrong)
    return values


def text_key(key: str) -> str:
    """A stranger's name for a field, short and harmless enough to be told back."""
    return "".join(c for c in key[:40] if c.isprintable())


def read_json(body: bytes) -> dict[str, object]:
    """The object a body holds; an empty body is an empty object."""
    if not body.strip():
        return {}
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal("api.not_json", "请求的内容不是JSON（UTF-8），请核对后重发。") from None
    if not isinstance(found, dict):
        raise Refusal("api.not_json", "请求的内容须是一个JSON对象，请核对后重发。")
    return found


def read_query(fields: Iterable[Field], lists: Iterable[tuple[str, list[str]]]) -> Values:
    """The parameters of an address, whole numbers made of their digits; none given twice."""
    kinds = {field.key: field.kind for field in fields}
    given: dict[str, object] = {}
    for name, texts in lists:
        if len(texts) > 1:
            words = "只能给一次，请删去多余的。"
            raise Refusal("api.twice", f"“{text_key(name)}”{words}", fields={text_key(name): words})
        given[name] = _plain_value(kinds.get(name, ""), texts[0])
    return read_all(fields, {name: value for name, value in given.items() if value != ""})


def _plain_value(kind: str, text: str) -> object:
    if kind == "number" and text.isascii() and text.isdigit() and len(text) < 13:
        return int(text)
    if kind == "yes":
        return {"true": True, "false": False}.get(text, text)
    return text
