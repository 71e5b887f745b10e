"""Chinese words for the codes a record carries: grounds, listed items, genres."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law import FIRST_DAY, in_force
from gongkai.law.catalog import GENRES
from gongkai.law.grounds import Ground, grounds
from gongkai.law.legal_items import item

_GENRES = dict(GENRES)


def grounds_on(day: date) -> tuple[Ground, ...]:
    """The grounds the law of a day knows; of the first day for papers older than the law."""
    try:
        return grounds(in_force(day))
    except Refusal:
        return grounds(in_force(FIRST_DAY))


def ground_label(key: str, day: date) -> str:
    """A ground with its article under the law of `day`; the key itself where unknown."""
    for on in (day, FIRST_DAY):
        for ground in grounds_on(on):
            if ground.key == key:
                return f"{ground.label}（{ground.cite}）"
    return key


def legal_item_label(code: str) -> str:
    """The words of a listed item; the code itself where no decree lists it."""
    try:
        return item(code).label if code else ""
    except KeyError:
        return code


def genre_label(code: str) -> str:
    """The words of a genre."""
    return _GENRES.get(code, code)
