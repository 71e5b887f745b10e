"""Rows of an import table judged one by one, then carried out one by one through the actions."""

from __future__ import annotations

import uuid as uuidlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from gongkai.desk import refusals
from gongkai.desk.bulk.columns import BY_LABEL, SEEN_ONLY, Heading, choices_of, read_choice
from gongkai.desk.bulk.sheet import Line
from gongkai.desk.forms.records import RecordForm
from gongkai.desk.record_page import text_of
from gongkai.desk.seat import Seat
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body
from gongkai.records import actions
from gongkai.records import queries as records
from gongkai.records.choices import RecordState
from gongkai.records.models import Record
from gongkai.review import actions as review


@dataclass(slots=True)
class Row:
    """One line of the table: its line in the file, the cells by field, what is wrong with it."""

    line: int
    title: str
    cells: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    uuid: str = ""

    @property
    def plan(self) -> str:
        """What carrying it out would do."""
        return "不导入" if self.wrong else "修改" if self.uuid else "新增"

    def as_dict(self) -> dict[str, object]:
        """Plain values to keep between preview and execution."""
        return asdict(self)


def headings_of(labels: Sequence[str]) -> list[Heading | None]:
    """The field of each column; None for columns that are not read. Refuses unknown tables."""
    found = [BY_LABEL.get(label) for label in labels]
    unknown = [
        x for x, h in zip(labels, found, strict=True) if h is None and x and x not in SEEN_ONLY
    ]
    names = [h.name for h in found if h is not None]
    if "title" not in names:
        raise Refusal(
            "bulk.no_title", "第一行里没有“信息名称”这一列。请下载模板，把内容放进模板再导入。"
        )
    if unknown:
        words = "、".join(unknown[:5])
        raise Refusal(
            "bulk.unknown_column",
            f"不认识“{words}”这几列。请对照模板改列名；不需要的列请删去，以免漏导内容。",
        )
    if len(names) != len(set(names)):
        raise Refusal("bulk.column_twice", "有两列同名。请删去多余的一列再导入。")
    return found


class Judge:
    """Judges rows for one person and one body; lists are read once."""

    def __init__(self, seat: Seat, body: Body) -> None:
        self.seat = seat
        self.body = body
        self.lists = choices_of(body)

    def rows(self, labels: Sequence[str], table: Sequence[Line]) -> list[Row]:
        """Every line of the table, judged. Two lines about one record refuse each other."""
        headings = headings_of(labels)
        found = [self._row(line.number, headings, line.cells) for line in table]
        seen: dict[str, int] = {}
        for row in found:
            if row.uuid and row.uuid in seen:
                row.wrong.append(f"与第{seen[row.uuid]}行是同一条信息，请删去一行。")
            elif row.uuid:
                seen[row.uuid] = row.line
        return found

    def _row(self, line: int, headings: Sequence[Heading | None], cells: Sequence[str]) -> Row:
        given = {h.name: text for h, text in zip(headings, cells, strict=False) if h is not None}
        row = Row(line, given.get("title", ""), given, uuid=given.get("uuid", ""))
        try:
            record = self._record(row)
        except Refusal as refusal:
            row.wrong.append(refusal.sentence)
            return row
        unknown = self._unknown_words(row)
        row.wrong += unknown.values()
        form = self.form(row, record)
        row.wrong += [str(e) for n, es in form.errors.items() if n not in unknown for e in es]
        return row

    def _unknown_words(self, row: Row) -> dict[str, str]:
        """Words that stand on no list of the body, by field, each with its sentence."""
        found: dict[str, str] = {}
        for heading in BY_LABEL.values():
            text = row.cells.get(heading.name, "")
            words = self.lists.get(heading.choices, {})
            if text and words and self._value(heading.name, text) not in words.values():
                found[heading.name] = (
                    f"“{heading.label}”里没有“{text}”，请照模板下拉列表里的词填写。"
                )
        return found

    def _record(self, row: Row) -> Record | None:
        """The draft a line changes; None for a new one."""
        if not row.uuid:
            return None
        visible = records.visible_to(self.seat.person, self.seat.today)
        record = visible.filter(uuid=_uuid(row.uuid), body=self.body).first()
        if record is None:
            raise Refusal("bulk.no_record", "没有这个系统编号的信息。要新增，请把“系统编号”留空。")
        if record.state != RecordState.DRAFT:
            raise Refusal(
                "bulk.not_draft",
                f"这条信息现在是“{record.get_state_display()}”，只有草稿能用表格修改。",
            )
        return record

    def form(self, row: Row, record: Record | None) -> RecordForm:
        """The editor's own form over the line, so both judge alike."""
        from gongkai.desk.views.editor import values_of

        values: dict[str, Any] = {"validity": "unknown", "column": "catalog"}
        values |= {"origin": "made", "carrier": "electronic"}
        if self.seat.person.section_id and record is None:
            values["section"] = self.seat.person.section_id
        if record is not None:
            values = {**values_of(record), "text": text_of(record)}
        values |= {name: self._value(name, text) for name, text in row.cells.items() if text}
        values |= {n: "" for n, text in row.cells.items() if not text and record is not None}
        data = QueryDict(mutable=True)
        for name, value in values.items():
            data[name] = "" if value is None else str(value)
        return RecordForm(data=data, body=self.body, today=self.seat.today, record=record)

    def _value(self, name: str, text: str) -> str:
        heading = next(h for h in BY_LABEL.values() if h.name == name)
        return read_choice(heading, text, self.lists) if heading.choices else text

    def carry_out(self, kept: Mapping[str, Any]) -> dict[str, object]:
        """Do what a kept line says; what became of it, in words. Never raises a refusal."""
        row = Row(
            line=int(kept["line"]),
            title=str(kept["title"]),
            cells=dict(kept["cells"]),
            uuid=str(kept["uuid"]),
        )
        try:
            record = self._done(row)
            review.rescan(record=record, now=self.seat.now)
        except (Refusal, ValidationError) as error:
            refusal = error if isinstance(error, Refusal) else refusals.from_validation(error)
            sentence = refusals.with_basis(refusal)
            return {"line": row.line, "title": row.title, "ok": False, "sentence": sentence}
        return {
            "line": row.line,
            "title": record.title,
            "ok": True,
            "sentence": "已修改" if row.uuid else "已新增",
            "uuid": str(record.uuid),
        }

    def _done(self, row: Row) -> Record:
        record = self._record(row)
        form = self.form(row, record)
        if not form.is_valid():
            raise Refusal("bulk.row", "".join(str(e) for es in form.errors.values() for e in es))
        by, now = self.seat.person, self.seat.now
        if record is None:
            fields = form.typed()
            if row.cells.get("index_number"):
                fields["index_number"] = row.cells["index_number"]
            fields["source"] = {"from": "excel"}
            return actions.draft(body=self.body, fields=fields, by=by, now=now)
        fields = {n: v for n, v in form.typed().items() if n in row.cells}
        if row.cells.get("text", "") == "":
            fields.pop("text", None)  # an export leaves the text out; empty is not "delete it"
        count = form.cleaned_data.get("read_count") if "read_count" in row.cells else None
        return actions.edit(record=record, fields=fields, by=by, now=now, read_count=count)


def _uuid(text: str) -> uuidlib.UUID:
    try:
        return uuidlib.UUID(text)
    except ValueError:
        raise Refusal(
            "bulk.bad_uuid", f"系统编号“{text}”不对。请用导出的原值；新增的请留空。"
        ) from None
