"""Article by article: what the law says, which function does it, which test shows it."""

from __future__ import annotations

from gongkai.law.articles import decree_492, decree_711, others
from gongkai.law.articles.model import Article, Instrument

__all__ = ["INSTRUMENTS", "Article", "Instrument"]
INSTRUMENTS: tuple[Instrument, ...] = (
    decree_711.INSTRUMENT,
    decree_492.INSTRUMENT,
    *others.INSTRUMENTS,
)
