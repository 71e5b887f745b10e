"""The clean-up of 2008: two lists taken in by inventory runs, every record reviewed, one by one.

What had been on the old platform is published with the day it was first published there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from gongkai.inventory import actions as inventory
from gongkai.inventory.models import InventoryItem
from gongkai.inventory.values import NewInput, RunOrder
from gongkai.law.catalog import GENRES
from gongkai.orgs.calendar import calendar
from gongkai.project.demo import steps
from gongkai.project.demo.content import table
from gongkai.project.demo.history import PastItem, past_items
from gongkai.project.demo.steps import Staff, Verdict
from gongkai.records.choices import Attribute
from gongkai.records.models import Record

MAPPING = "yunling_2008"
COLUMNS = {
    "title": "信息名称",
    "document_number": "文号",
    "created_on": "生成日期",
    "published_on": "原发布日期",
    "section": "责任科室",
    "class_name": "分类",
    "legal_item": "法定事项",
    "attribute": "公开属性",
    "genre": "体裁",
    "validity": "有效性",
    "abstract": "内容概述",
    "text": "正文",
}
EARLY = ("2004年至2008年2月28日信息清理", True)
LATE = ("2008年3月以后信息清理", False)


def take_in(staff: Staff, *, now: datetime) -> int:
    """Both runs from the list to the catalog; the number of records."""
    content = table("history")
    items = past_items(content, calendar())
    inventory.save_mapping(
        name=MAPPING, label="2008年清理登记表", content=_mapping(content), by=None, now=now
    )
    for label, early in (EARLY, LATE):
        _run(staff, label, [item for item in items if item.early is early], now)
    return len(items)


def _mapping(content: Mapping[str, Any]) -> dict[str, object]:
    """How the list names its fields: what an importer would save on the desk."""
    fields: dict[str, object] = {name: [column] for name, column in COLUMNS.items()}
    fields["created_on"] = {"path": [COLUMNS["created_on"]], "date": "text"}
    fields["published_on"] = {"path": [COLUMNS["published_on"]], "date": "text"}
    fields["genre"] = {"path": [COLUMNS["genre"]], "values": {v: k for k, v in GENRES}}
    return {"source": content["carried_from"], "fields": fields}


def _run(staff: Staff, label: str, items: list[PastItem], now: datetime) -> None:
    run = inventory.open_run(body=staff.body, order=RunOrder(label, MAPPING), by=None, now=now)
    paper = NewInput(f"{label}登记表.csv", _csv(staff, items))
    inventory.add_files(run=run, files=[paper], by=None, now=now)
    run = inventory.start(run=run, by=None, now=now)
    while inventory.work(run=run, now=now):
        pass
    made = _records(run.items.all())
    for item in items:
        _carry(staff, made[item.title], item, now)


def _csv(staff: Staff, items: Iterable[PastItem]) -> bytes:
    """The register as the office kept it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS.values())
    genres = dict(GENRES)
    validities = {"in_force": "有效", "unknown": ""}
    for item in items:
        writer.writerow(
            [
                item.title,
                item.document_number,
                item.created_on,
                item.published_on or "",
                staff.sections[item.section].name,
                f"{staff.classes[item.sub].parent}/{staff.classes[item.sub]}",
                item.legal_item,
                Attribute(item.attribute).label,
                genres[item.genre],
                validities[item.validity],
                item.abstract,
                item.text,
            ]
        )
    return out.getvalue().encode("utf-8-sig")


def _records(rows: Iterable[InventoryItem]) -> dict[str, Record]:
    made = {}
    for row in rows:
        if row.record is None:
            raise ValueError(f"{row.title or row.row}: {row.reason}")
        made[row.title] = row.record
    return made


def _carry(staff: Staff, record: Record, item: PastItem, now: datetime) -> None:
    """The three steps, then the catalog."""
    verdict = Verdict(item.attribute, item.ground, item.reason)
    steps.review_whole(staff, record, verdict, now + timedelta(hours=2))
    if item.attribute == Attribute.PROACTIVE:
        steps.publish(staff, record, now + timedelta(hours=5))
