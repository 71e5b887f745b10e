"""遮盖: what is taken out, on which ground; the copy made and proved by what the settings name.

Shared by records and by the cases of requests, which keep their files differently.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from gongkai import plug
from gongkai.kit.refusal import Refusal
from gongkai.law.grounds import require_ground
from gongkai.law.model import Law
from gongkai.ports import RedactionError
from gongkai.records.values import Removal
from gongkai.text.redaction import Inspection, Look, Mark, Place, Redacted

BASIS = "《条例》第三十七条"
MOST_MARKS = 300
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be redacted: its name as people know it, and its bytes."""

    name: str
    content: bytes


def check(removals: Sequence[Removal], law: Law) -> None:
    """Refuse what says nothing, gives no ground or reason, or names too little or too much."""
    if not removals:
        raise Refusal(
            "redaction.empty", "还没有标出要遮盖的内容：请勾选、填写文字或画框。", BASIS,
            {"words_1": "请填写要遮去的文字，或画框。"},
        )  # fmt: skip
    for number, removal in enumerate(removals, 1):
        if not removal.what.strip():
            raise _refusal("what", number, "请写明遮去的是什么内容（不写出内容本身）。")
        if not removal.words and not removal.areas:
            raise _refusal("words", number, "请填写要遮去的文字，或画框。")
        if short := [words for words in removal.words if len("".join(words.split())) < SHORTEST]:
            said = f"“{short[0]}”太短，会遮去许多不该遮的字；请写长一些，或画框。"
            raise _refusal("words", number, said)
        try:
            require_ground(removal.ground, removal.reason, law)
        except Refusal as refusal:
            fields = {f"{name}_{number}": said for name, said in refusal.fields.items()}
            raise Refusal(refusal.code, refusal.sentence, refusal.basis, fields) from None
    if len(marks_of(removals)) > MOST_MARKS:
        raise Refusal("redaction.too_many", f"一次最多遮盖{MOST_MARKS}处，请分几次或拆分文件。")


def _refusal(name: str, number: int, sentence: str) -> Refusal:
    said = f"第{number}处：{sentence}"
    return Refusal("redaction.incomplete", said, BASIS, {f"{name}_{number}": said})


def marks_of(removals: Sequence[Removal]) -> list[Mark]:
    """The marks for the redactor, in order."""
    found: list[Mark] = []
    for removal in removals:
        only = dict(removal.only)
        found += [Mark(words=words, only=only.get(words, ())) for words in removal.words]
        found += [Mark(area=area) for area in removal.areas]
    return found


def copy_of(paper: Paper, removals: Sequence[Removal], *, as_image: bool = False) -> Redacted:
    """The proved copy; a refusal says why there is none."""
    with _on_disk(paper) as path, _told(paper, path):
        return plug.redact(paper.name).redact(path, marks_of(removals), as_image=as_image)


def look(paper: Paper) -> Look:
    """Pages and text of a file."""
    with _on_disk(paper) as path, _told(paper, path):
        return plug.redact(paper.name).look(path)


def find(paper: Paper, words: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    """Where each of the words stands, in the order by which `Removal.only` counts."""
    wanted = list(dict.fromkeys(words))
    if not wanted:
        return {}
    with _on_disk(paper) as path, _told(paper, path):
        found = plug.redact(paper.name).find(path, wanted)
    return dict(zip(wanted, found, strict=True))


def picture(paper: Paper, page: int) -> bytes:
    """One page as PNG."""
    with _on_disk(paper) as path, _told(paper, path):
        return plug.redact(paper.name).picture(path, page)


def inspect(paper: Paper) -> Inspection:
    """What a copy made elsewhere still gives away; nothing is said of kinds nobody can read."""
    if PurePosixPath(paper.name).suffix.lower() not in plug.redactors():
        return Inspection()
    with _on_disk(paper) as path, _told(paper, path):
        return plug.redact(paper.name).inspect(path)


def can_redact(name: str) -> bool:
    """Whether there is a redactor for files of this name."""
    return PurePosixPath(name).suffix.lower() in plug.redactors()


@contextmanager
def _on_disk(paper: Paper) -> Iterator[Path]:
    """The bytes in a folder that is gone afterwards, under a name that keeps only the kind."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / f"文件{PurePosixPath(paper.name).suffix.lower()}"
        path.write_bytes(paper.content)
        yield path


@contextmanager
def _told(paper: Paper, path: Path) -> Iterator[None]:
    try:
        yield
    except RedactionError as error:
        sentence = str(error).replace(path.name, paper.name)
        raise Refusal("redaction.failed", sentence, BASIS) from error


def copy_name(name: str, suffix: str) -> str:
    """合同.docx → 合同（遮盖）.pdf"""
    stem = PurePosixPath(name).stem.removesuffix("（遮盖）")
    return f"{stem[:180]}（遮盖）{suffix}"


def rows_of(removals: Sequence[Removal]) -> list[dict[str, object]]:
    """As they are kept."""
    return [asdict(removal) for removal in removals]


def checks_of(made: Redacted) -> list[dict[str, str]]:
    """The proof as it is kept: by which means what was searched."""
    return [{"name": check.name, "searched": check.searched} for check in made.checks]


def digest(source: str, made: Redacted, removals: Sequence[Removal]) -> str:
    """SHA-256 over what was taken out of which bytes, what came of it and how it was searched."""
    content = {
        "source": source,
        "result": hashlib.sha256(made.content).hexdigest(),
        "removals": rows_of(removals),
        "method": made.method,
        "checks": checks_of(made),
    }
    raw = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()
