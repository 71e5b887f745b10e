"""Whether a paper that calls itself another place's is by its own numbers the body's."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.inventory.numbers import place_of
from gongkai.inventory.paper import Span
from gongkai.law import document_number
from gongkai.text.finding import Finding
from gongkai.text.foreign_names import Own, foreign_names, title_maker

LEAD = 300


def foreign_makers(
    source: str, fields: Mapping[str, str], spans: Mapping[str, Span], own: Own, meta: str = ""
) -> list[Finding]:
    """Findings with their places in `source`, within the fields that have a place there.

    `meta` is what machine tags of the page say (网站名称), empty for none.
    """
    title = fields.get("title", "")
    place = place_of(fields.get("index_number", "")) or own.place
    if not place or place in title:
        return []
    mine = own if place == own.place else Own(place=place)
    word = _word(fields)
    maker = title_maker(title)
    elsewhere = maker.chain if maker is not None else ""
    if word and word[0] in elsewhere and word[0] not in mine.place:
        return []  # its number is the other place's too: a paper from there
    same_word = _is_own_word(word, mine, elsewhere)
    said = {
        "title": title,
        "unit": fields.get("responsible_unit", ""),
        "body": fields.get("text", ""),
    }
    is_proven = same_word or _is_own(fields, mine, meta)
    found = foreign_names(source, said, mine, is_proven=is_proven, same_word=same_word)
    return [one for one in found if _in_fields(one, spans)]


def _is_own(fields: Mapping[str, str], own: Own, meta: str) -> bool:
    """The index number, the site's name or the department responsible says it is the body's."""
    number = fields.get("index_number", "").strip().upper()
    if own.index_prefix and number.startswith(own.index_prefix.upper()):
        return True
    if place_of(number) == own.place:
        return True
    return own.place in meta or own.place in fields.get("responsible_unit", "")


def _word(fields: Mapping[str, str]) -> str:
    """云商发 of 云商发〔2008〕7号, from its field or the head of the text."""
    raw = fields.get("document_number", "") or fields.get("text", "")[:LEAD]
    number = next(document_number.find(raw), None)
    return number[2].word if number is not None else ""


def _is_own_word(word: str, own: Own, elsewhere: str) -> bool:
    """The body's own word, or one that begins as its place does and the other does not."""
    if own.letter_word and word.startswith(own.letter_word):
        return True
    return bool(word) and word[0] == own.place[0] and word[0] not in elsewhere


def _in_fields(found: Finding, spans: Mapping[str, Span]) -> bool:
    """Labels and addresses of a row are no text of the paper."""
    return any(
        span.start <= found.start and found.end <= span.end
        for name, span in spans.items()
        if name in ("title", "responsible_unit", "abstract", "keywords", "text")
    )
