"""The bulk function reads and scans like the desk does, without settings or database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from gongkai.inventory.chunks import FUNCTION, read_chunk
from gongkai.inventory.paper import paper_of
from gongkai.plug import SHIPPED_EXTRACTORS, SHIPPED_SCANNERS
from gongkai.ports import Json

OPTIONS: dict[str, Json] = {
    "extractors": [[path, {}] for path in SHIPPED_EXTRACTORS],
    "scanners": [[path, {}] for path in SHIPPED_SCANNERS],
    "own": {"place": "云岭区"},
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
    assert isinstance(read, dict) and isinstance(read["paper"], dict)
    paper = paper_of(read["paper"])
    assert paper.fields["title"] == "关于某事的通知"
    assert ("damaged_date", "51日") in {(f.kind, f.evidence) for f in paper.findings}
    seen = [(f["scanner"], f["kind"], f["evidence"]) for f in read["findings"]]  # type: ignore[index,call-overload,union-attr]
    assert "13812345678" in {evidence for _, _, evidence in seen}
    for refused in (broken, missing, strange):
        assert isinstance(refused, dict) and str(refused["refusal"]).endswith("。")
    assert FUNCTION.endswith(read_chunk.__name__)


def test_scanners_take_lists_as_options_as_the_settings_write_them(tmp_path: Path) -> None:
    spam = "gongkai.backends.scanners.spam.SpamScanner"
    text = "关于某事的通知\n\n详见政府网站www.yunling.example公布的清单。"
    told = []
    for hosts in (["yunling.example"], ["other.example"], []):
        given: dict[str, Json] = {"hosts": [*hosts]}
        options: dict[str, Json] = {**OPTIONS, "scanners": [[spam, given]]}
        (read,) = read_chunk([item(tmp_path, "通知.txt", text.encode())], options)
        assert isinstance(read, dict)
        found = read["findings"]
        assert isinstance(found, list)
        told.append([(f["kind"], f["proposal"]) for f in found if isinstance(f, dict)])
    assert told == [[], [("replaced_host", "other.example")], [("replaced_host", None)]]


def test_a_worker_needs_no_settings(tmp_path: Path) -> None:
    held = item(tmp_path, "通知.txt", PAPER.encode())
    code = (
        "import json, sys\n"
        "from gongkai.inventory.chunks import read_chunk\n"
        "items, options = json.load(sys.stdin)\n"
        "print(read_chunk(items, options)[0]['paper']['fields']['title'])\n"
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


def test_a_row_is_read_by_its_mapping_or_its_own_labels(tmp_path: Path) -> None:
    row: Json = {"raw": {"信息名称": "甲", "文号": "云商字[2008]7号"}, "name": "表.csv", "id": 7}
    foreign: dict[str, Json] = {"raw": {"bt": "乙"}, "name": "表.csv"}
    own, unknown = read_chunk([row, foreign], OPTIONS)
    assert isinstance(own, dict) and isinstance(own["paper"], dict)
    assert paper_of(own["paper"]).fields["title"] == "甲"
    assert isinstance(unknown, dict) and "信息名称" in str(unknown["refusal"])
    mappings = {"old": {"fields": {"title": ["bt"]}}}
    (mapped,) = read_chunk([{**foreign, "mapping": "old"}], {**OPTIONS, "mappings": mappings})
    assert isinstance(mapped, dict) and isinstance(mapped["paper"], dict)
    assert paper_of(mapped["paper"]).fields["title"] == "乙"


def test_a_file_kept_under_its_digest_is_read_under_its_own_name(tmp_path: Path) -> None:
    kept = tmp_path / "ab12"
    kept.write_bytes(PAPER.encode())
    (read,) = read_chunk([{"path": str(kept), "name": "旧文/通知.txt"}], OPTIONS)
    assert isinstance(read, dict) and "paper" in read
    (broken,) = read_chunk([{"path": str(kept), "name": "旧文/通知.docx"}], OPTIONS)
    assert isinstance(broken, dict) and "通知.docx" in str(broken["refusal"])
