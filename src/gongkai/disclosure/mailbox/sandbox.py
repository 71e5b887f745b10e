"""Has a mail read in a child process: one that breaks its reader breaks nothing else."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from typing import Any

from gongkai.disclosure.mailbox.reading import Attachment, Delivery, ParsedMail

CHILD = "gongkai.disclosure.mailbox.child"
WALL_SECONDS = 60


class UnreadableMail(Exception):
    """The mail could not be read; it is kept all the same, and a person looks at it."""


def read(raw: bytes, *, with_content: bool = False) -> ParsedMail:
    """The mail as plain values, with the bytes of its files when they are asked for."""
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
            order = (b"1" if with_content else b"0") + b"\n" + raw
            said, _ = child.communicate(order, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise UnreadableMail from None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
    try:
        return from_wire(json.loads(said))
    except (ValueError, KeyError, TypeError):
        raise UnreadableMail from None


def _environment() -> dict[str, str]:
    """Only what a Python needs to start; no settings, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def from_wire(said: dict[str, Any]) -> ParsedMail:
    """The values again."""
    files = tuple(
        Attachment(**{**f, "content": base64.b64decode(f["content"])}) for f in said["attachments"]
    )
    reports = tuple(Delivery(**d) for d in said["deliveries"])
    refers = tuple(said["refers_to"])
    return ParsedMail(**{**said, "attachments": files, "deliveries": reports, "refers_to": refers})
