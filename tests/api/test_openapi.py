"""The OpenAPI document against the views: every path there, every answer of the shape it says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from gongkai.api import openapi
from gongkai.api.schemas import SCHEMAS
from gongkai.law.questions import QUESTIONS
from tests.api.shapes import faults, resolved
from tests.api.test_law import ASKED

pytestmark = pytest.mark.django_db
HTTP = {"get", "put", "post", "delete", "patch"}


@pytest.fixture
def whole(client: Client) -> dict[str, Any]:
    found = client.get("/api/v1/openapi.json").json()
    assert isinstance(found, dict)
    return found


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [ref for part in value.values() for ref in references(part)]
    return [ref for part in value for ref in references(part)] if isinstance(value, list) else []


def test_the_document_says_where_it_is_and_of_which_kind(whole: dict[str, Any]) -> None:
    assert whole["openapi"].startswith("3.1.")
    assert whole["servers"] == [{"url": "http://testserver/api/v1"}]
    assert all(resolved(ref, whole) for ref in references(whole))
    unused = {f"#/components/schemas/{name}" for name in SCHEMAS} - set(references(whole))
    assert unused == set()


def test_it_is_openapi(whole: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(whole).iter_errors()) == []


def test_every_path_is_served_and_every_address_described(whole: dict[str, Any]) -> None:
    served = {
        "/"
        + str(p.pattern)
        .removeprefix("v1/")
        .replace("<str:year>", "{year}")
        .replace("<uuid:uuid>", "{uuid}")
        for p in get_resolver("gongkai.api.urls").url_patterns
        if str(p.pattern).startswith("v1/") and not str(p.pattern).startswith("v1/requests")
    }
    assert set(whole["paths"]) == served
    operations = [op for path in whole["paths"].values() for op in path.items()]
    assert {method for method, _ in operations} == {"get"}
    ids = [op["operationId"] for _, op in operations]
    assert len(ids) == len(set(ids))


def test_parameters_are_the_fields_of_the_questions(whole: dict[str, Any]) -> None:
    for key, question in QUESTIONS.items():
        told = whole["paths"][f"/law/{key}"]["get"]["parameters"]
        assert [p["name"] for p in told] == [f.key for f in question.fields]
        assert [p["required"] for p in told] == [f.required for f in question.fields]
        assert set(openapi.EXAMPLES[key]) <= {f.key for f in question.fields}


def answer_schema(whole: dict[str, Any], path: str) -> dict[str, Any]:
    responses = whole["paths"][path]["get"]["responses"]
    schema = responses["200"]["content"]["application/json"]["schema"]
    assert isinstance(schema, dict)
    return schema


@pytest.mark.parametrize(("key", "values"), [*ASKED, *openapi.EXAMPLES.items()])
def test_answers_have_the_shape_described(
    client: Client, whole: dict[str, Any], key: str, values: dict[str, str]
) -> None:
    response = client.get(f"/api/v1/law/{key}", values)
    assert response.status_code == 200
    assert faults(response.json(), answer_schema(whole, f"/law/{key}"), whole) == []


def test_the_year_and_the_refusal_too(client: Client, whole: dict[str, Any]) -> None:
    year = client.get("/api/v1/law/calendar/2026").json()
    assert faults(year, answer_schema(whole, "/law/calendar/{year}"), whole) == []
    refusal = client.get("/api/v1/law/due").json()
    assert faults(refusal, {"$ref": "#/components/schemas/Refusal"}, whole) == []


def test_the_checker_would_notice(client: Client, whole: dict[str, Any]) -> None:
    due = client.get("/api/v1/law/due?term=reply&from=2026-02-06").json()
    schema = answer_schema(whole, "/law/due")
    for broken in ({**due, "on": None}, {**due, "more": 1}, {**due, "length": True},
                   {**due, "unit": "weeks"}, {**due, "skipped": [{"day": "2026-02-07"}]},
                   {k: v for k, v in due.items() if k != "basis"}):  # fmt: skip
        assert faults(broken, schema, whole) != []
