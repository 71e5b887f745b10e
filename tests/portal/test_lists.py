"""Lists, facets and numbers of the catalog."""

from __future__ import annotations

from datetime import timedelta

from gongkai.catalog import actions, queries
from gongkai.catalog.directory import Directory, directory
from gongkai.catalog.facets import Facet, facets
from gongkai.catalog.figures import figures
from gongkai.catalog.filters import EntryFilter, entries
from gongkai.catalog.generation import current
from tests import factories
from tests.factories import NOW, Office


def names() -> Directory:
    return directory(current())


def titles(wanted: EntryFilter) -> set[str]:
    return {entry.title for entry in entries(wanted, names())}


def facet(wanted: EntryFilter, name: str) -> dict[str, int]:
    found = [f for f in facets(wanted, names(), current()) if f.name == name]
    return {value.code: value.count for value in found[0].values} if found else {}


def test_each_condition_narrows_and_unknown_words_match_nothing(at: Office) -> None:
    other = factories.office(name="云岭区教育局")
    a = factories.published(at, title="甲", genre="notice", validity="repealed")
    b = factories.published(at, title="乙", genre="plan", column="measures", catalog_class=None)
    c = factories.published(other, title="丙", legal_item="2019-20-03")
    assert titles(EntryFilter()) == {"甲", "乙", "丙"}
    assert titles(EntryFilter(body=at.body.code)) == {"甲", "乙"}
    assert titles(EntryFilter(genre="plan")) == {"乙"}
    assert titles(EntryFilter(validity="repealed")) == {"甲"}
    assert titles(EntryFilter(column="measures")) == {"乙"}
    assert titles(EntryFilter(section="fagui", body=other.body.code)) == {"丙"}
    assert titles(EntryFilter(section="bangong")) == set()
    assert titles(EntryFilter(legal_item="2019-20-03")) == {"丙"}
    assert titles(EntryFilter(year=2026)) == {"甲", "乙", "丙"}
    assert titles(EntryFilter(year=2008)) == set()
    # One code in two bodies is one class for the reader; the top class holds its sub-classes.
    assert titles(EntryFilter(catalog_class="regulations")) == {"甲", "丙"}
    assert titles(EntryFilter(catalog_class="documents", body=other.body.code)) == {"丙"}
    assert titles(EntryFilter(body="nobody")) == set()
    assert titles(EntryFilter(catalog_class="nothing")) == set()
    assert {a.body_id, b.body_id, c.body_id} == {at.body.pk, other.body.pk}


def test_a_page_is_cut_from_the_newest_down(at: Office) -> None:
    for day in range(queries.PAGE_SIZE + 2):
        factories.published(at, now=NOW + timedelta(days=day), title=f"第{day}天")
    first = queries.page(EntryFilter(), names(), number=1, generation=current())
    second = queries.page(EntryFilter(), names(), number=2, generation=current())
    assert first is not None
    assert second is not None
    assert [line.title for line in second.lines] == ["第1天", "第0天"]
    assert (first.total, first.last, len(first.lines)) == (22, 2, 20)
    assert first.lines[0].title == "第21天"
    assert queries.page(EntryFilter(), names(), number=3, generation=current()) is None
    assert queries.page(EntryFilter(), names(), number=0, generation=current()) is None


def test_facets_count_what_each_choice_would_leave(at: Office) -> None:
    for genre, validity in [("notice", "in_force"), ("notice", "repealed"), ("plan", "in_force")]:
        factories.published(at, genre=genre, validity=validity)
    assert facet(EntryFilter(), "genre") == {"notice": 2, "plan": 1}
    # Under another condition the counts shrink; the chosen heading keeps its alternatives.
    assert facet(EntryFilter(validity="in_force"), "genre") == {"notice": 1, "plan": 1}
    assert facet(EntryFilter(validity="repealed"), "genre") == {}
    assert facet(EntryFilter(validity="repealed"), "validity") == {"in_force": 2, "repealed": 1}
    assert facet(EntryFilter(genre="plan"), "genre") == {"notice": 2, "plan": 1}


def test_classes_are_listed_as_a_tree(at: Office) -> None:
    factories.published(at)
    factories.published(at, catalog_class=at.top_class)
    (found,) = [f for f in facets(EntryFilter(), names(), current()) if f.name == "catalog_class"]
    assert isinstance(found, Facet)
    assert [(v.code, v.depth, v.count) for v in found.values] == [
        ("regulations", 0, 2),
        ("documents", 1, 1),
    ]


def test_withdrawn_records_leave_lists_counts_and_facets(at: Office) -> None:
    kept = factories.published(at, title="留下", genre="plan")
    gone = factories.published(at, title="撤下", genre="notice")
    assert queries.count(EntryFilter(), names(), current()) == 2
    actions.withdraw(record=gone.record, code="error", note="有误", by=at.officer, now=NOW)
    assert queries.count(EntryFilter(), names(), current()) == 1
    assert titles(EntryFilter()) == {"留下"}
    assert facet(EntryFilter(), "genre") == {}
    found = queries.found_lines([gone.pk, kept.pk])
    assert list(found) == [kept.pk]
    assert found[kept.pk][0].title == "留下"
    assert found[kept.pk][1].startswith("各科室：")
    assert figures(None, 2026, names(), current()).total == 1


def test_the_numbers_of_the_year_add_up(at: Office) -> None:
    for month in (1, 1, 3):
        factories.published(at, now=NOW.replace(month=month))
    factories.published(at, now=NOW.replace(year=2025), column="annual_report", catalog_class=None)
    found = figures(None, 2026, names(), current())
    assert found.months[:4] == (2, 0, 1, 0)
    assert (found.in_year, found.total, found.since) == (3, 4, 2025)
    assert found.classes == (("法规文件", 3), ("未分类", 1))
    assert sum(n for _name, n in found.classes) == found.total
