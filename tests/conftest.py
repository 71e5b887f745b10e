"""Fixtures every part may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import flush

flush.install()
ROOT = Path(__file__).resolve().parents[1]
# No clock judges a property: a busy machine is not a fault. Under CI the examples are the same
# every time, so that a change is judged by its own faults; at the desk they are always new.
hypothesis_settings.register_profile(
    "gongkai",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
hypothesis_settings.load_profile("gongkai")
CHROMIUM = Path("/usr/bin/chromium")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--only-database``: the second run, on another database."""
    parser.addoption(
        "--only-database", action="store_true", help="run only tests that touch the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests without a browser; keep only database tests when asked."""
    if not CHROMIUM.exists():
        skip = pytest.mark.skip(reason="没有 chromium, 浏览器测试跳过 (apt-get install chromium)。")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)
    if config.getoption("--only-database"):
        chosen = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def _touches_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"}
    return bool(item.get_closest_marker("django_db")) or bool(
        fixtures & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real-world data kept beside the repository, never in it."""
    found = ROOT.parent / "shared"
    if not found.is_dir():
        pytest.skip("测试数据目录 ../shared 不存在, 跳过用到它的测试。")
    return found


@pytest.fixture
def data_dir(tmp_path: Path, settings: object) -> Iterator[Path]:
    """An empty data folder for one test: files, index and secrets land there."""
    folder = tmp_path / "data"
    for name, part in {
        "DATA": "",
        "FILES": "files",
        "INDEX": "index",
        "SECRETS": "secrets",
    }.items():
        (folder / part).mkdir(parents=True, exist_ok=True)
        setattr(settings, f"GONGKAI_{name}", folder / part)
    settings.MEDIA_ROOT = folder / "files"  # type: ignore[attr-defined] # pytest-django's proxy
    yield folder
