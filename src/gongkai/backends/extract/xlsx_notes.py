"""What an XLSX workbook holds beside its cells: comments, hidden rows and columns, kept copies."""

import re
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.inside import Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.ooxml import (
    all_text,
    local,
    note_common,
    parse,
    properties,
    relations,
)

_MAIN: Final = "xl/workbook.xml"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW: Final = re.compile(rb"<row\b[^>]*>")
_COLUMN: Final = re.compile(rb"<col\b[^>]*>")
_HIDDEN: Final = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_NUMBER: Final = re.compile(rb"\b(?:r|min)=[\"'](\d{1,9})[\"']")
_SHOWN: Final = 20


def note_xlsx(path: Path, notes: Notes, room: Room) -> dict[str, str]:
    """Add to the notes; gives the properties."""
    with checked_archive(path) as archive:
        names = set(archive.namelist())
        done = {name for name in names if name.startswith("xl/worksheets/sheet")} | {_MAIN}
        if _MAIN in names:
            parts = relations(archive, _MAIN)
            for node in parse(archive, _MAIN).iter():
                if local(node) == "sheet" and parts.get(node.get(_R, "")) in names:
                    _note_sheet(archive, node.get("name", ""), parts[node.get(_R, "")], notes)
                elif local(node) == "definedName" and node.get("hidden") == "1":
                    notes.say("source", "隐藏的名称", node.text or "")
        for name in sorted(names):
            if name.endswith(".xml") and re.search(r"comments?\d*\.xml$", name, re.IGNORECASE):
                done.add(name)
                notes.say("comment", "", all_text(parse(archive, name)))
        note_common(archive, notes, room, done)
        return properties(archive)


def _note_sheet(archive: ZipFile, name: str, part: str, notes: Notes) -> None:
    """Rows and columns of no height or width: what stands in them is among the cells."""
    raw = archive.read(part)
    said = []
    for pattern, what in ((_ROW, "第{}行"), (_COLUMN, "第{}列起")):
        marked = (found for found in pattern.findall(raw) if _HIDDEN.search(found))
        numbers = [n[1].decode() for found in marked if (n := _NUMBER.search(found))]
        if numbers:
            more = f"等{len(numbers)}处" if len(numbers) > _SHOWN else ""
            said.append(what.format("、".join(numbers[:_SHOWN])) + more)
    if said:
        notes.add("hidden_cells", f"工作表“{name}”{'，'.join(said)}", "")
