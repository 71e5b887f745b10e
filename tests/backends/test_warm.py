"""Readers forked from a warm interpreter: each apart, none with more than it needs."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.backends.extract.sandbox import WARM, Sandboxed
from gongkai.ports import Extracted, ExtractionError

_SEEN: list[str] = []


class Telling:
    """Tells what a reader can know of itself; runs in the child only."""

    suffixes = (".tell",)

    def extract(self, path: Path) -> Extracted:
        _SEEN.append(path.read_text())
        if "wait" in path.read_text():
            time.sleep(1.0)
        if "crash" in path.read_text():
            os.abort()
        if "leave" in path.read_text():
            (Path(os.environ["TMPDIR"]) / "left").write_text("x")
        descriptors = sorted(int(held.name) for held in Path("/proc/self/fd").iterdir())
        told = (os.getpid(), os.getsid(0), os.getppid(), len(_SEEN), descriptors[:4])
        return Extracted(text=" ".join(map(str, told[:4])), title=str(descriptors[:4]))


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The first order of a process is carried out by a fresh interpreter."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    read(tmp_path, "first")
    yield
    WARM.close()


def read(tmp_path: Path, said: str) -> Extracted:
    path = tmp_path / f"{threading.get_ident()}.tell"
    path.write_text(said)
    limits = {"wall_seconds": 20, "write_mb": 1}
    return Sandboxed(extractor="test_warm.Telling", limits=limits).extract(path)


def test_each_file_has_a_process_of_its_own_that_saw_no_other(tmp_path: Path) -> None:
    told = [read(tmp_path, "x") for _ in range(3)]
    numbers = [list(map(int, one.text.split())) for one in told]
    assert WARM.pid is not None
    assert len({pid for pid, *_ in numbers}) == 3
    for pid, session, parent, seen in numbers:
        assert pid == session and parent not in (os.getpid(), WARM.pid) and seen == 1
    # Three pipes, and the folder that is being listed: nothing of the others.
    assert {one.title for one in told} == {"[0, 1, 2, 3]"}


def test_one_that_breaks_breaks_no_other(tmp_path: Path) -> None:
    read(tmp_path, "x")
    before = WARM.pid
    with pytest.raises(ExtractionError, match="已损坏"):
        read(tmp_path, "crash")
    assert read(tmp_path, "x").text and WARM.pid == before


def test_what_it_leaves_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "places"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    read(tmp_path, "x")
    read(tmp_path, "leave")
    assert WARM.pid is not None and list(place.iterdir()) == []


def test_several_are_read_at_once(tmp_path: Path) -> None:
    read(tmp_path, "x")
    found: list[Extracted] = []
    threads = [
        threading.Thread(target=lambda: found.append(read(tmp_path, "wait"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.text.split()[0] for one in found}) == 4


def test_without_the_warm_one_a_fresh_one_reads(tmp_path: Path) -> None:
    read(tmp_path, "x")
    before = WARM.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert read(tmp_path, "x").text and read(tmp_path, "x").text
    assert WARM.pid not in (None, before)


def test_it_ends_with_the_process_it_serves(tmp_path: Path) -> None:
    read(tmp_path, "x")
    assert WARM._held is not None
    WARM._held.asked.close()
    assert WARM._held.process.wait(timeout=20) == 0
