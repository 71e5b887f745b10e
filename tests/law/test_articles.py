"""Every article in scope has a function and a test; the pages are what the tables say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from gongkai.law.articles import INSTRUMENTS
from gongkai.law.articles.model import Article, Writer
from gongkai.law.pages import pages

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = [a for instrument in INSTRUMENTS for a in instrument.articles]
VECTORS = range(1, 68)


def faults(article: Article) -> list[str]:
    """What keeps an article from being done: no function, no test, or names of nothing."""
    if not article.in_scope:
        return []
    found = [] if article.functions else ["no function"]
    found += [] if article.tests else ["no test"]
    found += [name for name in article.functions if not function_exists(name)]
    return found + [name for name in article.tests if not test_exists(name)]


def names_in(path: Path, *outer: str) -> set[str]:
    """Names a module (or a class in it) defines or imports."""
    body = ast.parse(path.read_text("utf-8")).body
    for name in outer:
        body = next((n.body for n in body if isinstance(n, ast.ClassDef) and n.name == name), [])
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def function_exists(dotted: str) -> bool:
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        base = ROOT.joinpath("src", "gongkai", *parts[:cut])
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file():
                return parts[-1] in names_in(path, *parts[cut:-1])
    return False


def test_exists(name: str) -> bool:
    file, _, test = name.partition("::")
    path = ROOT / "tests" / file
    return path.is_file() and test in names_in(path)


test_exists.__test__ = False  # type: ignore[attr-defined] # a question, not a test


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: str(a.cite))
def test_article_has_function_and_test(article: Article) -> None:
    assert faults(article) == []
    assert article.words.endswith(("。", "）"))


def test_a_missing_function_or_test_is_noticed() -> None:
    does = Writer("decree_711_2019").does
    good = "law/test_model.py::test_decree_of_the_day"
    assert faults(does("26", "。", "law.deadlines.publish_due", good)) == []
    assert faults(does("26", "。", "", "")) == ["no function", "no test"]
    assert faults(does("26", "。", "law.deadlines.publish_soon", good)) == [
        "law.deadlines.publish_soon"
    ]
    wrong = "law/test_model.py::test_of_nothing"
    assert faults(does("26", "。", "law.fees.Quote.amount", wrong)) == [wrong]
    assert faults(does("26", "。", "law.fees.Quote.sum", good)) == ["law.fees.Quote.sum"]


def test_both_decrees_are_complete() -> None:
    for instrument, last in ((INSTRUMENTS[0], 56), (INSTRUMENTS[1], 38)):
        assert [a.cite.article for a in instrument.articles] == [str(n) for n in range(1, last + 1)]


@pytest.mark.parametrize("name", sorted(pages()))
def test_pages_are_what_the_tables_say(name: str) -> None:
    kept = (ROOT / "docs" / "law" / name).read_text("utf-8")
    assert kept == pages()[name], "run `make docs`"


def test_no_page_is_left_over() -> None:
    kept = {path.name for path in (ROOT / "docs" / "law").glob("*.md")}
    assert kept == set(pages())


def test_every_vector_has_a_test_of_its_name() -> None:
    """The acceptance vectors 1–67; 63 is shown where publication is refused."""
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = {int(n) for n in re.findall(r"def test_vector_(\d+)", text)}
    named |= {int(n) for n in re.findall(r'"""Vector (\d+): ', text)}
    for first, last in re.findall(r"def test_vectors_(\d+)_to_(\d+)", text):
        named |= set(range(int(first), int(last) + 1))
    assert [n for n in VECTORS if n not in named] == []
