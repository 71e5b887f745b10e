"""The child process of `sandbox`: sets its own limits, reads one mail, answers on its output."""

from __future__ import annotations

import base64
import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from gongkai.disclosure.mailbox.reading import ParsedMail, read

MEMORY_MB, CPU_SECONDS = 1024, 30


def main() -> int:
    """`1` or `0` (with contents or without), a line end, and the mail on standard input."""
    wanted, _, raw = sys.stdin.buffer.read().partition(b"\n")
    memory = MEMORY_MB * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = json.dumps(to_wire(read(raw, with_content=wanted == b"1")), ensure_ascii=True)
    sys.stdout.buffer.write(answer.encode())
    sys.stdout.buffer.flush()
    return 0


def to_wire(mail: ParsedMail) -> dict[str, Any]:
    """Plain values."""
    plain = asdict(mail)
    for file in plain["attachments"]:
        file["content"] = base64.b64encode(file["content"]).decode()
    return plain


if __name__ == "__main__":
    sys.exit(main())
