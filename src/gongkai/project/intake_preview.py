"""``gongkai intake FILE --preview``: the first rows of tables as they would be read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.project.command import Failure, Namespace, answer

if TYPE_CHECKING:
    from gongkai.inventory.first_rows import FirstRows

_SAMPLE = 60


def show(args: Namespace, files: list[tuple[str, Path]], data: Any) -> int:
    """Every table among the files; 1 when one cannot be read or has no row to take in.

    `data` is the content of a mapping given as a file. Without ``--body`` not even the database
    is needed; with it sections and classes are looked up.
    """
    from gongkai.inventory import reading

    tables = [(name, path) for name, path in files if reading.holds_rows(name)]
    if not tables:
        raise Failure(
            "没有表格类文件 (CSV、XLSX、JSON、XML) 可以预览; 其他文件请用 --dry-run 试读。"
        )
    shown = [_one(args, name, path, data) for name, path in tables]
    answer(args, {"files": shown}, (line for one in shown for line in _lines(one)))
    return 1 if any(one["refusal"] or not one["taken"] for one in shown) else 0


def _one(args: Namespace, name: str, path: Path, data: Any) -> dict[str, Any]:
    from gongkai.inventory import fitting, reading, sources
    from gongkai.inventory.first_rows import first_rows
    from gongkai.inventory.mapping_proposals import propose
    from gongkai.ports import ExtractionError

    if data is None and args.mapping:
        data = sources.built_in_or_saved(args.mapping)
    mapping = sources.check(data) if data is not None else None
    chosen = args.mapping
    try:
        found = reading.extracted(name, path.read_bytes())
    except ExtractionError as error:
        return {"file": name, "mapping": chosen, "refusal": str(error), "taken": 0}
    if mapping is None and (chosen := fitting.fitting_tables(found)):
        mapping = sources.check(sources.built_in_or_saved(chosen))
    plain = _plain(first_rows(name, found, mapping, places=_places(args)), chosen)
    if not plain["taken"]:
        proposal = propose(found, path.stem)
        plain["proposal"] = dict(proposal.content) if proposal is not None else None
    return plain


def _places(args: Namespace) -> Any:
    if not args.body:
        return None
    from gongkai.inventory.places import places_of
    from gongkai.project.lookup import body_named

    return places_of(body_named(args.body))


def _plain(preview: "FirstRows", mapping: str) -> dict[str, Any]:
    return {
        "file": preview.file,
        "mapping": mapping,
        "refusal": "",
        "rows": preview.count,
        "headers": preview.headers,
        "untitled": preview.untitled,
        "repeats": preview.repeats,
        "taken": preview.taken,
        "tables": [{"name": n, "rows": c, "read": read} for n, c, read in preview.tables],
        "first": [
            {
                "row": row.number,
                "is_header": row.is_header,
                "fields": {cell.field: cell.value for cell in row.cells},
                "raw": {cell.field: cell.raw for cell in row.cells if cell.raw},
                "problems": {c.field: list(c.problems) for c in row.cells if c.problems},
            }
            for row in preview.rows
        ],
        "unmapped": [
            {"path": one.path, "samples": one.samples, "shown": one.shown, "rows": one.filled}
            for one in preview.foreign
        ],
        "missing": [{"field": name, "sentence": said} for name, said in preview.missing],
        "warnings": list(preview.warnings),
    }


def _lines(one: dict[str, Any]) -> Iterator[str]:
    from gongkai.inventory.labels import FIELD_LABELS

    if one["refusal"]:
        yield f"{one['file']}: {one['refusal']}"
        return
    by = f"按字段对照“{one['mapping']}”" if one["mapping"] else "按列名"
    yield f"{one['file']}: {one['rows']} 行, {by}读取; 可录入 {one['taken']} 条"
    if one["headers"] or one["untitled"] or one["repeats"]:
        yield (
            f"  重复的表头 {one['headers']} 行, 没有信息名称的 {one['untitled']} 行, "
            f"与前面相同的 {one['repeats']} 行, 不会录入"
        )
    yield from (f"  {said}" for said in one["warnings"])
    for row in one["first"]:
        yield f"第 {row['row']} 行{' (重复的表头)' if row['is_header'] else ''}"
        for name, value in row["fields"].items():
            if value or name in row["problems"]:
                raw = f"  [原文 {_line(row['raw'][name])}]" if name in row["raw"] else ""
                yield f"  {FIELD_LABELS[name]}: {_line(value)}{raw}"
                yield from (f"    ! {said}" for said in row["problems"].get(name, ()))
    for field in one["missing"]:
        yield f"缺 {FIELD_LABELS[field['field']]}: {field['sentence']}"
    for path in one["unmapped"]:
        samples = " | ".join(_line(sample) for sample in path["samples"])
        counts = f"前 {len(one['first'])} 行有 {path['shown']}, 全部有 {path['rows']}"
        yield f"没有对照 {path['path']}: {counts}; 如 {samples}"
    if one.get("proposal"):
        yield "猜的字段对照 (核对后存成 JSON 文件, 用 --mapping 文件 再看):"
        yield json.dumps(one["proposal"], ensure_ascii=False, indent=2)


def _line(value: str) -> str:
    """On one line, not too long."""
    plain = " ".join(value.split())
    return plain if len(plain) <= _SAMPLE else f"{plain[:_SAMPLE]}…"
