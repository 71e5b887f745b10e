"""The document against the table, the addresses and the views: the same, and valid OpenAPI 3.1."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from gongkai.api.fields import Field
from gongkai.api.requests import document
from gongkai.api.requests.filing import FILE_FIELDS
from gongkai.api.requests.shapes import SHAPES
from gongkai.api.requests.table import OPERATIONS
from gongkai.disclosure import deeds
from tests.api.requests.conftest import Program, filed
from tests.api.shapes import resolved
from tests.api.test_openapi import references

WHOLE = document.document("http://testserver/api/v1")
UNKNOWN = "00000000-0000-4000-8000-000000000007"
DEEDS = {each.deed for each in OPERATIONS.values() if each.deed}


def test_it_is_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(WHOLE).iter_errors()) == []
    broken = {**WHOLE, "paths": {"/x": {"get": {"responses": {"200": {}}}}}}
    assert list(OpenAPIV31SpecValidator(broken).iter_errors())


def test_every_address_is_described_and_every_description_served() -> None:
    patterns = [str(p.pattern) for p in get_resolver("gongkai.api.urls").url_patterns]
    served = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", each).removeprefix("v1/")
        for each in patterns
        if each.startswith("v1/requests") and "<path:" not in each
    }
    assert set(WHOLE["paths"]) == served
    told = [op for path in WHOLE["paths"].values() for op in path.values() if isinstance(op, dict)]
    ids = [op["operationId"] for op in told]
    assert len(ids) == len(set(ids)) and set(OPERATIONS) < set(ids)


def test_every_shape_is_there_and_used() -> None:
    used = set(references(WHOLE))
    assert all(resolved(ref, WHOLE) for ref in used)
    unused = {f"#/components/schemas/{name}" for name in SHAPES} - used
    assert unused == set()


def test_whatever_the_desk_can_do_the_api_can() -> None:
    assert [deed.name for deed in deeds.DEEDS if deed not in DEEDS] == []


@pytest.mark.django_db
def test_the_document_is_given_to_who_may_call(desk: Program) -> None:
    assert desk.get("/openapi.json")["paths"].keys() == WHOLE["paths"].keys()


@pytest.mark.django_db
def test_every_address_answers_a_stranger_to_the_case_alike(desk: Program) -> None:
    for path, methods in WHOLE["paths"].items():
        if "{uuid}" not in path:
            continue
        at = path.removeprefix("/requests").replace("{consultation}", "7").replace("{remedy}", "7")
        at = re.sub(r"{\w+}", UNKNOWN, at)
        for method in methods.keys() - {"parameters"}:
            answer = desk.call(method, at, None if method == "get" else {})
            assert (answer.status_code, answer.json()["code"]) == (404, "api.not_found"), path
    for number in ("0", "9" * 30):
        at = f"{filed(desk)}/consultations/{number}/delivery"
        assert desk.post(at, {"on": "2026-11-02"}, status=404)["code"] == "api.not_found"


PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=2), st.dictionaries(st.text(max_size=5), st.text()),
)  # fmt: skip


def fitting(field: Field) -> st.SearchStrategy[Any]:
    """Values of the field's own kind."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": st.text(max_size=field.most),
        "date": st.dates().map(str),
        "number": st.integers(min_value=1, max_value=field.most),
        "choice": st.sampled_from([key for key, _ in field.choices] or [""]),
        "yes": st.booleans(),
        "texts": st.lists(st.text(max_size=20), max_size=4),
        "map": st.dictionaries(
            st.sampled_from(["provided", "reason", "ground", "x"]), st.text(max_size=20)
        ),
        "uuid": st.uuids().map(str),
        "uuids": st.lists(st.uuids().map(str), max_size=2),
    }
    return kinds.get(field.kind, st.none())


@pytest.mark.django_db
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_is_done_or_refused(desk: Program, data: st.DataObject) -> None:
    """Never a fault of the program: every refusal in its shape, with a sentence."""
    case = filed(desk)
    key = data.draw(st.sampled_from(["", *(k for k, op in OPERATIONS.items() if not op.below)]))
    fields = OPERATIONS[key].fields if key else FILE_FIELDS
    at = f"{case}/{OPERATIONS[key].path}" if key else ""
    body = {f.key: data.draw(st.one_of(fitting(f), fitting(f), PLAIN)) for f in fields}
    answer = desk.call("post", at, body)
    assert answer.status_code in (201, 400, 403, 409), answer.content.decode()
    if answer.status_code != 201:
        assert list(answer.json()) == ["code", "sentence", "basis", "fields"]
        assert answer.json()["sentence"]
