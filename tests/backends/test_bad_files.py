"""Three hundred bad files in fifteen classes: nothing crashes, hangs, or passes unscanned.

The files of one class are read in one child process, one after the other; where that child does
not come to an answer, each in a child of its own, as in earnest.
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from gongkai.backends.extract.door import WRITES, AnyFile
from gongkai.backends.extract.sandbox import Sandboxed
from gongkai.ports import Extracted, ExtractionError
from tests.backends import samples
from tests.backends.bad.containers import MARK
from tests.backends.bad.papers import CLASSES, EACH, bad_files

DOOR = "gongkai.backends.extract.door.AnyFile"
TOGETHER = {"cpu_seconds": 5, "wall_seconds": 60}
ALONE = {"cpu_seconds": 3, "wall_seconds": 60}


class Batch:
    """Reads every file a list names; runs in the child. One line of JSON for each."""

    suffixes = (".list",)
    needs = WRITES

    def extract(self, path: Path) -> Extracted:
        """A file that is refused is a line too."""
        door = AnyFile(ocr=False)
        lines = []
        for name in json.loads(path.read_text("utf-8")):
            try:
                lines.append(_said(door.extract(Path(name))))
            except ExtractionError as error:
                lines.append({"refused": str(error)})
        return Extracted(text="\n".join(map(json.dumps, lines)))


def _said(found: Extracted) -> dict[str, Any]:
    """What the test wants to know: the whole text may be long."""
    cells = [v for table in found.tables for row in table.rows for v in (*row, *row.values())]
    parts = [found.title, found.text, found.unseen(), *found.header.values(), *map(str, cells)]
    told = "\n".join([*parts, *(column for table in found.tables for column in table.columns)])
    return {
        "something": bool(told.strip()),
        "marked": MARK in told,
        "leaked": "root:" in told,
        "unread": list(found.unread),
    }


def read_all(paths: list[Path], folder: Path) -> list[dict[str, Any]]:
    """In one child; where that breaks, in halves, down to one child for each file."""
    slow = {path: read_one(path) for path in paths if len(paths) == 1 or path.name[0] == "慢"}
    if slow:
        rest = [path for path in paths if path not in slow]
        others = dict(zip(rest, read_all(rest, folder) if rest else [], strict=True))
        return [{**others, **slow}[path] for path in paths]
    order = folder / "all.list"
    order.write_text(json.dumps([str(path) for path in paths]), "utf-8")
    try:
        text = Sandboxed(extractor="test_bad_files.Batch", limits=TOGETHER).extract(order).text
    except ExtractionError:
        half = len(paths) // 2
        return [*read_all(paths[:half], folder), *read_all(paths[half:], folder)]
    return [json.loads(line) for line in text.split("\n")]


def read_one(path: Path) -> dict[str, Any]:
    reader = Sandboxed(extractor=DOOR, options={"ocr": False}, limits=ALONE)
    try:
        return _said(reader.extract(path))
    except ExtractionError as error:
        return {"refused": str(error)}


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test module is loaded by path; the child finds it by name."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


@pytest.mark.slow
@pytest.mark.parametrize("name", CLASSES)
def test_bad_files_end_as_scanned_text_or_as_a_refusal(name: str, tmp_path: Path) -> None:
    files = bad_files(name)
    assert len(files) == EACH
    assert sum(len(content) for _, content in files) < 30 * 2**20
    folder = tmp_path / "in"
    folder.mkdir()
    paths = []
    for file_name, content in files:
        paths.append(folder / file_name)
        paths[-1].write_bytes(content)
    began = time.monotonic()
    answers = read_all(paths, tmp_path)
    # A busy machine is slow; a hang would take every child to its limit.
    assert time.monotonic() - began < 300
    assert len(answers) == EACH
    for path, (_, content), answer in zip(paths, files, answers, strict=True):
        judge(path.name, content, answer)
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)


def judge(name: str, content: bytes, answer: dict[str, Any]) -> None:
    """Refused with one sentence, told to be unread, or scanned whole: the mark is in the text."""
    if "refused" in answer:
        assert answer["refused"].endswith("。"), (name, answer)
        return
    assert not answer["leaked"], name
    wanted = not name.startswith(("断", "洞", "乱码", "大"))  # the mark itself may be what is lost
    scanned = answer["marked"] if wanted else answer["something"]
    assert scanned or answer["unread"], (name, answer)
    assert all(sentence.endswith("。") for sentence in answer["unread"]), (name, answer)


def test_there_are_three_hundred() -> None:
    assert len(CLASSES) * EACH == 300
    assert bad_files("odd names") == bad_files("odd names")


@pytest.mark.parametrize(
    ("limits", "name", "word"),
    [
        ({"memory_mb": 120}, "e.txt", "太大|中断"),
        ({"cpu_seconds": 1, "memory_mb": 4096}, "b.rtf", "1秒内读不完"),
        ({"wall_seconds": 0}, "a.html", "0秒内读不完"),
        ({"answer_mb": 1}, "c.txt", "超过1 MiB"),
        ({"file_mb": 0}, "a.html", "超过0 MiB"),
    ],
    ids=["memory", "processor", "time", "answer", "file"],
)
def test_each_limit_holds(tmp_path: Path, limits: dict[str, int], name: str, word: str) -> None:
    contents = {
        "a.html": b"<p>text</p>",
        "b.rtf": rb"{\rtf1 " + rb"\'b9\u1234?{\v x}" * 900_000 + b"}",
        "c.txt": "正文".encode() * 400_000,
        "e.txt": "正文".encode() * 10_000_000,
    }
    path = tmp_path / name
    path.write_bytes(contents[name])
    with pytest.raises(ExtractionError, match=word):
        Sandboxed(extractor=DOOR, options={"ocr": False}, limits=limits).extract(path)


def test_what_may_not_be_written_is_told_as_unread(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(samples.zipped({"a.txt": MARK * 100_000, "b.txt": "短"}))
    reader = Sandboxed(extractor=DOOR, options={"ocr": False}, limits={"write_mb": 1})
    found = reader.extract(path)
    assert found.unread == ("“a.txt”太大或写不下，没有读，请单独上传。",)
    assert "短" in found.text
