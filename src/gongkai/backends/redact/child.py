"""The child process of ``sandbox``: sets its own limits, carries out one order, answers."""

import base64
import json
import logging
import resource
import sys
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

from gongkai.backends.redact.sandbox import load
from gongkai.ports import RedactionError, Redactor
from gongkai.text.redaction import Area, Mark


def main() -> int:
    """One order on standard input, one answer on standard output; 0 when there is an answer."""
    logging.disable()  # readers of odd files complain of much that matters to nobody
    order = json.loads(sys.stdin.buffer.read())
    redactor = load(order["redactor"], order["options"])  # libraries first, then the limits
    _limit(order["limits"])
    answer = _answer(redactor, order)
    if len(answer) > order["limits"]["answer_mb"] * 2**20:
        answer = _json({"error": "遮盖后的副本太大，请拆分文件再遮盖。"})
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _limit(limits: dict[str, int]) -> None:
    memory, seconds = limits["memory_mb"] * 2**20, limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # An office program converts in a folder of its own; nothing else is written.
    size = limits["file_mb"] * 2**20 * 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _answer(redactor: Redactor, order: dict[str, Any]) -> bytes:
    path = Path(order["path"])
    try:
        return _json(_VERBS[order["verb"]](redactor, path, order))
    except RedactionError as error:
        return _json({"error": str(error)})
    except MemoryError:
        return _json({"error": f"“{path.name}”展开后太大，请拆分文件再遮盖。"})
    except Exception as error:  # the file decides what goes wrong; a person gets a sentence
        kind = type(error).__name__
        return _json(
            {"error": f"处理不了“{path.name}”，文件可能已损坏，请另存一份再试（{kind}）。"}
        )


def _look(redactor: Redactor, path: Path, _: dict[str, Any]) -> dict[str, Any]:
    look = redactor.look(path)
    return {"sheets": [astuple(sheet) for sheet in look.sheets], "warnings": look.warnings}


def _find(redactor: Redactor, path: Path, order: dict[str, Any]) -> dict[str, Any]:
    found = redactor.find(path, order["words"])
    return {"found": [[astuple(place) for place in places] for places in found]}


def _picture(redactor: Redactor, path: Path, order: dict[str, Any]) -> dict[str, Any]:
    return {"png": base64.b64encode(redactor.picture(path, order["page"])).decode()}


def _redact(redactor: Redactor, path: Path, order: dict[str, Any]) -> dict[str, Any]:
    marks = [
        Mark(
            words=row["words"],
            only=tuple(row["only"]),
            area=Area(**row["area"]) if row["area"] else None,
        )
        for row in order["marks"]
    ]
    made = redactor.redact(path, marks, as_image=order["as_image"])
    answer = asdict(made)
    answer["content"] = base64.b64encode(made.content).decode()
    answer["checks"] = [astuple(check) for check in made.checks]
    return answer


def _inspect(redactor: Redactor, path: Path, _: dict[str, Any]) -> dict[str, Any]:
    found = redactor.inspect(path)
    covered = [astuple(row) for row in found.covered]
    return {"covered": covered, "grave": found.grave, "warnings": found.warnings}


_VERBS = {"look": _look, "find": _find, "picture": _picture, "redact": _redact, "inspect": _inspect}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


if __name__ == "__main__":
    sys.exit(main())
