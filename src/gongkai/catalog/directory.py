"""Names of bodies, sections and classes for public pages, read once per generation."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from gongkai.catalog.models import CatalogEntry, EntryState, Guide
from gongkai.law.catalog import GENRES
from gongkai.law.legal_items import item
from gongkai.orgs.models import Body, Section
from gongkai.records.choices import Validity
from gongkai.records.models import CatalogClass

GENRE_NAMES = dict(GENRES)
VALIDITY_NAMES = dict(Validity.choices)


class BodyLine(NamedTuple):
    """What a public page says about a body."""

    id: int
    uuid: object
    code: str
    name: str
    short_name: str
    parent_id: int | None
    site_name: str
    site_code: str
    address: str
    office_hours: str
    phone: str
    fax: str
    email: str
    is_demo: bool

    @property
    def label(self) -> str:
        return self.short_name or self.name


class ClassLine(NamedTuple):
    """A class of a body's catalog; `parent_id` None for the top ones."""

    id: int
    body_id: int
    parent_id: int | None
    code: str
    name: str


class SectionLine(NamedTuple):
    """A section of a body."""

    id: int
    body_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Directory:
    """All public names by id, and by code. Bodies not in use are not in it.

    `speaking` are the ids of the bodies that have something on the site: a record or a guide.
    """

    bodies: dict[int, BodyLine] = field(default_factory=dict)
    sections: dict[int, SectionLine] = field(default_factory=dict)
    classes: dict[int, ClassLine] = field(default_factory=dict)
    speaking: frozenset[int] = frozenset()

    def body_of(self, code: str) -> BodyLine | None:
        """The body with this code."""
        return next((b for b in self.bodies.values() if b.code == code), None)

    def class_ids(self, code: str, body_id: int | None) -> tuple[list[int], bool]:
        """Ids of the classes with this code (one per body), and whether they are top classes."""
        found = [
            c
            for c in self.classes.values()
            if c.code == code and (body_id is None or c.body_id == body_id)
        ]
        return [c.id for c in found], all(c.parent_id is None for c in found)

    def section_ids(self, code: str, body_id: int | None) -> list[int]:
        """Ids of the sections with this code."""
        return [
            s.id
            for s in self.sections.values()
            if s.code == code and (body_id is None or s.body_id == body_id)
        ]

    def name_of_body(self, code: str) -> str:
        """The short name of the body with this code; the code where there is none."""
        body = self.body_of(code)
        return body.label if body else code

    def name_of_class(self, code: str) -> str:
        """The name of the class with this code; the code where there is none."""
        return next((c.name for c in self.classes.values() if c.code == code), code)

    def name_of_section(self, code: str) -> str:
        """The name of the section with this code; the code where there is none."""
        return next((s.name for s in self.sections.values() if s.code == code), code)

    @property
    def speakers(self) -> list[BodyLine]:
        """The bodies that have something on the site; all of them before any has."""
        found = [b for b in self.bodies.values() if b.id in self.speaking]
        return found or list(self.bodies.values())

    @property
    def site(self) -> BodyLine | None:
        """The body the site belongs to: of those that speak the one with a site's name, else the
        first in the tree.
        """
        speakers = self.speakers
        known = {b.id for b in speakers}
        named = [b for b in speakers if b.site_name]
        tops = [b for b in speakers if b.parent_id not in known]
        return next(iter([*named, *tops]), None)

    @property
    def is_demo(self) -> bool:
        return any(b.is_demo for b in self.bodies.values())


def directory(generation: int) -> Directory:
    """The names as of this generation; five SQL the first time, none after."""
    return _kept(generation) if generation else _read()


@lru_cache(maxsize=2)
def _kept(generation: int) -> Directory:
    return _read()


def _read() -> Directory:
    bodies = Body.objects.filter(is_active=True).order_by("code")
    classes = CatalogClass.objects.order_by("body_id", "ordinal", "code")
    sections = Section.objects.order_by("body_id", "ordinal", "code")
    published = CatalogEntry.objects.filter(state=EntryState.PUBLISHED).order_by()
    guides = Guide.objects.filter(is_draft=False).order_by()
    speaking = {
        *published.values_list("body_id", flat=True).distinct(),
        *guides.values_list("body_id", flat=True).distinct(),
    }
    return Directory(
        {row[0]: BodyLine(*row) for row in bodies.values_list(*BodyLine._fields)},
        {row[0]: SectionLine(*row) for row in sections.values_list(*SectionLine._fields)},
        {row[0]: ClassLine(*row) for row in classes.values_list(*ClassLine._fields)},
        frozenset(speaking),
    )


@lru_cache(maxsize=128)
def legal_item_name(code: str) -> str:
    """The short text of a listed item of the decree; the bare code where nobody knows it."""
    try:
        return item(code).label
    except KeyError:
        return code


def genre_name(code: str) -> str:
    """The label of a genre 体裁; an imported word that is no code is its own label."""
    return GENRE_NAMES.get(code, code)


def validity_name(code: str) -> str:
    """The label of 信息有效性."""
    return str(VALIDITY_NAMES.get(code, code))
