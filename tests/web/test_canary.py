"""A stranger walks every address with every id there is: nothing unpublished in any byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice, product
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urljoin

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from gongkai.catalog import indexing
from gongkai.catalog.models import CatalogEntry
from gongkai.records import store
from tests import factories
from tests.factories import Office
from tests.portal.conftest import at, index
from tests.portal.fakes import MemoryIndex
from tests.web.canaries import Canaries, fill, plant_draft

__all__ = ["at", "index"]

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']|<loc>([^<]+)</loc>""")
SIGNED_IN = ("/desk/", "/accounts/")
MOST_OF_ONE_PATTERN, MOST_OF_THE_DESK = 500, 40
CONTROL = "jinsique999zq"


@pytest.fixture
def birds(at: Office, index: MemoryIndex) -> Canaries:
    """An office with everything hidden that there is, and an index that has caught up."""
    made = Canaries()
    fill(at, made)
    pattern = {"pattern": "11Y900/ZK-{year}-{serial:06d}", "note": made.word("body.profile")}
    other = factories.office(name="云岭区教育局", profile={"index_number": pattern})
    plant_draft(other, made, "another body")
    indexing.catch_up()
    return made


def everything(response: Any) -> bytes:
    """Status line aside, every byte that is sent: headers and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return repr(sorted(response.headers.items())).encode() + repr(response.cookies).encode() + body


def leaks(birds: Canaries, sent: bytes) -> list[str]:
    return [f"{word} ({place})" for word, place in birds.planted.items() if word.encode() in sent]


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route of the site as text with its `<converter:name>` places."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found, before + _route(found.pattern))
        elif isinstance(found, URLPattern):
            yield "/" + before + _route(found.pattern)


def _route(pattern: Any) -> str:
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    # Old-style patterns are allauth's alone; their groups take any word.
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", str(pattern))
    return plain.lstrip("^").rstrip("$\\Z").replace("\\", "")


def values_there_are() -> dict[str, list[str]]:
    """For each kind of argument every value that leads anywhere: uuids, ids, codes, words."""
    uuids, ids, words = set(), set(range(12)), {"csv", "1", "draft", "catalog"}
    for model in apps.get_models():
        for row in model._default_manager.all()[:200]:
            if isinstance(row.pk, int):
                ids.add(row.pk)
            for name in ("uuid", "act"):
                if getattr(row, name, None):
                    uuids.add(str(getattr(row, name)))
            for name in ("code", "username", "number", "index_number", "sha256", "name"):
                value = getattr(row, name, None)
                if isinstance(value, str) and value:
                    words.add(value)
    found = {"uuid": sorted(uuids), "int": [str(n) for n in sorted(ids)]}
    # A word that is itself planted would be echoed in the address of a redirect.
    plain = sorted(quote(w, safe="") for w in words if "jinsique" not in w)
    return {**found, "str": plain, "slug": plain, "path": plain}


def addresses() -> Iterator[str]:
    known = values_there_are()
    for route in patterns(get_resolver()):
        kinds = [kind or "str" for kind, _name in ARGUMENT.findall(route)]
        choices = [known.get(kind, known["str"]) for kind in kinds]
        most = MOST_OF_THE_DESK if route.startswith(SIGNED_IN) else MOST_OF_ONE_PATTERN
        for chosen in islice(product(*choices), most):
            yield _filled(route, chosen)


def _filled(route: str, chosen: tuple[str, ...]) -> str:
    for value in chosen:
        route = ARGUMENT.sub(value.replace("\\", ""), route, count=1)
    return route


def links(sent: bytes, base: str) -> Iterable[str]:
    for href, place in LINK.findall(sent.decode("utf-8", "replace")):
        whole = urljoin(f"http://testserver{base}", unescape(href or place))
        if whole.startswith("http://testserver/"):
            yield urldefrag(whole.removeprefix("http://testserver"))[0]


def test_the_words_are_really_there(birds: Canaries, at: Office) -> None:
    kept = "".join(
        serializers.serialize("json", model._default_manager.all()) for model in apps.get_models()
    )
    files = b"".join(
        path.read_bytes() for path in Path(store.folder()).rglob("*") if path.is_file()
    )
    missing = [w for w in birds.planted if w not in kept and w.encode() not in files]
    assert missing == []
    assert len(birds.planted) > 120
    assert CatalogEntry.objects.filter(state="published").count() == 2


def test_no_address_gives_anything_away(birds: Canaries, client: Client) -> None:
    seen, found = 0, []
    for address in addresses():
        if address.startswith("/static/"):
            continue
        response = client.get(address)
        seen += 1
        found += [f"{address}: {leak}" for leak in leaks(birds, everything(response))]
        assert response.status_code < 500, address
        if address.startswith("/desk/"):
            assert response.status_code in (302, 403, 404, 405), (address, response.status_code)
            if response.status_code == 302:
                assert response["Location"].startswith("/accounts/login/"), address
    assert found == []
    assert seen > 300


def test_no_link_leads_to_anything_hidden(birds: Canaries, client: Client) -> None:
    waiting, done, found = ["/", "/robots.txt", "/sitemap.xml", "/feed.atom"], set(), []
    while waiting:
        address = waiting.pop()
        if address in done or address.startswith(("/static/", "/preferences/")):
            continue
        done.add(address)
        sent = everything(client.get(address))
        found += [f"{address}: {leak}" for leak in leaks(birds, sent)]
        waiting += [link for link in links(sent, address) if link not in done]
        assert len(done) < 3000
    # Asked for twice, pages come from the cache the second time.
    for uuid in CatalogEntry.objects.values_list("uuid", flat=True):
        found += leaks(birds, everything(client.get(f"/records/{uuid}/")))
        found += leaks(birds, everything(client.get(f"/records/{uuid}/")))
    assert found == []
    public = CatalogEntry.objects.filter(state="published").values_list("uuid", flat=True)
    assert {f"/records/{uuid}/" for uuid in public} <= done
    assert any(address.startswith("/catalog/export") for address in done)


def test_search_answers_a_hidden_word_like_any_nonsense(
    birds: Canaries, client: Client, index: MemoryIndex
) -> None:
    indexed = repr(index.documents)
    for word in birds.planted:
        assert word not in indexed, birds.planted[word]
        for query in (f"q={word}", f"q={word}&year=2026"):
            answer = client.get(f"/search/?{query}").content.decode()
            control = client.get(f"/search/?{query.replace(word, CONTROL)}").content.decode()
            assert answer.replace(word, "x") == control.replace(CONTROL, "x"), birds.planted[word]
