"""A value against the part of JSON Schema that our OpenAPI document uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

KNOWN = {
    "$ref", "anyOf", "type", "enum", "format", "items", "properties", "required",
    "additionalProperties", "title", "description",
}  # fmt: skip
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "boolean": (bool,),
    "null": (type(None),),
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """What is wrong with the value; empty when it has the shape."""
    return list(_faults(value, schema, whole, at))


def _faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[str]:
    assert set(schema) <= KNOWN, f"this checker does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from _faults(value, resolved(schema["$ref"], whole), whole, at)
        return
    if "anyOf" in schema:
        tried = [faults(value, choice, whole, at) for choice in schema["anyOf"]]
        if all(tried):
            yield from min(tried, key=len)
        return
    kind = schema["type"]
    is_bool = isinstance(value, bool)
    right: bool = isinstance(value, TYPES[kind])
    if not right or (is_bool and kind != "boolean"):
        yield f"{at}: {value!r} is no {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if schema.get("format") == "date" and date.fromisoformat(value).isoformat() != value:
        yield f"{at}: {value!r} is no day"
    if kind == "array":
        for place, item in enumerate(value):
            yield from _faults(item, schema["items"], whole, f"{at}[{place}]")
    if kind == "object":
        yield from _object_faults(value, schema, whole, at)


def _object_faults(
    value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], at: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{at}.{name} is missing"
    for name, part in value.items():
        others = schema.get("additionalProperties", True)
        if name in known:
            yield from _faults(part, known[name], whole, f"{at}.{name}")
        elif others is False:
            yield f"{at}.{name} is not in the document"
        elif isinstance(others, dict):
            yield from _faults(part, others, whole, f"{at}.{name}")


def resolved(reference: str, whole: dict[str, Any]) -> dict[str, Any]:
    """What `#/components/…` stands for."""
    found: Any = whole
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    assert isinstance(found, dict)
    return found
