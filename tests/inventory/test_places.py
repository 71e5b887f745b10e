"""Section, class and legal item named in a list find the body's own; what fits nothing is told."""

from __future__ import annotations

from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person
from gongkai.records import actions as records
from gongkai.records.models import CatalogClass, Record
from tests.inventory.conftest import NOW, carried_out

HEAD = "信息名称,生成日期,责任科室,信息分类,法定公开事项\n"


def a_class(body: Body, code: str, name: str, parent: CatalogClass | None = None) -> CatalogClass:
    fields = {"code": code, "name": name, "parent": parent}
    return records.create_class(body=body, fields=fields, by=None, now=NOW)


def saved(name: str) -> None:
    from gongkai.inventory import actions

    fields = {
        "title": ["信息名称"],
        "section": ["责任科室"],
        "class_name": ["信息分类"],
        "legal_item": ["法定公开事项"],
    }
    content: dict[str, object] = {"source": "旧目录", "fields": fields}
    actions.save_mapping(name=name, label="", content=content, by=None, now=NOW)


def test_names_of_the_body_are_found(bureau: Body, clerk: Person) -> None:
    section = orgs.create_section(
        body=bureau, fields={"code": "SC", "name": "市场科"}, by=None, now=NOW
    )
    duties = a_class(bureau, "duties", "行政职责")
    updates = a_class(bureau, "updates", "业务动态")
    a_class(bureau, "duties.other", "其他", duties)
    other = a_class(bureau, "updates.other", "其他", updates)
    saved("old")
    rows = "甲,2008-01-02,市场科,业务动态/其他,2007-10-03\n乙,2008-01-03,SC,其他,2007-99-99\n"
    carried_out(bureau, clerk, ("清单.csv", HEAD + rows), mapping="old")
    first, second = Record.objects.order_by("id")
    assert (first.section, first.catalog_class, first.legal_item) == (section, other, "2007-10-03")
    assert not first.findings.filter(kind="not_placed").exists()
    # 其他 stands under two classes: nobody guesses which.
    assert (second.section, second.catalog_class, second.legal_item) == (section, None, "")
    told = second.findings.filter(kind="not_placed")
    assert {f.evidence for f in told} == {"其他", "2007-99-99"}
    assert {f.severity for f in told} == {"info"}


def test_a_section_of_another_body_is_not_taken(bureau: Body, clerk: Person) -> None:
    far = orgs.create_body(fields={"code": "Q2", "name": "远处的局"}, by=None, now=NOW)
    orgs.create_section(body=far, fields={"code": "SC", "name": "市场科"}, by=None, now=NOW)
    saved("old")
    carried_out(bureau, clerk, ("清单.csv", HEAD + "甲,2008-01-02,市场科,,\n"), mapping="old")
    assert Record.objects.get().section is None
