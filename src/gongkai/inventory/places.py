"""Section, class and legal item named by a source, found among the body's own.

A name that fits nothing, or more than one thing, is told and left to a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gongkai.inventory.paper import Paper
from gongkai.inventory.typed import not_read
from gongkai.law.legal_items import item
from gongkai.orgs.models import Body, Section
from gongkai.records.models import CatalogClass
from gongkai.text.finding import Finding

LABELS = {"section": "责任科室", "class_name": "信息分类", "legal_item": "法定公开事项"}


@dataclass(slots=True)
class Placed:
    """Values for `records.actions.draft`, and what could not be placed."""

    values: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Places:
    """The sections and classes in use of a body, fetched once for many papers."""

    body: Body
    sections: tuple[Section, ...]
    classes: tuple[CatalogClass, ...]


def places_of(body: Body) -> Places:
    """Two queries."""
    sections = Section.objects.filter(body=body, is_active=True)
    classes = CatalogClass.objects.filter(body=body, is_active=True).select_related("parent")
    return Places(body, tuple(sections), tuple(classes))


def placed(paper: Paper, places: Places) -> Placed:
    """`section` by name or code, `class_name` by code, name or 上级/下级, `legal_item` by code."""
    made = Placed()
    named = {name: paper.fields.get(name, "").strip() for name in LABELS}
    found = {
        "section": _section(places, named["section"] or _department(paper, places)),
        "catalog_class": _class(places, named["class_name"]),
        "legal_item": _legal_item(named["legal_item"]),
    }
    for name, column in zip(LABELS, found, strict=True):
        if found[column] is not None:
            made.values[column] = found[column]
        elif named[name]:
            where = places.body.name
            sentence = f"{LABELS[name]}“{named[name][:40]}”在{where}没有对应的，请核对后选择。"
            # For reading only: without a section and a class nothing can be proposed anyway.
            told = not_read(paper, name, named[name], sentence)
            made.findings.append(replace(told, kind="not_placed", severity="info"))
    return made


def _department(paper: Paper, places: Places) -> str:
    """Where no section is named: the responsible department, without the body's own name."""
    unit = paper.fields.get("responsible_unit", "").strip()
    return unit.removeprefix(places.body.name).strip()


def _section(places: Places, name: str) -> Section | None:
    found = [
        section for section in places.sections if name and name in (section.name, section.code)
    ]
    return found[0] if len(found) == 1 else None


def _class(places: Places, name: str) -> CatalogClass | None:
    if not name:
        return None
    top, _, sub = (part.strip() for part in name.replace("－", "/").partition("/"))
    found = [
        row
        for row in places.classes
        if (
            row.parent is not None and (row.name, row.parent.name) == (sub, top)
            if sub
            else name in (row.name, row.code)
        )
    ]
    return found[0] if len(found) == 1 else None


def _legal_item(code: str) -> str | None:
    try:
        return item(code).code if code else None
    except KeyError:
        return None
