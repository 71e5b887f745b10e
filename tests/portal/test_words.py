"""Every Chinese sentence of the public site has its English one, with the same places in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from gongkai import portal
from gongkai.catalog.facets import DIMENSIONS
from gongkai.portal.applying import words
from gongkai.portal.page import NAVIGATION
from gongkai.portal.views.data import LICENCE
from gongkai.portal.views.home import PARTS
from gongkai.portal.views.search import FACETS, SORTS
from gongkai.reporting.open_data import DATA_SETS
from tests.factories import office

FOLDER = Path(portal.__file__).parent
CALL = re.compile(r"""_\(\s*["']((?:[^"'\\]|\\.)+)["']""")
PLACES = re.compile(r"%\((\w+)\)s")
CATALOG = FOLDER / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sentences() -> Iterator[str]:
    for path in [*FOLDER.rglob("*.py"), *(FOLDER / "templates" / "portal").glob("*.html")]:
        yield from CALL.findall(path.read_text(encoding="utf-8"))
    yield from (label for _name, label in NAVIGATION)
    yield from (word for _name, label, text in PARTS for word in (label, text))
    yield from (label for _column, label in DIMENSIONS.values())
    yield from (label for _field, label in FACETS.values())
    yield from SORTS.values()
    yield LICENCE
    for data in DATA_SETS:
        yield from (data.title, data.sentence, *(label for _key, label in data.columns))
    yield from words.words()


def test_every_sentence_has_its_english(db: None) -> None:
    chinese = {s for s in sentences() if re.search(r"[\u4e00-\u9fff]", s)}
    assert len(chinese) > 100
    with translation.override("en"):
        english = {sentence: gettext(sentence) for sentence in chinese}
    missing = [s for s, e in english.items() if s == e or re.search(r"[\u4e00-\u9fff]", e)]
    assert missing == []
    for sentence, told in english.items():
        assert set(PLACES.findall(sentence)) == set(PLACES.findall(told)), sentence


def test_the_compiled_catalog_is_the_written_one() -> None:
    written = dict(
        re.findall(r'^msgid (".+")\nmsgstr (".+")$', CATALOG.read_text(encoding="utf-8"), re.M)
    )
    assert len(written) > 100
    with translation.override("en"):
        for sentence, told in written.items():
            assert gettext(ast.literal_eval(sentence)) == ast.literal_eval(told)


def test_the_form_and_the_case_speak_english(client: Client, db: None) -> None:
    """No Chinese is left on the form but names, numbers, examples and the articles."""
    office()
    client.cookies["django_language"] = "en"
    for page in (
        client.get("/requests/apply/"),
        client.post("/requests/apply/", {"step": "look", "subject": "contract"}),
    ):
        text = page.content.decode()
        labels = re.findall(
            r"<(?:label|legend|h[123])[^>]*>(.*?)</(?:label|legend|h[123])>", text, re.S
        )
        assert len(labels) > 3
        plain = [re.sub(r"<[^>]+>", "", label) for label in labels]
        assert [label for label in plain if re.search(r"[\u4e00-\u9fff]", label)] == []
