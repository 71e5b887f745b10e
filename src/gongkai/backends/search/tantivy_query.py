"""A reader's question as a Tantivy query."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import tantivy

from gongkai.ports import SearchQuestion
from gongkai.text.tokens import Part, query_parts

WEIGHTS: Final = {"title": 8.0, "numbers": 8.0, "text": 1.0}
"""A hit in the title or a number outweighs any in the text."""

Query = Any
_MUST: Final = tantivy.Occur.Must
_SHOULD: Final = tantivy.Occur.Should


def label_field(name: str) -> str:
    """The field that holds the labels of one facet."""
    return f"label_{name}"


def build(schema: Any, question: SearchQuestion) -> Query | None:
    """``None`` when nothing can be found: words without a letter, a label nobody may carry."""
    clauses = [_flat(tantivy.Query.term_query(schema, "kind", "document"))]
    if question.words.strip():
        parts = query_parts(question.words)
        if not parts:
            return None
        clauses.extend(_anywhere(schema, part) for part in parts)
    clauses.extend(_labels(schema, question))
    days = _days(schema, question.dated_from, question.dated_until)
    if days is not None:
        clauses.append(days)
    return tantivy.Query.boolean_query([(_MUST, clause) for clause in clauses])


def _flat(query: Query) -> Query:
    """Filters select, they do not rank."""
    return tantivy.Query.const_score_query(query, 0.0)


def _anywhere(schema: Any, part: Part) -> Query:
    """The part in any of the fields."""
    found = [
        (_SHOULD, tantivy.Query.boost_query(_in_field(schema, field, part), weight))
        for field, weight in WEIGHTS.items()
    ]
    return tantivy.Query.boolean_query(found)


def _in_field(schema: Any, field: str, part: Part) -> Query:
    if part.kind == "prefix":
        # The one character is a Han character: nothing to escape.
        return tantivy.Query.regex_query(schema, field, f"{part.tokens[0]}.*")
    if len(part.tokens) == 1:
        return tantivy.Query.term_query(schema, field, part.tokens[0])
    return tantivy.Query.phrase_query(schema, field, list(part.tokens))


def _labels(schema: Any, question: SearchQuestion) -> Iterator[Query]:
    for name, values in question.labels.items():
        terms = [
            (_SHOULD, tantivy.Query.term_query(schema, label_field(name), value))
            for value in values
        ]
        if terms:
            yield _flat(tantivy.Query.boolean_query(terms))


def _days(schema: Any, first: date | None, until: date | None) -> Query | None:
    if first is None and until is None:
        return None
    found = tantivy.Query.range_query(
        schema,
        "day",
        tantivy.FieldType.Unsigned,
        lower_bound=first.toordinal() if first else None,
        upper_bound=until.toordinal() if until else None,
        include_upper=until is None,
    )
    return _flat(found)
