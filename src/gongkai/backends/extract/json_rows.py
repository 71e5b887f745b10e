"""Rows of a JSON file of any shape: every list of objects in it is a table."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.backends.extract.decoding import decode
from gongkai.ports import Extracted, ExtractionError, Table


class JsonExtractor:
    """``.json`` and ``.jsonl``: tables named by their dotted path in the file, largest first."""

    suffixes: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

    def extract(self, path: Path) -> Extracted:
        """Lists inside rows stay inside their rows; a single object is one row."""
        text, warnings = decode(path.read_bytes())
        value = _lines(text, path) if path.suffix.lower() != ".json" else _load(text, path)
        tables = [_table(name, rows) for name, rows in _lists(value, "")]
        if not tables and isinstance(value, dict):
            tables = [_table("", [value])]
        if not tables:
            raise ExtractionError(f"“{path.name}”里没有成行的数据，请核对文件。")
        tables.sort(key=lambda table: -len(table.rows))
        return Extracted(tables=tuple(tables), warnings=tuple(warnings))


def _load(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            return _lines(text, path)
        except ExtractionError:
            pass
        where = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else "文件"
        raise ExtractionError(f"“{path.name}”{where}不合 JSON 格式，请重新导出再导入。") from error


def _lines(text: str, path: Path) -> list[Any]:
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise ExtractionError(
                    f"“{path.name}”第{number}行不合 JSON 格式，请重新导出再导入。"
                ) from error
    return rows


def _lists(value: Any, path: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _lists(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        if any(isinstance(item, dict) for item in value):
            # What is no object among objects is a row too, so that nothing is left out unsaid.
            held = [item for item in value if item not in (None, "")]
            yield path, [item if isinstance(item, dict) else {"值": item} for item in held]
        else:
            for number, item in enumerate(value):
                if isinstance(item, list):
                    yield from _lists(item, f"{path}.{number}" if path else str(number))


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    columns = dict.fromkeys(key for row in rows for key in row)
    return Table(name=name, columns=tuple(columns), rows=tuple(rows))
