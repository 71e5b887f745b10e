"""Rows and pages for a clean-up run: no two texts alike, but for what is meant to be met again."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.scanning_rules import _item, _paragraphs

# One row in so many is a repeat of an earlier one, has no title, or is a version of another.
REPEAT, UNTITLED, VERSION = 50, 200, 25
LENGTH = 600
SEED = 20081226
_PAGE = """<html><head><meta charset="gb2312"><title>{信息名称}</title></head><body>
<table><tr><td>文号</td><td>{文号}</td></tr><tr><td>信息名称</td><td>{信息名称}</td></tr>
<tr><td>生成日期</td><td>{生成日期}</td></tr></table><div>{正文}</div></body></html>"""


def rows(count: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """As a list of papers has them, some in four with something that a scanner sees."""
    chance = random.Random(seed)
    words = "".join(_paragraphs())
    held: list[dict[str, Any]] = []
    for n in range(count):
        if held and n % REPEAT == REPEAT - 1:
            yield chance.choice(held)
            continue
        text = _text(words, chance)
        if held and n % VERSION == VERSION - 1:
            text = chance.choice(held)["正文"] + text[:60]
        row = {
            "信息名称": ""
            if n % UNTITLED == UNTITLED // 2
            else f"关于第{seed % 97}-{n}号事项的通知",
            "文号": f"云商字〔2008〕{n}号",
            "公开责任部门": "云岭区商务局办公室",
            "信息有效性": "有效",
            "生成日期": f"2008-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            "内容概述": text[:80],
            "正文": text,
        }
        held = [*held[-200:], row]
        yield row


def _text(words: str, chance: random.Random) -> str:
    """Stretches of five to nine characters, so that no stretch of eight is met by chance often."""
    parts: list[str] = []
    length = 0
    while length < LENGTH:
        at, size = chance.randrange(len(words) - 9), chance.randint(5, 9)
        parts.append(words[at : at + size])
        length += size
        if chance.random() < 0.15:
            parts.append("。\n")
    if chance.random() < 0.25:
        parts.insert(len(parts) // 2, "\n" + _item(chance)[0] + "\n")
    return "".join(parts)


def table(path: Path, count: int, seed: int = SEED) -> Path:
    """The rows as one JSON file."""
    with path.open("w", encoding="utf-8") as file:
        for n, row in enumerate(rows(count, seed)):
            file.write("[\n" if n == 0 else ",\n")
            json.dump(row, file, ensure_ascii=False)
        file.write("\n]\n")
    return path


def pages(count: int, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """The same as pages in GB 18030: (name, bytes)."""
    for n, row in enumerate(rows(count, seed)):
        held = {**row, "正文": row["正文"].replace("\n", "<br>\n")}
        yield f"旧站/{n:06d}.html", _PAGE.format(**held).encode("gb18030")
