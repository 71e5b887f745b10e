"""The columns of the table: Chinese heading, field, and how a cell reads as a form value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.law.catalog import GENRES
from gongkai.orgs.models import Body, Section
from gongkai.records.choices import Carrier, Column, Origin, Validity
from gongkai.records.models import CatalogClass, Record

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column. `choices` names a closed list (word → code); `width` is in characters."""

    name: str
    label: str
    width: int = 14
    choices: str = ""
    advice: str = ""


# Written back when the table is read in again; the rest of an export is for the eye only.
HEADINGS: tuple[Heading, ...] = (
    Heading("title", "信息名称", 40, advice="必填"),
    Heading("document_number", "文号", 20),
    Heading("responsible_unit", "公开责任部门", 18),
    Heading("created_on", "生成日期", 12, advice="如 2026-11-23"),
    Heading("validity", "信息有效性", 10, "validity"),
    Heading("abstract", "内容概述", 40, advice="宜在100字以内"),
    Heading("section", "责任科室", 12, "section"),
    Heading("catalog_class", "信息分类", 16, "catalog_class"),
    Heading("column", "栏目", 16, "column"),
    Heading("legal_item", "法定公开事项", 14, "legal_item"),
    Heading("genre", "体裁", 10, "genre"),
    Heading("keywords", "主题词", 16),
    Heading("origin", "来源", 14, "origin"),
    Heading("carrier", "载体形式", 10, "carrier"),
    Heading("made_by", "制作机关", 18),
    Heading("effective_from", "施行日期", 12),
    Heading("expires_on", "有效期至", 12),
    Heading("first_published_on", "原发布日期", 12, advice="从旧平台转来的填写"),
    Heading("carried_from", "原发布平台", 18),
    Heading("text", "正文", 40, advice="一段一行；长文请在页面上录入"),
)
NUMBER = Heading("index_number", "索引号", 26, advice="旧平台已有的填写；新的发布时分配")
UUID = Heading("uuid", "系统编号", 38, advice="导出的原样保留；新增的留空")
COUNT = Heading("read_count", "修改次数", 8, advice="导出的原样保留")
STATE = Heading("state", "状态", 10)
ATTRIBUTE = Heading("attribute", "公开属性", 10)
DUE = Heading("publish_due_on", "公开期限", 12)
IMPORTED = (*HEADINGS, NUMBER, UUID, COUNT)
EXPORTED = (NUMBER, *HEADINGS, STATE, ATTRIBUTE, DUE, UUID, COUNT)
BY_LABEL = {heading.label: heading for heading in IMPORTED}
SEEN_ONLY = {h.label for h in (STATE, ATTRIBUTE, DUE)}


def choices_of(body: Body) -> dict[str, Words]:
    """Each closed list of the body as word → code, in the order to be shown."""
    classes = CatalogClass.objects.filter(body=body, is_active=True).select_related("parent")
    sections = Section.objects.filter(body=body, is_active=True)
    return {
        "validity": _turned(Validity.choices),
        "column": _turned(Column.choices),
        "origin": _turned(Origin.choices),
        "carrier": _turned(Carrier.choices),
        "genre": _turned(GENRES),
        "legal_item": {},
        "section": {s.name: str(s.pk) for s in sections},
        "catalog_class": {class_words(c): str(c.pk) for c in classes},
    }


def _turned(choices: Any) -> dict[str, str]:
    return {str(label): str(key) for key, label in choices}


def class_words(row: CatalogClass) -> str:
    """A class as written in the table: `业务动态/通知公告`, the parent first."""
    return f"{row.parent.name}/{row.name}" if row.parent is not None else row.name


def read_choice(heading: Heading, text: str, lists: Mapping[str, Words]) -> str:
    """The code of a word; a word not on the list comes back as it is, for the form to refuse."""
    if heading.choices == "legal_item":
        return text
    words = lists[heading.choices]
    if text in words:
        return words[text]
    if heading.choices == "catalog_class":
        plain = text.replace("›", "/").replace(" ", "")
        if plain in words:
            return words[plain]
        ends = [code for word, code in words.items() if word.rpartition("/")[2] == plain]
        return ends[0] if len(ends) == 1 else text
    return text


def cell_of(record: Record, heading: Heading) -> str:
    """A record's value as it stands in an exported table."""
    writers: dict[str, Callable[[Record], str]] = {
        "catalog_class": lambda r: class_words(r.catalog_class) if r.catalog_class else "",
        "section": lambda r: r.section.name if r.section else "",
        "genre": lambda r: dict(GENRES).get(r.genre, r.genre),
        "read_count": lambda r: str(r.edit_count),
        "text": lambda r: "",
    }
    if heading.name in writers:
        return writers[heading.name](record)
    display = getattr(record, f"get_{heading.name}_display", None)
    value = display() if display is not None else getattr(record, heading.name)
    return "" if value is None else str(value)
