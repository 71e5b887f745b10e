"""`gongkai search rebuild|catch-up|status` from a shell."""

from __future__ import annotations

import json

import pytest

from gongkai.project.cli import main
from tests import factories
from tests.factories import Office
from tests.portal.fakes import MemoryIndex


def test_the_command_rebuilds_catches_up_and_tells(
    at: Office, index: MemoryIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.published(at)
    assert main(["search", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["behind"] > 0
    assert main(["search", "catch-up"]) == 0
    assert "放入 1 条" in capsys.readouterr().out
    assert main(["search", "rebuild", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["indexed"], told["behind"]) == (1, 0)
    assert len(index.documents) == 1


def test_a_verb_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["search"])
    assert stopped.value.code == 2
