"""Fixtures every part may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import flush

flush.install()
ROOT = Path(__file__).resolve().parents[1]


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
