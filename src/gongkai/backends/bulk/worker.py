"""A worker of the local engine: limits itself, then answers one chunk after the other.

Orders and answers are pickled plain values between a process and its own child; nothing from
outside is ever unpickled.
"""

import gc
import pickle
import resource
import struct
import sys
from typing import IO, Any

from gongkai.backends.bulk.work import carry_out, named

_LENGTH = struct.Struct(">Q")


def send(pipe: IO[bytes], value: Any) -> None:
    """One value, length first."""
    raw = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(raw)) + raw)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next value; `EOFError` when the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    raw = pipe.read(length)
    if len(raw) < length:
        raise EOFError
    return pickle.loads(raw)  # noqa: S301 - from our own child


def main() -> int:
    """Serve until the parent closes the pipe."""
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not break the pipe
    try:
        start = receive(orders)
        named(start["function"])  # libraries first, then the limits
        _limit(start["memory_mb"])
        send(answers, {"ready": True})
        while True:
            order = receive(orders)
            send(answers, _answer(start["function"], order["items"], start["options"]))
            gc.collect()
    except (EOFError, BrokenPipeError):
        return 0


def _limit(memory_mb: int) -> None:
    memory = memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(function: str, items: list[Any], options: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"results": carry_out(function, items, options)}
    except MemoryError:
        return {"error": "内存不够"}
    except Exception as error:  # an item decides what goes wrong; the engine finds which
        return {"error": type(error).__name__}


if __name__ == "__main__":
    sys.exit(main())
