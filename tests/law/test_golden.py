"""Tables and sentences against what was read and found right.

After a change that is meant: `GOLDEN=write pytest tests/law/test_golden.py`, then read the
difference before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from gongkai.law.workdays import Calendar
from tests.law.golden_sentences import sentences
from tests.law.golden_tables import forms, tables

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "law"
WRITERS: dict[str, Callable[[Calendar], Iterable[str]]] = {
    "tables.txt": lambda _calendar: tables(),
    "forms.txt": lambda _calendar: forms(),
    "sentences.txt": sentences,
}


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_as_it_was_read_and_found_right(name: str, calendar: Calendar) -> None:
    lines = list(WRITERS[name](calendar))
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line not in kept] == []
    assert lines == kept
