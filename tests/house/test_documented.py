"""What people can set, type or read is described, in the same change."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.db.models import Choices

from gongkai.journal import events
from gongkai.project import reference
from gongkai.project.cli import build_parser
from gongkai.project.config import Config, variable


@pytest.mark.parametrize(
    "name", ["settings.md", "commands.md", "events.md", "api.md", "requests-api.md"]
)
def test_reference_pages_are_what_the_code_says(name: str, project_root: Path) -> None:
    kept = (project_root / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert kept == reference.pages()[name], "run `make docs`"


def test_every_setting_has_a_row_and_a_meaning() -> None:
    page = reference.settings_page()
    for field in fields(Config):
        assert f"| `{variable(field.name)}` |" in page
        assert len(field.metadata["meaning"]) > 10


def test_every_command_says_what_it_does_in_chinese() -> None:
    found = list(commands(build_parser()))
    assert len(found) >= 5
    assert [name for name, help_ in found if not re.search(r"[\u4e00-\u9fff]", help_)] == []


def commands(parser: argparse.ArgumentParser) -> "list[tuple[str, str]]":
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {a.dest: a.help or "" for a in action._choices_actions}
            for name, child in action.choices.items():
                found.append((child.prog, helps.get(name, "")))
                found += commands(child)
    return found


def test_every_event_has_a_chinese_sentence() -> None:
    known = events.sentences()
    assert known
    assert [n for n, s in known.items() if not re.search(r"[\u4e00-\u9fff]", s)] == []


def test_every_enum_value_has_a_row_in_the_glossary(project_root: Path) -> None:
    page = (project_root / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = set(re.findall(r"(?m)^\| [^|]+ \| `([a-z0-9_]+)` \| [^|]+ \|$", page))
    missing = [
        f"{enum.__module__}.{enum.__name__}.{value} ({label})"
        for enum in enums()
        for value, label in enum.choices
        if value and str(value) not in words
    ]
    assert missing == []


def enums() -> list[type[Choices]]:
    """Every choice class of the product, with members."""
    waiting: list[type[Choices]] = [Choices]
    found: list[type[Choices]] = []
    while waiting:
        enum = waiting.pop()
        waiting += enum.__subclasses__()
        if enum.__module__.startswith("gongkai.") and list(enum):
            found.append(enum)
    assert len(found) > 5
    return sorted(found, key=lambda e: (e.__module__, e.__name__))
