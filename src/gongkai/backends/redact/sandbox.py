"""Runs a redactor in a child process with limits; what goes in and out are plain values."""

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from gongkai.ports import RedactionError, Redactor
from gongkai.text.redaction import (
    Area,
    Check,
    Covered,
    Inspection,
    Look,
    Mark,
    Place,
    Redacted,
    Sheet,
)

CHILD: Final = "gongkai.backends.redact.child"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: MiB of memory, seconds of processor and of real time, MiB in, out."""

    memory_mb: int = 2048
    cpu_seconds: int = 120
    wall_seconds: int = 240
    file_mb: int = 100
    answer_mb: int = 200


class Sandboxed:
    """Any redactor, named by its dotted path, in a child process of its own."""

    def __init__(
        self,
        *,
        redactor: str,
        options: Mapping[str, Any] | None = None,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        known = {item.name for item in fields(Limits)}
        if unknown := set(limits or {}) - known:
            raise TypeError(f"不认识的限制 {'、'.join(sorted(unknown))}")
        self._path, self._options = redactor, dict(options or {})
        self._limits = Limits(**dict(limits or {}))
        self.suffixes = load(redactor, self._options).suffixes

    def look(self, path: Path) -> Look:
        """See the port."""
        said = self._ask(path, "look")
        sheets = tuple(Sheet(*row) for row in said["sheets"])
        return Look(sheets=sheets, warnings=tuple(said["warnings"]))

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """See the port."""
        if not words:
            return ()
        said = self._ask(path, "find", words=list(words))
        return tuple(tuple(map(_place, rows)) for rows in said["found"])

    def picture(self, path: Path, page: int) -> bytes:
        """See the port."""
        return base64.b64decode(self._ask(path, "picture", page=page)["png"])

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """See the port."""
        rows = [asdict(mark) for mark in marks]
        said = self._ask(path, "redact", marks=rows, as_image=as_image)
        return Redacted(
            content=base64.b64decode(said["content"]),
            suffix=said["suffix"],
            media_type=said["media_type"],
            method=said["method"],
            places=tuple(said["places"]),
            checks=tuple(Check(row[0], row[1], tuple(row[2])) for row in said["checks"]),
            images=tuple(said["images"]),
            warnings=tuple(said["warnings"]),
        )

    def inspect(self, path: Path) -> Inspection:
        """See the port."""
        said = self._ask(path, "inspect")
        covered = tuple(Covered(*row) for row in said["covered"])
        return Inspection(
            covered=covered, grave=tuple(said["grave"]), warnings=tuple(said["warnings"])
        )

    def _ask(self, path: Path, verb: str, **more: Any) -> dict[str, Any]:
        limits = self._limits
        if path.stat().st_size > limits.file_mb * 2**20:
            raise RedactionError(f"“{path.name}”超过{limits.file_mb} MiB，请拆分后再遮盖。")
        order = {
            "redactor": self._path,
            "options": self._options,
            "limits": asdict(limits),
            "path": str(path.absolute()),
            "verb": verb,
            **more,
        }
        said, code = _run(order, path.name, limits)
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            raise RedactionError(_too_slow(path.name, limits.cpu_seconds))
        try:
            answer: dict[str, Any] = json.loads(said)
        except ValueError:
            raise RedactionError(
                f"处理“{path.name}”时程序中断，文件可能已损坏，请另存一份再试。"
            ) from None
        if "error" in answer:
            raise RedactionError(str(answer["error"]))
        return answer


def _run(order: Mapping[str, Any], name: str, limits: Limits) -> tuple[bytes, int]:
    command = [sys.executable, "-X", "utf8", "-m", CHILD]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            said, _ = child.communicate(json.dumps(order).encode(), timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise RedactionError(_too_slow(name, limits.wall_seconds)) from None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
    return said, child.returncode


def _place(row: Sequence[Any]) -> Place:
    page, before, words, after, areas = row
    return Place(page, before, words, after, tuple(Area(*area) for area in areas))


def load(dotted: str, options: Mapping[str, Any]) -> Redactor:
    """Make the redactor a dotted path names."""
    module, _, name = dotted.rpartition(".")
    made: Redactor = getattr(import_module(module), name)(**options)
    return made


def _environment() -> dict[str, str]:
    """Only what a Python needs to start; no settings, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def _too_slow(name: str, seconds: int) -> str:
    return f"“{name}”在{seconds}秒内处理不完，请拆分文件再遮盖。"
