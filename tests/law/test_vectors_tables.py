"""Acceptance vectors 46–53 and 57, 64–67: report tables, sums, tags, secrecy, archive."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from gongkai.kit.money import wan_to_yuan
from gongkai.kit.refusal import Refusal
from gongkai.law import duties, metadata
from gongkai.law.annual_report import check, complete, form_for, prefill
from gongkai.law.annual_report.model import Form, Number
from gongkai.law.annual_report.requests_table import COLUMNS, KINDS, LEAVES_2021, key
from gongkai.law.annual_report.shares import CleanUp, check_classes
from gongkai.law.index_number import parse

NEW = form_for(2025)
LEAF_TOTALS = [
    5548, 2168, 13, 30, 11, 51, 104, 85, 286, 150, 3222, 180, 19, 203, 148, 0, 101, 5, 318, 203,
    965,
]  # fmt: skip


def filled(form: Form, **totals: int) -> dict[str, Number]:
    """Natural persons only, totals put in by the form."""
    return complete(form, {key(row, "natural"): n for row, n in totals.items()})


def test_vector_46_in_equals_out() -> None:
    good = filled(NEW, new=13612, carried_in=535, granted=13364, carried_over=783)
    assert check(NEW, good) == ()
    bad = filled(NEW, new=13612, carried_in=535, granted=13364, carried_over=782)
    breaks = check(NEW, bad)
    assert {b.code for b in breaks} == {"I1"}
    assert (breaks[0].left, breaks[0].right) == (14147, 14146)
    assert "一+二≠三(七)+四" in breaks[0].sentence


def test_vector_47_total_of_the_leaves() -> None:
    rows = {line.key: n for line, n in zip(LEAVES_2021, LEAF_TOTALS, strict=True)}
    values = filled(NEW, **rows)
    assert values[key("handled", "total")] == 13810
    values[key("handled", "total")] = 13811
    assert {b.code for b in check(NEW, values)} >= {"I2", "I3"}


def test_vector_48_form_of_2019() -> None:
    old = form_for(2019)
    values = complete(
        old,
        {
            key("new", "natural"): 821,
            key("carried_in", "natural"): 18,
            key("other_handling", "natural"): 767,
            key("carried_over", "natural"): 72,
            key("new", "business"): 38,
            key("granted", "business"): 38,
        },
    )
    assert check(old, values) == ()
    assert values[key("new", "total")] == 859
    assert values[key("handled", "total")] == 805
    assert key("other", "total") not in old.cells
    assert len([c for c in old.cells if c.endswith(".total") and "requests" in c]) == 23
    assert form_for(2020) is old
    assert form_for(2018) is not old


def test_vector_49_table_four() -> None:
    rows = {
        "reconsideration": (376, 97, 196, 121, 790),
        "lawsuit_direct": (16, 1, 12, 27, 56),
        "lawsuit_after": (74, 1, 30, 51, 156),
    }
    results = ("upheld", "corrected", "other", "pending", "total")
    values: dict[str, Number] = {
        f"remedies.{group}.{result}": n
        for group, numbers in rows.items()
        for result, n in zip(results, numbers, strict=True)
    }
    assert check(NEW, values) == ()
    values["remedies.lawsuit_after.total"] = 157
    assert [b.code for b in check(NEW, values)] == ["I4"]


def test_vector_50_carried_over_becomes_carried_in() -> None:
    over = (783, 6, 0, 2, 25, 3, 819)
    last: dict[str, Number] = {
        key("carried_over", c.key): n for c, n in zip(COLUMNS, over, strict=True)
    }
    given = prefill(NEW, last)
    assert tuple(given[key("carried_in", c.key)] for c in COLUMNS) == over
    values = complete(NEW, {**given, **{key("carried_over", k): given[key("carried_in", k)]
                                        for k in KINDS}})  # fmt: skip
    assert check(NEW, values, last) == ()
    values[key("carried_in", "natural")] = 782
    assert "I5" in {b.code for b in check(NEW, values, last)}


def test_vector_51_seed_classes_do_not_add_up() -> None:
    counts = {"机构职能": 13, "法规文件": 19, "规划计划": 28, "行政职责": 44, "业务动态": 264}
    found = check_classes(counts, 366)
    assert (found.total_of_classes, found.difference) == (368, 2)
    assert "分类合计与主动公开数不符（差2）" in found.sentence
    assert [str(s) for s in found.shares.values()] == ["3.53", "5.16", "7.61", "11.96", "71.74"]
    assert check_classes(counts, 368).sentence == ""


def test_vector_51_by_the_form_of_2008() -> None:
    form = form_for(2008)
    counts = {"organisation": 13, "regulations": 19, "plans": 28, "duties": 44, "updates": 264}
    values = complete(
        form,
        {"proactive.total.count": 366}
        | {f"proactive.{name}.count": n for name, n in counts.items()},
    )
    assert [(b.code, b.left, b.right) for b in check(form, values)] == [("C1", 366, 368)]
    values["proactive.organisation.share"] = Decimal("3.53")
    soft = [b for b in check(form, values) if b.code == "C6"]
    assert [b.soft for b in soft] == [True]
    assert "按分类合计368计算" in soft[0].sentence
    values["proactive.organisation.share"] = Decimal("4.00")
    assert [b.soft for b in check(form, values) if b.code == "C6"] == [False]


def test_vector_52_seed_clean_up() -> None:
    first, second = CleanUp(453, 330, 1), CleanUp(53, 36, 1)
    assert (first.withheld, second.withheld) == (122, 16)
    both = first + second
    assert (both.total, both.proactive, both.on_request, both.withheld) == (506, 366, 2, 138)
    with pytest.raises(ValueError, match="多于清理总数"):
        CleanUp(10, 10, 1)


def test_vector_53_ten_thousands_of_yuan() -> None:
    assert wan_to_yuan(316_441) == 3_164_410_000
    cell = NEW.cells["proactive.fees.amount"]
    assert (cell.unit, cell.decimal) == ("万元", True)
    assert check(NEW, {"proactive.fees.amount": Decimal("96171.6")}) == ()


def test_vector_57_a_number_stays_when_the_organ_goes() -> None:
    # The organ 999 is in no table any more (renamed, merged): the number is kept to the letter.
    number = parse("11J999/ZK-2008-000368")
    assert number.text == number.raw == "11J999/ZK-2008-000368"
    assert number.body == "11J999"


def test_vector_64_tags_of_pages() -> None:
    article = metadata.required_tags(metadata.Page.ARTICLE)
    assert article[-3:] == ("ArticleTitle", "PubDate", "ContentSource")
    column = metadata.required_tags(metadata.Page.COLUMN)
    assert {"ColumnName", "ColumnType"} <= set(column)
    for page in metadata.Page:
        assert {"SiteName", "SiteIDCode"} <= set(metadata.required_tags(page))
    assert metadata.pub_date(date(2008, 12, 26)) == "2008-12-26 00:00"
    assert metadata.pub_date(datetime(2026, 7, 19, 7, 16, 5)) == "2026-07-19 07:16"


def test_vector_65_no_date_before_the_true_release() -> None:
    released = datetime(2026, 11, 23, 9, 30)
    with pytest.raises(Refusal, match="伪造发稿日期"):
        metadata.require_true_moment(datetime(2026, 11, 23, 9, 29), released)
    metadata.require_true_moment(released, released)


@pytest.mark.parametrize(
    ("level", "years", "end"),
    [
        (duties.SecrecyLevel.MIDDLE, None, "2024-01-01"),
        (duties.SecrecyLevel.LOWEST, None, "2014-01-01"),
        (duties.SecrecyLevel.HIGHEST, None, "2034-01-01"),
        (duties.SecrecyLevel.MIDDLE, 5, "2009-01-01"),
        (duties.SecrecyLevel.MIDDLE, 50, "2024-01-01"),
    ],
)
def test_vector_66_end_of_secrecy(level: duties.SecrecyLevel, years: int | None, end: str) -> None:
    made, last = date(2004, 1, 1), date.fromisoformat(end)
    closed = duties.secrecy_end(level, made, today=last, years=years)
    assert (closed.closed_through, closed.to_review) == (last, False)
    after = duties.secrecy_end(
        level, made, today=date.fromordinal(last.toordinal() + 1), years=years
    )
    assert after.to_review
    assert "重新审查" in after.sentence


def test_vector_67_archive_transfer() -> None:
    county, basis = duties.archive_due(date(2016, 2, 29), county=True)
    assert county == date(2026, 2, 28)
    assert "第二十条" in basis
    assert duties.archive_due(date(2016, 5, 1), county=False)[0] == date(2036, 5, 1)
    assert len(metadata.CORE_ELEMENTS) == 14
