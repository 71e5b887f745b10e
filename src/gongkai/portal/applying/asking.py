"""先查一查: published records and released answers that match what somebody is about to ask for."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from gongkai import plug
from gongkai.catalog import queries
from gongkai.catalog.directory import Directory
from gongkai.disclosure.models import PublicAnswer
from gongkai.portal.views.search import MAX_WORDS, Hit, hit
from gongkai.ports import SearchQuestion

MOST_SHOWN, MOST_ANSWERS, MOST_QUESTIONS = 5, 3, 6
# Words that stand in every request and tell nothing about what is wanted.
_EMPTY = re.compile(
    r"我想|想要|请|申请|公开|获取|了解|查询|关于|有关|相关|的|和|与|及|或者?|等|政府信息|信息|资料"
)
_SIGNS = re.compile(r"[\s，。、；：？！,.;:?!“”\"'（）()《》〈〉]+")
_SHORTEST = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A published record that matches: its id and uuid for counting, and how it is shown."""

    id: int
    uuid: str
    hit: Hit


def pieces(text: str) -> list[str]:
    """The words of a sentence that tell what is wanted, the longest first."""
    split = [p for part in _SIGNS.split(text[:400]) for p in _EMPTY.split(part)]
    kept = dict.fromkeys(p for p in split if len(p) >= _SHORTEST)
    return sorted(kept, key=len, reverse=True)[:8]


def _questions(subject: str, number: str, description: str) -> Iterator[str]:
    """From the most exact to the widest; a blank means that both have to be there."""
    words = pieces(subject)
    yield from (number, subject)
    yield " ".join(words)
    yield " ".join(words[:2])
    yield from words[:2]
    yield from pieces(description)[:1]


def published(subject: str, number: str, description: str, names: Directory) -> list[Found]:
    """At most five published records; none when the index does not answer."""
    found: dict[int, str] = {}
    asked: set[str] = set()
    for question in _questions(subject.strip(), number.strip(), description.strip()):
        words = " ".join(question.split())[:MAX_WORDS]
        if words and words not in asked and len(asked) < MOST_QUESTIONS:
            asked.add(words)
            for number_found in _ids(words):
                found.setdefault(number_found, words)
        if len(found) >= MOST_SHOWN:
            break
    lines = queries.found_lines(tuple(found)[: queries.MOST_FOUND])
    shown = [(key, words) for key, words in found.items() if key in lines][:MOST_SHOWN]
    return [
        Found(key, str(lines[key][0].uuid), hit(*lines[key], words, names)) for key, words in shown
    ]


def _ids(words: str) -> tuple[int, ...]:
    question = SearchQuestion(words=words, page_size=MOST_SHOWN)
    try:
        return plug.search().query(question).ids
    except Exception as error:  # whatever the index says, applying must go on
        # Not the traceback: it could hold what the applicant wrote.
        _log.warning("asking once: search failed (%s)", type(error).__name__)
        return ()


def released(subject: str, description: str) -> list[PublicAnswer]:
    """Answers in the public log that speak of the same."""
    words = (pieces(subject) or pieces(description))[:2]
    if not words:
        return []
    same = Q()
    for word in words:
        same &= Q(asked__icontains=word) | Q(answered__icontains=word)
    return list(PublicAnswer.objects.filter(same, withdrawn_at__isnull=True)[:MOST_ANSWERS])
