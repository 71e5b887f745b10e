"""Plain values handed to the actions of clean-up runs."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.orgs.models import Section


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What a run is called, for which section it is, and by which mapping rows are read.

    `platform` names where papers with an earlier publication date stood, unless they say so.
    """

    label: str
    mapping: str = ""
    platform: str = ""
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class NewInput:
    """A file to take in: its name (with folders, as given) and its bytes."""

    name: str
    content: bytes
