"""A file may break its reader; the program around it goes on and says so."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gongkai.backends.extract.sandbox import Sandboxed
from gongkai.ports import Extracted, ExtractionError


class Misbehaving:
    """An extractor made to fail in the ways parsers do; runs in the child only."""

    suffixes = (".bad",)

    def extract(self, path: Path) -> Extracted:
        how = path.read_text()
        if how == "memory":
            _ = bytearray(2 * 2**30)
        elif how == "crash":
            os.abort()
        elif how == "spin":
            while True:
                pass
        elif how == "sleep":
            time.sleep(60)
        elif how == "raise":
            raise IndexError("inside the parser")
        elif how == "write":
            (path.parent / "written").write_text("x")
        elif how == "huge":
            return Extracted(text="长" * (3 * 2**20))
        elif how == "environment":
            return Extracted(text=",".join(sorted(os.environ)))
        elif how == "modules":
            return Extracted(text="yes" if "django" in sys.modules else "no")
        return Extracted(text=how)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test module is loaded by path; the child finds it by name."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def run(tmp_path: Path, how: str, **limits: Any) -> Extracted:
    path = tmp_path / "文件.bad"
    path.write_text(how)
    return Sandboxed(
        extractor="test_sandbox.Misbehaving",
        limits={"cpu_seconds": 1, "wall_seconds": 5, "answer_mb": 2, **limits},
    ).extract(path)


def test_a_good_file(tmp_path: Path) -> None:
    assert run(tmp_path, "正文").text == "正文"


@pytest.mark.parametrize(
    ("how", "word"),
    [
        ("memory", "展开后太大"),
        ("crash", "已损坏"),
        ("spin", "读不完"),
        ("raise", "IndexError"),
        ("write", "已损坏|OSError"),
        ("huge", "超过2 MiB"),
    ],
)
def test_failures_are_sentences(tmp_path: Path, how: str, word: str) -> None:
    with pytest.raises(ExtractionError, match=word) as caught:
        run(tmp_path, how)
    assert str(caught.value).startswith(("“文件.bad”", "读取“文件.bad”", "读不出“文件.bad”"))
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").read_text()


def test_time_is_limited(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(ExtractionError, match="1秒"):
        run(tmp_path, "sleep", wall_seconds=1)
    # The child would sleep for much longer; a busy machine may be slow to notice the end.
    assert time.monotonic() - started < 20


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "文件.bad"
    path.write_bytes(b"x" * (2**20 + 1))
    reader = Sandboxed(extractor="test_sandbox.Misbehaving", limits={"file_mb": 1})
    with pytest.raises(ExtractionError, match="超过1 MiB"):
        reader.extract(path)


def test_a_missing_file(tmp_path: Path) -> None:
    reader = Sandboxed(extractor="test_sandbox.Misbehaving")
    with pytest.raises(ExtractionError, match="打不开"):
        reader.extract(tmp_path / "没有.bad")


def test_the_child_knows_no_secrets_and_no_web_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "secret")
    assert "GONGKAI" not in run(tmp_path, "environment").text
    assert run(tmp_path, "modules").text == "no"


def test_unknown_limits_are_refused() -> None:
    with pytest.raises(TypeError, match="cpu"):
        Sandboxed(extractor="test_sandbox.Misbehaving", limits={"cpu": 1})


def test_real_extractor_through_the_child(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<body><p>正文内容</p></body>", "utf-8")
    reader = Sandboxed(extractor="gongkai.backends.extract.html.HtmlExtractor")
    assert ".html" in reader.suffixes
    assert reader.extract(path).text == "正文内容"
