"""Values of the law as plain lines, for comparing with the golden files."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import ModuleType

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite


def fresh(name: str) -> ModuleType:
    """A module run once more from its file, beside the one already loaded.

    What a module builds while it is imported (the tables) is built again here, so that a mutation
    of the code that builds it is seen too.
    """
    known = importlib.import_module(name)
    assert known.__file__
    spec = importlib.util.spec_from_file_location(name, known.__file__)
    assert spec
    assert spec.loader
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    assert sys.modules[name] is known
    return again


def plain(value: object) -> object:
    """Dataclasses as mappings, enums as values, days as text, functions by name."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(plain(v)) for v in value)
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Cite):
            return f"{value}" + (f" ({value.note})" if value.note else "")
        shown = [f for f in fields(value) if f.name != "calendar"]
        return {f.name: plain(getattr(value, f.name)) for f in shown}
    if hasattr(value, "pattern"):
        return str(value.pattern)
    return getattr(value, "__name__", type(value).__name__)


def line(name: str, value: object) -> str:
    """One line of a golden file."""
    return f"{name}: {json.dumps(plain(value), ensure_ascii=False)}"


def told(refusal: Refusal) -> object:
    """What a refusal tells: code, sentence, basis, the fields it stands beside."""
    return [refusal.code, refusal.sentence, refusal.basis, refusal.fields]
