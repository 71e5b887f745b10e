"""Published records over HTTP: only what is before the public, in bounded pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.api import openapi
from gongkai.catalog import actions as catalog
from gongkai.catalog.models import WithdrawalCode
from tests import factories
from tests.api.shapes import faults

pytestmark = pytest.mark.django_db
WHOLE = openapi.document("http://testserver/api/v1")


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path, settings: Any) -> None:
    settings.GONGKAI_SCANNERS = ["tests.portal.fakes.BlindScanner"]


@pytest.fixture
def office(db: None) -> factories.Office:
    return factories.office()


def get(client: Client, address: str, shape: str = "", status: int = 200) -> Any:
    answer = client.get(f"/api/v1/records{address}")
    assert answer.status_code == status, answer.content.decode()
    if shape:
        schema = {"$ref": f"#/components/schemas/{shape}"}
        assert faults(answer.json(), schema, WHOLE) == []
    return answer.json()


def uuids(page: Any) -> list[str]:
    return [each["uuid"] for each in page["records"]]


def test_only_what_is_before_the_public(client: Client, office: factories.Office) -> None:
    draft = factories.draft(office)
    factories.attach(draft, office, name="附件.pdf", content=b"%PDF-1.7 x")
    assert uuids(get(client, "")) == []
    get(client, f"/{draft.uuid}", "Refusal", status=404)
    entry = factories.publish(draft, office)
    (line,) = get(client, "", "Records")["records"]
    assert line["uuid"] == str(entry.uuid) and line["title"] == draft.title
    assert line["class"] == "documents" and line["url"].endswith(f"/records/{entry.uuid}/")
    told = get(client, f"/{entry.uuid}", "RecordText")
    assert "总体要求" in told["text"]
    (file,) = told["files"]
    assert file["name"] == "附件.pdf"
    opened = client.get(file["url"])
    assert b"".join(opened.streaming_content) == b"%PDF-1.7 x"  # type: ignore[attr-defined]


def test_a_withdrawn_one_is_gone_at_once(client: Client, office: factories.Office) -> None:
    entry = factories.published(office)
    kept = client.get(f"/api/v1/records/{entry.uuid}")
    assert kept["Cache-Control"] == "public, no-cache"
    assert kept["Access-Control-Allow-Origin"] == "*"
    catalog.withdraw(
        record=entry.record, code=WithdrawalCode.ERROR, note="数字有误", by=office.officer,
        now=factories.NOW,
    )  # fmt: skip
    gone = get(client, f"/{entry.uuid}", "Refusal", status=410)
    assert gone["code"] == "api.withdrawn" and "数字有误" in gone["sentence"]
    assert uuids(get(client, "")) == []
    assert get(client, f"?after={entry.uuid}", status=400)["code"] == "api.after"


def test_narrowed_and_in_pages(client: Client, office: factories.Office) -> None:
    made = []
    for days in (4, 3, 3, 1):
        now = factories.NOW - timedelta(days=days)
        made.append(str(factories.published(office, now=now).uuid))
    newest = made[::-1]
    assert uuids(get(client, "")) == newest
    seen, after = [], ""
    for _ in range(2):
        page = get(client, f"?size=2{after}", "Records")
        seen += uuids(page)
        after = f"&after={page['next']}"
    assert seen == newest and page["next"] is None
    assert uuids(get(client, "?published_from=2026-10-30&published_to=2026-10-31")) == newest[1:3]
    assert uuids(get(client, "?class=regulations&section=fagui&validity=in_force")) == newest
    for query in ("class=none", "body=none", "column=measures", "year=1999", "genre=x"):
        assert uuids(get(client, f"?{query}")) == [], query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("size=101", "size"), ("size=x", "size"), ("after=x", "after"), ("tea=1", "tea"),
        ("published_from=soon", "published_from"), ("column=x", "column"),
        ("body=%00", "body"), ("size=1&size=2", "size"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client: Client, query: str, field: str) -> None:
    assert list(get(client, f"?{query}", "Refusal", status=400)["fields"]) == [field]
