"""Plain values handed to the actions of requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import add
from typing import Self

from gongkai.disclosure.models import DisclosureRequest, FilePart, RemedyCase
from gongkai.law.guide import Gap
from gongkai.orgs.models import Body, Person, Section


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a case: name as given, bytes, media type, and what it is (`FilePart`)."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    part: str = FilePart.FILED


@dataclass(frozen=True, slots=True)
class ApplicantText:
    """Who asks, as written on the form; `kind` is a key of `law.applications.ApplicantKind`."""

    kind: str
    name: str = ""
    representative: str = ""
    contact: str = ""
    identity_kind: str = ""
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    agent: str = ""
    assistance: str = ""


@dataclass(frozen=True, slots=True)
class AskedText:
    """What is asked for and in which form.

    `provided_as`: `paper`, `electronic`, `disc`, `inspect`, …; `provided_by`: `post`, `email`,
    `pickup`, `fax`, `online`, … (plain keys shown by the form; the law lists none).
    """

    subject: str = ""
    document_number: str = ""
    description: str = ""
    purpose: str = ""
    own_records: bool = False
    provided_as: str = ""
    provided_by: str = ""
    wants_publication: bool = False
    is_rectification: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """A request as it came: applicant, what is asked, files. `taken_down` when staff wrote it.

    `once` is a random key of the form it was sent with; the same form sent twice with the same
    words files one request. Empty: every sending files one.
    """

    applicant: ApplicantText
    asked: AskedText
    files: tuple[Upload, ...] = ()
    taken_down: bool = False
    imported_from: str = ""
    once: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing gives: the request, the secret that opens it (told once, "" for split parts),
    and what the application still lacks (points of the one supplement notice). `again` when the
    same form had been sent before: this is the request it made then."""

    request: DisclosureRequest
    secret: str
    gaps: tuple[Gap, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a request goes: a section, a case officer of it, or another body (转办)."""

    section: Section | None = None
    case_officer: Person | None = None
    other_body: Body | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part left out of what is given (Art. 37): which, on what ground (its key), and why."""

    part: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter to draft: kind of `law.letters`, its parts, and for a reply outcome and ground.

    `due_on` is the day it sets the other side; `ref` the consultation whose party it goes to;
    `also` are the grounds of further parts withheld.
    """

    kind: str
    parts: Mapping[str, str]
    outcome: str = ""
    ground: str = ""
    due_on: date | None = None
    ref: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Whom to consult (`third_party` or `joint_body`), with only what an opinion needs."""

    kind: str
    name: str
    information: str
    address: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartyOpinion:
    """What came back: `agrees`, `disagrees`, `silent`; `sound`: is the reason (Art. 32)."""

    opinion: str
    on: date
    reason: str = ""
    sound: bool | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A processing fee: `items` or `pages`; `units` items after splitting, `pages` sides of A4."""

    way: str
    units: int = 1
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class SearchNote:
    """One search: where, with which words and methods, what was found, on which day."""

    place: str
    terms: str
    found: str
    on: date


@dataclass(frozen=True, slots=True)
class RemedyText:
    """A reconsideration or lawsuit as it was taken up; `kind` is a `RemedyKind`."""

    kind: str
    authority: str
    filed_on: date
    case_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReopenOrder:
    """Who ordered the request to be handled again, from which day its term runs."""

    authority: str
    ordered_on: date
    remedy: RemedyCase | None = None


_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Marks:
    """By what requests are compared: letters and digits of what is asked, and a document number."""

    words: str
    pairs: frozenset[str]
    number: str

    @classmethod
    def of(cls, subject: str, description: str, document_number: str) -> Self:
        """The first 2,000 letters, and every two that stand beside each other."""
        words = _NO_WORD.sub("", f"{subject}{description}")[:2000]
        pairs = frozenset(map(add, words, words[1:])) or frozenset({words})
        return cls(words, pairs, "".join(document_number.split()))

    def compared(self, other: Self) -> tuple[int, bool]:
        """Percent of pairs shared (of two without words: by number), and whether one number."""
        same_number = bool(self.number) and self.number == other.number
        if not self.words or not other.words:
            return (100 if same_number else 0), same_number
        shared = 200 * len(self.pairs & other.pairs)
        return shared // max(len(self.pairs) + len(other.pairs), 1), same_number


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another request of the same applicant, and what the two share (0–100 percent of words)."""

    request: DisclosureRequest
    percent: int
    shared: tuple[str, ...] = field(default_factory=tuple)
    same_number: bool = False
