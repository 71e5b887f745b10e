"""The bulk function reads and scans like the desk does, without settings or database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from gongkai.inventory.chunks import FUNCTION, read_chunk
from gongkai.plug import SHIPPED_EXTRACTORS, SHIPPED_SCANNERS
from gongkai.ports import Json

OPTIONS: dict[str, Json] = {
    "extractors": [[path, {}] for path in SHIPPED_EXTRACTORS],
    "scanners": [[path, {}] for path in SHIPPED_SCANNERS],
    "place": "云岭区",
}
PAPER = (
    "信息名称:关于某事的通知\n文   号:云商字〔2008〕7号\n\n自51日起施行。联系人电话13812345678。\n"
)


def item(folder: Path, name: str, content: bytes) -> Json:
    path = folder / name
    path.write_bytes(content)
    return {"path": str(path), "name": name}


def test_each_item_has_its_result_in_order(tmp_path: Path) -> None:
    items: list[Json] = [
        item(tmp_path, "通知.txt", PAPER.encode("gb18030")),
        item(tmp_path, "坏.docx", b"PK\x03\x04no"),
        {"path": str(tmp_path / "没有.txt"), "name": "没有.txt"},
        item(tmp_path, "怪.xyz", b"?"),
    ]
    read, broken, missing, strange = read_chunk(items, OPTIONS)
    assert isinstance(read, dict) and isinstance(read["fields"], dict)
    assert read["fields"]["title"] == "关于某事的通知"
    found = {(f["kind"], f["evidence"]) for f in read["findings"]}  # type: ignore[index,call-overload,union-attr]
    assert ("damaged_date", "51日") in found and ("mobile", "13812345678") in found
    for refused in (broken, missing, strange):
        assert isinstance(refused, dict) and str(refused["refusal"]).endswith("。")
    assert FUNCTION.endswith(read_chunk.__name__)


def test_a_worker_needs_no_settings(tmp_path: Path) -> None:
    held = item(tmp_path, "通知.txt", PAPER.encode())
    code = (
        "import json, sys\n"
        "from gongkai.inventory.chunks import read_chunk\n"
        "items, options = json.load(sys.stdin)\n"
        "print(read_chunk(items, options)[0]['fields']['title'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        input=json.dumps([[held], OPTIONS]),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(p for p in sys.path if p), "PATH": ""},
    )
    assert done.stdout.strip() == "关于某事的通知"
