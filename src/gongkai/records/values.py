"""Plain values handed to the actions of records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.records.models import FilePurpose, Record, StoredFile
from gongkai.text.redaction import Area


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to attach: its name as given, its bytes and its media type (`application/pdf`)."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    purpose: str = FilePurpose.ATTACHMENT


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is in the store already, to be put beside a draft as it is captured."""

    name: str
    file: StoredFile
    purpose: str = FilePurpose.SOURCE


@dataclass(frozen=True, slots=True)
class NewDraft:
    """One of many drafts: the fields as for `draft`, and the files it comes with."""

    fields: Mapping[str, object]
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ValidityChange:
    """A new validity (`choices.Validity`), why, and the day from which it holds."""

    validity: str
    cause: str
    on: date


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to a record of ours (`target`) or to a paper we do not hold (`cited`)."""

    kind: str
    target: Record | None = None
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """One thing that is taken out of a file, with its ground (a key of the law) and reason.

    `what` says what it is without giving it away (供应商的银行账号): it may stand in a letter.
    `words` go wherever they stand, but for those of which `only` names the places (counted from 1
    in reading order); `areas` are rectangles on pages.
    """

    what: str
    words: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    ground: str = ""
    reason: str = ""
    only: tuple[tuple[str, tuple[int, ...]], ...] = ()
