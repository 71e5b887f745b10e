"""Every word the law uses as a value has its row in the glossary."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from gongkai.law.applications import ApplicantKind
from gongkai.law.clock_events import Kind
from gongkai.law.clock_state import State
from gongkai.law.deadlines import Effect
from gongkai.law.fees import Cost, Way
from gongkai.law.grounds import Force
from gongkai.law.model import LABELS
from gongkai.law.receipt import Channel
from gongkai.law.remedies import BodyKind
from gongkai.law.replies import OUTCOMES, Remedy
from gongkai.law.service import Way as ServiceWay
from gongkai.law.validity import Cause, Status

PAGE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
ENUMS: tuple[type[StrEnum], ...] = (
    ApplicantKind,
    BodyKind,
    Cause,
    Channel,
    Cost,
    Effect,
    Force,
    Kind,
    Remedy,
    ServiceWay,
    State,
    Status,
    Way,
)
WORDS = {
    **{enum.__name__ + enum.__module__: [str(m.value) for m in enum] for enum in ENUMS},
    "outcomes": [o.key for o in OUTCOMES],
    "terms": list(LABELS),
}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_value_has_a_row(name: str) -> None:
    rows = set(re.findall(r"(?m)^\| [^|]+ \| `([a-z0-9_]+)` \| [^|]+ \|$", PAGE.read_text("utf-8")))
    assert [word for word in WORDS[name] if word not in rows] == []
