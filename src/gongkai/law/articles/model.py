"""One row per article: what it says in our words, which function does it, which test shows it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.cite import Cite


@dataclass(frozen=True, slots=True)
class Article:
    """An article of an instrument.

    `functions` are dotted names below `gongkai`, `tests` are `file::test` below `tests`; an
    article without either says in `outside` why the program has nothing to do for it.
    """

    cite: Cite
    words: str
    functions: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    outside: str = ""

    @property
    def in_scope(self) -> bool:
        """Whether the program has a duty here."""
        return not self.outside


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument with its articles; `page` is the file name of its page, `span` in words."""

    key: str
    page: str
    title: str
    span: str
    articles: tuple[Article, ...]


class Writer:
    """Makes the rows of one instrument: `does` for articles in scope, `leaves` for the others."""

    def __init__(self, key: str) -> None:
        self.key = key

    def does(
        self, article: str, words: str, functions: str, tests: str, *, note: str = ""
    ) -> Article:
        """An article in scope; functions and tests are separated by blanks."""
        return Article(
            Cite(self.key, article, note), words, tuple(functions.split()), tuple(tests.split())
        )

    def leaves(self, article: str, words: str, why: str) -> Article:
        """An article that asks nothing of a program."""
        return Article(Cite(self.key, article), words, outside=why)
