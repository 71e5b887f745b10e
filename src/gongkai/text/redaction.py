"""Values of redaction 遮盖: what is marked, what was made of it, and how it was searched."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page as it is shown: ``page`` from 1, points from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is to be taken out: ``words`` wherever they stand, or everything within ``area``.

    Exactly one of the two is given. Words are compared without blanks, width and case; ``only``
    chooses some of their places, counted from 1 in reading order.
    """

    words: str = ""
    only: tuple[int, ...] = ()
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is shown: width and height in points, and what it says."""

    width: float
    height: float
    text: str


CONTEXT = 16
"""Characters shown on either side of a place."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where words stand: ``page`` from 1 (0 without pages), what stands around them.

    ``areas`` are where they are seen, one for each line; none where nothing is drawn.
    """

    page: int
    before: str
    words: str
    after: str
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a person who marks has before him; a file without pages has one sheet of no size."""

    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One way in which the copy was searched: its name, what was searched, what was left."""

    name: str
    searched: str
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A copy that was proved: nothing marked was found in it by any of ``checks``.

    ``method`` is ``text`` (cut out of the page), ``image`` (pages became pictures), ``mixed``,
    ``parts`` (an office file rewritten) or ``plain``. ``places`` counts what each mark took out.
    ``images`` names the pages that became pictures.
    """

    content: bytes
    suffix: str
    media_type: str
    method: str
    places: tuple[int, ...]
    checks: tuple[Check, ...]
    images: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """Text that can be copied out of a page although nobody can see it there."""

    page: int
    text: str
    dark: bool
    """Under something dark, as under a black bar; else it is merely invisible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What is wrong with a copy somebody else made.

    ``covered`` is text under bars, ``grave`` names other ways by which what was taken out is still
    in the file (earlier versions, deleted text), ``warnings`` what should be looked at.
    """

    covered: tuple[Covered, ...] = ()
    grave: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
