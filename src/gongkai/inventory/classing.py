"""Class, listed item, genre, validity and attribute proposed for a paper, each with its reason.

Pure: what stands in the title, the number and the text against rules that are data, and against
what the body's own clerks chose for papers alike. Nothing is ever set: a person accepts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongkai.inventory.class_rules import EXPIRES, GENRES, RULES, TITLE, Rule
from gongkai.law import document_number
from gongkai.law.legal_items import item
from gongkai.text.dates import parse_date

FIELDS: Final = ("catalog_class", "legal_item", "genre", "validity", "attribute")
HIGH: Final = 80
"""From here on a proposal may stand in an empty field of the form, marked as proposed."""
LEAST_ALIKE, LEAST_SHARE = 3, 60
MOST_OF_ENDING = 70
"""A word at the end of a title says little of a class: it never outdoes a rule."""
_DECREE_2019: Final = date(2019, 5, 15)
LOOKED_AT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Sample:
    """A paper as far as it is looked at."""

    title: str
    document_number: str = ""
    text: str = ""
    created_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a clerk of the body chose for a paper: values by field, class by its key."""

    sample: Sample
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A value for a field, why, and how sure in percent."""

    field: str
    value: str
    reason: str
    confidence: int


class Learned:
    """Counts of what was chosen for papers alike, per feature: simple, and the same every time."""

    def __init__(self, chosen: Iterable[Chosen] = ()) -> None:
        self._counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for one in chosen:
            for kind, word in features(one.sample):
                for name, value in one.values:
                    if value:
                        self._counts[name, kind, word][value] += 1

    def proposed(self, field: str, sample: Sample) -> Proposed | None:
        """The choice of most papers alike, by the most telling feature that has enough of them."""
        for kind, word in features(sample):
            counts = self._counts.get((field, kind, word))
            if counts is None:
                continue
            total = sum(counts.values())
            value, most = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            if total >= LEAST_ALIKE and most * 100 >= total * LEAST_SHARE:
                share = most * 100 // total
                reason = f"本机关{_AS[kind].format(word)}的{total}条信息中有{most}条这样归类"
                # Few papers say little: three of three are no certainty.
                sure = min(95, share - 30 // total)
                sure = min(sure, MOST_OF_ENDING) if kind == "ending" else sure
                return Proposed(field, value, reason, sure)
        return None


_AS: Final = {
    "series": "标题同为“{}”",
    "both": "文号和文种同为“{}”",
    "ending": "标题以“{}”结尾",
}


def features(sample: Sample) -> Iterator[tuple[str, str]]:
    """What papers are told alike by, the most telling first."""
    yield "series", _skeleton(sample.title)[:60]
    word = _number_word(sample.document_number)
    ending = _ending(sample.title)
    if word and ending:
        yield "both", f"{word}…{ending}"
    if ending:
        yield "ending", ending


def _skeleton(title: str) -> str:
    """The title without what changes from one paper of a series to the next."""
    return re.sub(
        r"\d+|[一二三四上下](?=季度|半年)|[一二三四五六七八九十]+(?=月|次|届|批)", "…", title
    )


def _ending(title: str) -> str:
    for rule in GENRES:
        match = rule.pattern.search(title.strip())
        if match:
            return match.group()
    return ""


def _number_word(raw: str) -> str:
    """云商发 of 云商发〔2008〕7号."""
    found = next(iter(document_number.find(raw)), None) if raw else None
    return found[2].printed.partition("〔")[0] if found else ""


def proposals(
    sample: Sample, *, today: date, learned: Learned | None = None
) -> dict[str, Proposed]:
    """At most one proposal for each field. What the body's clerks chose counts before the rules
    where it is at least as sure.
    """
    found: dict[str, Proposed] = {}
    for rule in RULES:
        if rule.field not in found and (made := _by_rule(rule, sample)) is not None:
            found[rule.field] = made
    if (made := _validity(sample, today)) is not None:
        found["validity"] = made
    for name in FIELDS if learned is not None else ():
        assert learned is not None
        other = learned.proposed(name, sample)
        mine = found.get(name)
        if other is not None and (mine is None or other.confidence > mine.confidence):
            found[name] = other
    _attribute_of_item(found)
    return found


def _by_rule(rule: Rule, sample: Sample) -> Proposed | None:
    where = sample.title.strip() if rule.part == TITLE else sample.text[:LOOKED_AT]
    match = rule.pattern.search(where)
    if match is None:
        return None
    value = rule.value
    if rule.field == "legal_item" and sample.created_on and sample.created_on < _DECREE_2019:
        value = item(value).earlier
        if not value:
            return None
    return Proposed(rule.field, value, rule.reason.format(match.group()[-30:]), rule.confidence)


def _validity(sample: Sample, today: date) -> Proposed | None:
    match = EXPIRES.search(sample.text[:LOOKED_AT])
    last = parse_date(match.group(1)) if match else None
    if match is None or last is None:
        return None
    value = "lapsed" if last < today else "in_force"
    return Proposed("validity", value, f"正文有“{match.group()}”", 80)


def _attribute_of_item(found: dict[str, Proposed]) -> None:
    """What the law lists is disclosed by the body itself: still the section's to propose."""
    listed = found.get("legal_item")
    if listed is not None and "attribute" not in found:
        cite = item(listed.value).cite
        reason = f"属于应主动公开的事项：{item(listed.value).label}（{cite}）"
        found["attribute"] = Proposed("attribute", "proactive", reason, listed.confidence - 10)
