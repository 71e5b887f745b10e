"""The only door to what is plugged in: gives what the settings name.

``GONGKAI_SEARCH_BACKEND`` is one dotted path, ``GONGKAI_SCANNERS`` and ``GONGKAI_EXTRACTORS`` are
lists of them, each a path or ``[path, {options}]``; an empty list means everything that ships.
``GONGKAI_BULK_ENGINE`` names the engine for bulk work, with options as ``[path, {options}]``.
``GONGKAI_INDEX`` is the folder of search indexes, ``GONGKAI_EXTRACT_LIMITS`` may change the
limits of the child process that reads files. ``GONGKAI_REDACTORS`` and ``GONGKAI_REDACT_LIMITS``
are the same for the redaction of files.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from gongkai.kit.suffixes import unreadable
from gongkai.ports import (
    BulkEngine,
    Extracted,
    ExtractionError,
    Extractor,
    RedactionError,
    Redactor,
    Scanner,
    SearchBackend,
    Unpacker,
)

SHIPPED_SEARCH: Final = "gongkai.backends.search.tantivy_backend.TantivyBackend"
SHIPPED_SCANNERS: Final = (
    "gongkai.backends.scanners.damage.DamageScanner",
    "gongkai.backends.scanners.personal.PersonalDataScanner",
    "gongkai.backends.scanners.people.PeopleScanner",
    "gongkai.backends.scanners.marks.MarkScanner",
    "gongkai.backends.scanners.work_secrets.WorkSecretScanner",
    "gongkai.backends.scanners.word_lists.WordListScanner",
    "gongkai.backends.scanners.spam.SpamScanner",
)
SHIPPED_EXTRACTORS: Final = ("gongkai.backends.extract.door.AnyFile",)
SHIPPED_BULK: Final = "gongkai.backends.bulk.local.LocalEngine"
SANDBOX: Final = "gongkai.backends.extract.sandbox.Sandboxed"
UNPACKER: Final = "gongkai.backends.extract.unpacker.ZipUnpacker"
SHIPPED_REDACTORS: Final = (
    "gongkai.backends.redact.pdf.PdfRedactor",
    "gongkai.backends.redact.docx.DocxRedactor",
    "gongkai.backends.redact.picture.PictureRedactor",
    "gongkai.backends.redact.plain.PlainRedactor",
    "gongkai.backends.redact.plain.PageRedactor",
)
REDACT_SANDBOX: Final = "gongkai.backends.redact.sandbox.Sandboxed"

Named = str | list[Any] | tuple[Any, ...]
"""A dotted path, or the path and its options."""


def _split(named: Named) -> tuple[str, dict[str, Any]]:
    return (named, {}) if isinstance(named, str) else (str(named[0]), dict(named[1]))


def _made(named: Named, **more: Any) -> Any:
    """Make the object that a setting names, with its options."""
    path, options = _split(named)
    try:
        return import_string(path)(**{**more, **options})
    except ImportError as error:
        raise ImproperlyConfigured(f"设置里的 {path} 找不到: {error}。") from error
    except TypeError as error:
        raise ImproperlyConfigured(f"设置里的 {path} 的选项不对: {error}。") from error


def _names(setting: str, shipped: Sequence[Named]) -> Sequence[Named]:
    return list(getattr(settings, setting, ())) or shipped


@cache
def search() -> SearchBackend:
    """The index of published records, in the folder ``public`` of ``GONGKAI_INDEX``."""
    named = getattr(settings, "GONGKAI_SEARCH_BACKEND", "") or SHIPPED_SEARCH
    made: SearchBackend = _made(named, folder=Path(settings.GONGKAI_INDEX) / "public")
    return made


@cache
def scanners() -> tuple[Scanner, ...]:
    """Every scanner that runs before review, in order."""
    return tuple(_made(named) for named in _names("GONGKAI_SCANNERS", SHIPPED_SCANNERS))


@cache
def extractors() -> dict[str, Extractor]:
    """Suffix to extractor, each run in a child process with limits; the first named wins."""
    limits = getattr(settings, "GONGKAI_EXTRACT_LIMITS", {})
    found: dict[str, Extractor] = {}
    for named in _names("GONGKAI_EXTRACTORS", SHIPPED_EXTRACTORS):
        path, options = _split(named)
        extractor: Extractor = _made(SANDBOX, extractor=path, options=options, limits=limits)
        for suffix in extractor.suffixes:
            found.setdefault(suffix, extractor)
    return found


def extract(path: Path) -> Extracted:
    """Read a file by its suffix; raises ``ExtractionError`` with a sentence for people."""
    extractor = extractors().get(path.suffix.lower())
    if extractor is None:
        raise ExtractionError(unreadable(path.name, extractors()))
    return extractor.extract(path)


@cache
def unpacker() -> Unpacker:
    """Takes archives apart in a child process with limits."""
    made: Unpacker = _made(UNPACKER, limits=getattr(settings, "GONGKAI_EXTRACT_LIMITS", {}))
    return made


@cache
def redactors() -> dict[str, Redactor]:
    """Suffix to redactor, each run in a child process with limits; the first named wins."""
    limits = getattr(settings, "GONGKAI_REDACT_LIMITS", {})
    found: dict[str, Redactor] = {}
    for named in _names("GONGKAI_REDACTORS", SHIPPED_REDACTORS):
        path, options = _split(named)
        made: Redactor = _made(REDACT_SANDBOX, redactor=path, options=options, limits=limits)
        for suffix in made.suffixes:
            found.setdefault(suffix, made)
    return found


def redact(name: str) -> Redactor:
    """The redactor for a file of this name; raises ``RedactionError`` with a sentence."""
    found = redactors().get(Path(name).suffix.lower())
    if found is None:
        known = "、".join(sorted(redactors()))
        raise RedactionError(f"不能遮盖“{name}”：请先转成PDF再上传。能遮盖的有{known}。")
    return found


@cache
def bulk() -> BulkEngine:
    """The engine for very many files: workers on this machine unless the settings say otherwise."""
    named = getattr(settings, "GONGKAI_BULK_ENGINE", "") or SHIPPED_BULK
    engine: BulkEngine = _made(_unpacked(named))
    return engine


def _unpacked(named: Named) -> Named:
    """The name as it is, or the path and options written as one JSON list in a setting."""
    return json.loads(named) if isinstance(named, str) and named.startswith("[") else named


def extractor_names() -> list[tuple[str, dict[str, Any]]]:
    """Path and options of every extractor, for processes that read files without settings."""
    return [_split(named) for named in _names("GONGKAI_EXTRACTORS", SHIPPED_EXTRACTORS)]


def scanner_names() -> list[tuple[str, dict[str, Any]]]:
    """Path and options of every scanner, for processes that scan texts without settings."""
    return [_split(named) for named in _names("GONGKAI_SCANNERS", SHIPPED_SCANNERS)]


def forget(**changed: Any) -> None:
    """Make everything anew on next use; called when a test overrides one of the settings."""
    if not changed or str(changed.get("setting", "")).startswith("GONGKAI_"):
        for door in (search, scanners, extractors, unpacker, redactors, bulk):
            door.cache_clear()


setting_changed.connect(forget)
