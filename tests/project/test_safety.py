"""An unsafe production does not start, whichever door it comes through."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.project.config import ConfigError, read_config
from gongkai.project.safety import dangers, refuse_unsafe

GOOD = {
    "GONGKAI_MODE": "production",
    "GONGKAI_HOSTS": "xxgk.example.test",
    "GONGKAI_HTTPS_PROXY": "true",
    "GONGKAI_PROXIES": "1",
}


def test_a_good_production_and_a_local_start_are_safe() -> None:
    assert dangers(read_config(GOOD)) == []
    assert dangers(read_config({})) == []


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DEBUG", "true", "GONGKAI_DEBUG"),
        ("HOSTS", "", "GONGKAI_HOSTS"),
        ("HOSTS", "*", "GONGKAI_HOSTS"),
        ("HTTPS_PROXY", "false", "GONGKAI_HTTPS_PROXY"),
        ("HSTS_SECONDS", "0", "GONGKAI_HSTS_SECONDS"),
        ("SECRET_KEY", "short", "GONGKAI_SECRET_KEY"),
        ("DATABASE_URL", "postgresql://u:p@db.test/n", "sslmode"),
        ("DATABASE_URL", "postgresql://u:p@db.test/n?sslmode=prefer", "sslmode"),
    ],
)
def test_each_danger_is_named(name: str, value: str, word: str) -> None:
    found = dangers(read_config(GOOD | {f"GONGKAI_{name}": value}))
    assert len(found) == 1
    assert word in found[0]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@db.test/n?sslmode=verify-full",
        "postgresql://u:p@localhost/n",
        "postgresql://u@/n?host=%2Frun%2Fpostgresql",
    ],
)
def test_a_database_that_is_local_or_encrypted_is_safe(url: str) -> None:
    assert dangers(read_config(GOOD | {"GONGKAI_DATABASE_URL": url})) == []


def test_an_open_address_without_a_counted_proxy_is_refused() -> None:
    env = GOOD | {"GONGKAI_BIND": "0.0.0.0", "GONGKAI_PROXIES": "0"}
    assert "GONGKAI_PROXIES" in dangers(read_config(env))[0]


@pytest.mark.parametrize("more", [{"GONGKAI_BIND": "0.0.0.0"}, {"GONGKAI_HOSTS": "xxgk.test"}])
def test_local_mode_serves_nobody_else(more: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="GONGKAI_MODE=production"):
        refuse_unsafe(read_config(more))


def test_no_other_server_goes_round_it(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_"))}
    env |= {"GONGKAI_DATA": str(tmp_path), "GONGKAI_MODE": "production"}
    for door in ("wsgi", "asgi"):
        done = subprocess.run(
            [sys.executable, "-c", f"import gongkai.project.{door}"],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "拒绝启动" in done.stderr
