"""Keys are made once, by one of many starters, and only their owner can read them."""

import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.project.config import ConfigError
from gongkai.project.secrets import kept_secret, new_journal_key, new_secret_key


def test_made_once_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "secrets"
    first = kept_secret(folder, "key", new_secret_key)
    assert kept_secret(folder, "key", new_secret_key) == first
    assert len(first) >= 50
    assert (folder.stat().st_mode & 0o777, (folder / "key").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert [p.name for p in folder.iterdir()] == ["key"]


def test_twenty_starters_get_the_same(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from gongkai.project.secrets import *; "
        "print(kept_secret(pathlib.Path(sys.argv[1]), 'key', new_journal_key))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(20)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_an_empty_key_is_never_used(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("", "ascii")
    with pytest.raises(ConfigError, match="备份"):
        kept_secret(tmp_path, "key", new_journal_key)


def test_journal_keys_are_32_bytes() -> None:
    assert len(bytes.fromhex(new_journal_key())) == 32
    assert new_journal_key() != new_journal_key()
