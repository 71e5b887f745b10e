"""Lower parts never import higher ones; pure parts stay free of framework, disk and network."""

import subprocess
import sys
from pathlib import Path

import pytest

PURE = ("kit", "law", "text", "ledger", "ports")
OUTSIDE = ("django", "sqlite3", "socket", "urllib.request", "http.client")


def pure_modules(root: Path) -> list[str]:
    source = root / "src" / "gongkai"
    paths = [p for part in PURE for p in (source / part).rglob("*.py")]
    paths += [source / f"{part}.py" for part in PURE if (source / f"{part}.py").is_file()]
    paths += source.glob("*/flow.py")
    return sorted(
        ".".join(p.relative_to(root / "src").with_suffix("").parts).removesuffix(".__init__")
        for p in paths
    )


def loaded_by(modules: list[str]) -> list[str]:
    """Which outside modules a fresh Python has loaded after importing these."""
    code = (
        f"import sys\nfor name in {modules!r}:\n    __import__(name)\n"
        f"print(' '.join(n for n in {OUTSIDE!r} if n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_pure_parts_load_nothing_from_outside(project_root: Path) -> None:
    modules = pure_modules(project_root)
    assert {"gongkai.kit.flow", "gongkai.law"} <= set(modules)
    assert loaded_by(modules) == []


def test_the_fresh_interpreter_would_notice() -> None:
    assert loaded_by(["django"]) == ["django"]


def test_import_contracts_are_kept(project_root: Path) -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(done.stdout)
