"""Runs an extractor in a child process: a file that breaks its reader breaks nothing else.

The child has limits on memory, processor time, real time, the size of the file and of what it may
answer, opens the file itself and has no part of the web application in it.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from gongkai.backends.extract.warm import Unavailable, Warm
from gongkai.backends.extract.wire import from_wire
from gongkai.ports import Extracted, ExtractionError, Extractor

CHILD: Final = "gongkai.backends.extract.child"
WARM: Final = Warm()
atexit.register(WARM.close)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: MiB of memory, seconds of processor and of real time, MiB in, out.

    ``write_mb`` is the largest file the child may write, into a folder that is gone when it ends.
    """

    memory_mb: int = 768
    cpu_seconds: int = 30
    wall_seconds: int = 60
    file_mb: int = 200
    answer_mb: int = 64
    write_mb: int = 0


class Sandboxed:
    """Any extractor, named by its dotted path, in a child process of its own."""

    def __init__(
        self,
        *,
        extractor: str,
        options: Mapping[str, Any] | None = None,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        known = {item.name for item in fields(Limits)}
        if unknown := set(limits or {}) - known:
            raise TypeError(f"不认识的限制 {'、'.join(sorted(unknown))}")
        self._path = extractor
        self._options = dict(options or {})
        made = load(extractor, self._options)
        self._limits = Limits(**{**getattr(made, "needs", {}), **(limits or {})})
        self.suffixes = made.suffixes

    def extract(self, path: Path) -> Extracted:
        """Read the file in a child; every failure becomes one sentence."""
        name = path.name
        size = _size(path)
        if size > self._limits.file_mb * 2**20:
            raise ExtractionError(f"“{name}”超过{self._limits.file_mb} MiB，请拆分或压缩后再导入。")
        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            answer = self._ask(path, folder)
        if "error" in answer:
            raise ExtractionError(str(answer["error"]))
        return from_wire(answer)

    def _ask(self, path: Path, folder: str) -> dict[str, Any]:
        order = {
            "extractor": self._path,
            "options": self._options,
            "limits": asdict(self._limits),
            "path": str(path.absolute()),
        }
        wall = self._limits.wall_seconds
        try:
            header = json.dumps({"folder": folder, "wall_seconds": wall}).encode()
            said, code = WARM.converse(json.dumps(order).encode(), header, _environment(), wall)
        except Unavailable:
            said, code = converse(CHILD, order, folder=folder, wall_seconds=wall)
        if code is None:
            raise ExtractionError(_too_slow(path, self._limits.wall_seconds))
        return _answer(said, code, path, self._limits)


def converse(
    module: str, order: Mapping[str, Any], *, folder: str, wall_seconds: int
) -> tuple[bytes, int | None]:
    """Start a module of ours as a child, give it the order; what it said and how it ended.

    None as its end when it took longer than it may. `folder` is where it may leave things.
    """
    command = [sys.executable, "-X", "utf8", "-m", module]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**_environment(), "TMPDIR": folder},
        start_new_session=True,
    ) as child:
        try:
            said, _ = child.communicate(json.dumps(order).encode(), timeout=wall_seconds)
        except subprocess.TimeoutExpired:
            return b"", None
        finally:
            _kill(child)
    return said, child.returncode


def ask(
    module: str, order: Mapping[str, Any], *, folder: str, wall_seconds: int
) -> dict[str, Any] | None:
    """As `converse`, for one JSON answer; None when the child died or took too long."""
    said, code = converse(module, order, folder=folder, wall_seconds=wall_seconds)
    if code != 0:
        return None
    answer: dict[str, Any] = json.loads(said)
    return answer


def load(dotted: str, options: Mapping[str, Any]) -> Extractor:
    """Make the extractor a dotted path names."""
    module, _, name = dotted.rpartition(".")
    made: Extractor = getattr(import_module(module), name)(**options)
    return made


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        raise ExtractionError(f"打不开“{path.name}”，请确认文件还在并且可以读取。") from None


def _environment() -> dict[str, str]:
    """Only what a Python needs to start; no settings, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """The child and whatever it may have started: programs of its own outlive its death."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _answer(said: bytes, code: int, path: Path, limits: Limits) -> dict[str, Any]:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise ExtractionError(_too_slow(path, limits.cpu_seconds))
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        raise ExtractionError(
            f"读取“{path.name}”时程序中断，文件可能已损坏，请另存一份再导入。"
        ) from None
    return answer


def _too_slow(path: Path, seconds: int) -> str:
    return f"“{path.name}”在{seconds}秒内读不完，请拆分文件或另存为其他格式再导入。"
