"""Attachments read for the scanners: each content once, in a child process with limits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.db import transaction

from gongkai import plug
from gongkai.ports import CONCEALED, QUIET, Extracted, ExtractionError, Json
from gongkai.records import store
from gongkai.records.models import Record, RecordFile
from gongkai.review.fields import public_files, reading_of
from gongkai.review.models import FileReading
from gongkai.review.values import Noticed

FILES = "files"
"""The name under which what cannot be read is noted, beside the scanners' names."""
# As long as the longest body text of a record; nothing behind it would be seen by a reviewer.
LONGEST = 2_000_000
MOST_NAMED = 200
MOST_KINDS = 5
_NAMED = {
    "creator": "作者",
    "Author": "作者",
    "initial-creator": "作者",
    "lastModifiedBy": "最后修改人",
    "Company": "单位",
    "Manager": "负责人",
}


def read_files(*, record: Record, now: datetime) -> int:
    """Read the attachments of a record that nobody has read; returns how many.

    Idempotent: the same content is read once, whatever it is attached to.
    """
    waiting = [
        held
        for held in public_files(record).select_related("file__reading")
        if reading_of(held) is None
    ]
    for held in waiting:
        _keep(held, _read(held), now)
    return len(waiting)


def _read(held: RecordFile) -> Extracted | str:
    """What the file says, or why it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / (PurePosixPath(held.name).name or "file")
        try:
            path.write_bytes(store.read(held.file))
            return plug.extract(path)
        except ExtractionError as error:
            return str(error)
        except OSError:
            return f"“{held.name}”在文件库里读不到，请重新上传。"


@transaction.atomic
def _keep(held: RecordFile, found: Extracted | str, now: datetime) -> None:
    row = {"refusal": found[:300]} if isinstance(found, str) else _reading(found)
    FileReading.objects.get_or_create(file=held.file, defaults={**row, "read_at": now})


def _reading(found: Extracted) -> dict[str, object]:
    text, hidden = _shown(found), _hidden(found)
    loud = [item for item in found.concealed if item.kind not in QUIET]
    refusals = list(found.unread)
    if max(len(text), len(hidden)) > LONGEST:
        refusals.append("文字太多，只核查了前面的部分，请拆分文件后再传。")
    return {
        "text": text[:LONGEST],
        "hidden": hidden[:LONGEST],
        "hides": bool(loud or found.hidden.strip()),
        "concealed": [[item.kind, item.where] for item in loud[:MOST_NAMED]] + _people(found),
        "warnings": [str(warning)[:300] for warning in found.warnings],
        "refusal": _joined(refusals),
    }


def _joined(sentences: Sequence[str]) -> str:
    """As many whole sentences as fit, and how many more there are."""
    said = ""
    for number, sentence in enumerate(sentences):
        if len(said) + len(sentence) > 200:
            return f"{said or sentence[:200]}另有{len(sentences) - number}处没有读到。"
        said += sentence
    return said


def _people(found: Extracted) -> list[list[str]]:
    """Names of people and offices in the properties of the file."""
    said = {
        f"{label}：{found.meta[name]}" for name, label in _NAMED.items() if found.meta.get(name)
    }
    return [["metadata", line[:100]] for line in sorted(said)]


def _shown(found: Extracted) -> str:
    """The text; of a workbook, where there is none, its cells row by row."""
    if found.text.strip():
        return found.text
    lines = [
        "\t".join(cells)
        for table in found.tables
        for cells in (table.columns, *(_cells(row, table.columns) for row in table.rows))
    ]
    return "\n".join(lines)


def _cells(row: Mapping[str, Json], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple("" if row.get(name) is None else str(row[name]) for name in columns)


def _hidden(found: Extracted) -> str:
    properties = (f"{name}：{value}" for name, value in found.meta.items() if value)
    return "\n".join(part for part in (found.unseen(), *properties) if part.strip())


def about_files(record: Record) -> list[Noticed]:
    """What is to be said of the files themselves: unreadable ones, and those that hide something.

    Each wants an answer: a file that no program could look through is looked through by a person.
    """
    rows = public_files(record).select_related("file__reading")
    return [
        _noticed(kind, held.name, sentence, severity)
        for held in rows
        if (reading := reading_of(held)) is not None
        for kind, sentence, severity in _said(reading)
    ]


def _said(reading: FileReading) -> Iterator[tuple[str, str, str]]:
    if reading.refusal:
        why = f"程序没有核查到这个附件的全部内容：{reading.refusal}请逐页人工核查后说明。"
        yield "unreadable_file", why, "error"
    if reading.hides:
        said = _kinds(reading.concealed) or "批注、修订、隐藏文字等"
        why = f"附件里有读者看不见的内容：{said}。请核对后去掉，或说明理由。"
        yield "hidden_text", why, "warning"
    if people := [where for kind, where in reading.concealed if kind == "metadata"]:
        why = f"文件属性里写着{'；'.join(people)}，公开后任何人都能看到，不宜公开的请清除。"
        yield "file_properties", why, "info"
    for warning in reading.warnings:
        yield "reading", str(warning), "warning"


def _kinds(concealed: Sequence[Sequence[str]]) -> str:
    """批注2处（第1页 张三）、宏或脚本: each kind with how often, and where it is first."""
    places: dict[str, list[str]] = {}
    for kind, where in concealed:
        if kind not in QUIET:
            places.setdefault(kind, []).append(where)
    said = []
    for kind, found in places.items():
        count = f"{len(found)}处" if len(found) > 1 else ""
        first = next((where[:40] for where in found if where), "")
        said.append(f"{CONCEALED[kind]}{count}{f'（{first}）' if first else ''}")
    return "、".join(said[:MOST_KINDS])


def _noticed(kind: str, name: str, sentence: str, severity: str) -> Noticed:
    return Noticed(
        scanner=FILES,
        kind=kind,
        field=FILES,
        start=0,
        end=0,
        evidence=name,
        proposal=None,
        severity=severity,
        sentence=sentence[:300],
        candidates=(),
    )
