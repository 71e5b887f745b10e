"""The places of words as boxes to tick: which are listed, which of them stay ticked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from gongkai.records.redaction import SHORTEST
from gongkai.text.redaction import Place

MOST_OF_ONE: Final = 60
MOST_LISTED: Final = 400
"""Boxes on one page; words that would need more go wherever they stand."""

Places = Mapping[str, Sequence[Place]]


class Many(forms.Field):
    """Values of one name, as many as there are; the page writes the inputs itself."""

    widget = forms.MultipleHiddenInput

    def __init__(self, label: str = "") -> None:
        super().__init__(label=label, required=False)

    def to_python(self, value: Any) -> list[str]:
        """Each once."""
        return list(dict.fromkeys(map(str, value or ())))


@dataclass(frozen=True, slots=True)
class Box:
    """One place to tick: its value is the number and the words."""

    value: str
    ticked: bool
    place: Place

    @property
    def areas(self) -> str:
        """As the script reads them."""
        return areas_of([self.place])


@dataclass(frozen=True, slots=True)
class Word:
    """Words with the places where they stand; `boxes` where there are several to choose from."""

    words: str
    places: Sequence[Place]
    kind: str = ""
    ticked: bool = True
    into: int = 1
    boxes: Sequence[Box] = field(default=())

    @property
    def pages(self) -> str:
        """1、3"""
        return "、".join(dict.fromkeys(str(p.page) for p in self.places if p.page))

    @property
    def areas(self) -> str:
        """Of a word whose places cannot be chosen."""
        return "" if self.boxes else areas_of(self.places)

    @property
    def chosen(self) -> int:
        """How many of its places are ticked."""
        return sum(box.ticked for box in self.boxes)


def areas_of(places: Iterable[Place]) -> str:
    """`page left top right bottom` in points, one after the other."""
    return ";".join(
        f"{a.page} {a.left:.1f} {a.top:.1f} {a.right:.1f} {a.bottom:.1f}"
        for place in places
        for a in place.areas
    )


def lines(typed: object) -> list[str]:
    """What was typed, one to a line."""
    return [line for line in map(str.strip, str(typed or "").splitlines()) if line]


def searchable(words: Iterable[str]) -> list[str]:
    """Those long enough to be looked for, each once."""
    return [w for w in dict.fromkeys(words) if len("".join(w.split())) >= SHORTEST]


def pairs(values: Iterable[str]) -> list[tuple[int, str]]:
    """`3 words` as number and words; what is not written so is left out."""
    split = (value.partition(" ") for value in values)
    return [(int(n), words) for n, _, words in split if n.isascii() and n.isdigit() and len(n) < 7]


def boxes_of(words: str, places: Sequence[Place], at: Sequence[str] | None) -> list[Box]:
    """The boxes of a word; `at` are the ticked values, None where all are."""
    values = [f"{number} {words}" for number in range(1, len(places) + 1)]
    return [
        Box(value, at is None or value in at, place)
        for value, place in zip(values, places, strict=True)
    ]


def listable(places: Places) -> set[str]:
    """Words with places to choose from, as long as there is room for their boxes."""
    found: set[str] = set()
    room = MOST_LISTED
    for words, there in places.items():
        if 2 <= len(there) <= min(MOST_OF_ONE, room):
            found.add(words)
            room -= len(there)
    return found


def chosen(words: str, there: Sequence[Place], at: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the ticked places; empty when all are."""
    numbers = sorted({number for number, said in pairs(at) if said == words})
    if not numbers:
        raise ValidationError(f"“{words}”一处也没有勾选：要遮的请勾选，不遮的请去掉这个词。")
    if numbers[-1] > len(there):
        raise ValidationError(f"“{words}”列出的各处已有变化，请重新勾选。")
    return () if len(numbers) == len(there) else tuple(numbers)
