"""The child process of ``unpacker``: sets its own limits, unpacks one piece, says what it is."""

import json
import sys
from pathlib import Path
from typing import Any

from gongkai.backends.extract.child import limit
from gongkai.backends.extract.unpacking import NO_ROOM, unpack
from gongkai.ports import ExtractionError
from gongkai.text.archives import Piece, Unpacked, UnpackLimits


def main() -> int:
    """One order on standard input, one answer on standard output; 0 when there is an answer."""
    order = json.loads(sys.stdin.buffer.read())
    limit(order["limits"])
    sys.stdout.buffer.write(json.dumps(_answer(order), ensure_ascii=True).encode())
    sys.stdout.buffer.flush()
    return 0


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    name = order["name"]
    try:
        found = unpack(
            Path(order["path"]),
            name,
            Path(order["folder"]),
            Piece(**order["piece"]),
            UnpackLimits(**order["most"]),
        )
    except ExtractionError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"“{name}”的目录太大，读不了，请拆成几个压缩包再导入。"}
    except OSError as error:
        if error.errno in NO_ROOM:
            return {"no_room": error.errno}
        return {"error": f"读不出“{name}”，压缩包可能已损坏，请重新打包再导入（OSError）。"}
    except Exception as error:  # the file decides what goes wrong; a person gets a sentence
        kind = type(error).__name__
        return {"error": f"读不出“{name}”，压缩包可能已损坏，请重新打包再导入（{kind}）。"}
    return _plain(found)


def _plain(found: Unpacked) -> dict[str, Any]:
    whole = {name: getattr(found, name) for name in Unpacked.__slots__ if name != "entries"}
    rows = [[e.place, e.name, e.at.name if e.at else "", e.refusal] for e in found.entries]
    return {**whole, "entries": rows}


if __name__ == "__main__":
    sys.exit(main())
