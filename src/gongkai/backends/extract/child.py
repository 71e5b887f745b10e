"""The child process of ``sandbox``: sets its own limits, reads one file, answers on its output."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from gongkai.backends.extract.sandbox import load
from gongkai.backends.extract.wire import to_wire
from gongkai.ports import ExtractionError, Extractor


def main() -> int:
    """One order on standard input, one answer on standard output; 0 when there is an answer."""
    order = json.loads(sys.stdin.buffer.read())
    extractor = load(order["extractor"], order["options"])  # libraries first, then the limits
    limit(order["limits"])
    answer = _answer(extractor, Path(order["path"]), order["limits"])
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def limit(limits: dict[str, int]) -> None:
    """Memory, processor, what is written; from now on, for this process."""
    memory = limits["memory_mb"] * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    seconds = limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    written = limits["write_mb"] * 2**20  # 0: reads only
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(extractor: Extractor, path: Path, limits: dict[str, int]) -> bytes:
    name, most = path.name, limits["answer_mb"]
    try:
        answer = _json(to_wire(extractor.extract(path)))
    except ExtractionError as error:
        return _json({"error": str(error)})
    except MemoryError:
        return _json({"error": f"“{name}”展开后太大，请拆分文件再导入。"})
    except Exception as error:  # the file decides what goes wrong; a person gets a sentence
        kind = type(error).__name__
        return _json({"error": f"读不出“{name}”，文件可能已损坏，请另存一份再导入（{kind}）。"})
    if len(answer) > most * 2**20:
        return _json({"error": f"“{name}”的文字超过{most} MiB，请拆分文件再导入。"})
    return answer


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


if __name__ == "__main__":
    sys.exit(main())
