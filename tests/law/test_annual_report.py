"""Report forms: cells, totals, identities, carry-over, counting from cases, real reports."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import FORMS, check, complete, form_for, prefill
from gongkai.law.annual_report.model import Number, Values, check_sum_of_bodies
from gongkai.law.annual_report.requests_table import (
    COLUMNS,
    GROUPS,
    LEAVES_2021,
    RESULTS,
    key,
)
from gongkai.law.annual_report.shares import share
from gongkai.law.annual_report.tally import Case, tally
from gongkai.law.applications import ApplicantKind
from gongkai.law.replies import OUTCOMES

FORM = form_for(2024)
DAYS = st.dates(date(2022, 1, 1), date(2025, 12, 31))


def test_form_of_the_year() -> None:
    assert [form_for(y).key for y in (2008, 2018, 2019, 2020, 2021, 2026)] == [
        "2008",
        "2008",
        "2019",
        "2019",
        "2021",
        "2021",
    ]
    with pytest.raises(Refusal, match="2007年没有"):
        form_for(2007)


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.key)
def test_every_identity_names_cells_of_its_form(form: object) -> None:
    assert form in FORMS
    for found in FORMS:
        cells = found.cells
        for identity in found.identities:
            assert set(identity.left) | set(identity.right) | set(identity.last) <= set(cells)
        assert set(found.carry) | set(found.carry.values()) <= set(cells)
        assert len(cells) == sum(len(t.cells) for t in found.tables)


def test_size_of_the_tables() -> None:
    proactive, requests, remedies = FORM.tables
    assert len(requests.cells) == 25 * 7
    assert len(remedies.cells) == 15
    assert len(proactive.cells) == 10
    assert [t.title[0] for t in FORM.tables] == ["二", "三", "四"]


def test_an_empty_report_is_right_and_totals_are_computed() -> None:
    for form in FORMS:
        assert check(form, complete(form, {})) == ()
    values = complete(FORM, {key("new", "natural"): 2, key("granted", "natural"): 2})
    assert values[key("handled", "natural")] == 2
    assert values[key("new", "total")] == 2
    assert values[key("handled", "total")] == 2


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        (key("new", "natural"), -1, "不能是负数"),
        (key("new", "natural"), Decimal("0.5"), "须是整数"),
        ("requests.x.y", 1, "没有“requests.x.y”这一格"),
    ],
)
def test_bad_cells(cell: str, value: Number, words: str) -> None:
    found = [b for b in check(FORM, {cell: value}) if b.code == "I8"]
    assert len(found) == 1
    assert words in found[0].sentence


def test_a_change_may_be_negative_in_the_form_of_2019() -> None:
    old = form_for(2019)
    assert check(old, {"proactive.licences.change": -3}) == ()
    assert [b.code for b in check(old, {"proactive.licences.decisions": -3})] == ["I8"]


def test_documents_in_force_are_a_warning() -> None:
    name = "proactive.normative_documents"
    last: Values = {f"{name}.in_force": 84}
    values = {f"{name}.made": 8, f"{name}.abolished": 26, f"{name}.in_force": 66}
    assert check(FORM, values, last) == ()
    found = check(FORM, values, {f"{name}.in_force": 85})
    assert [(b.code, b.soft, b.left, b.right) for b in found] == [("I7", True, 92, 93)]
    assert check(FORM, values) == (), "without last year's report it cannot be judged"


def test_an_authority_is_the_sum_of_its_bodies() -> None:
    parts: list[Values] = [{key("new", "natural"): 3}, {key("new", "natural"): 4}]
    assert check_sum_of_bodies(FORM, {key("new", "natural"): 7}, iter(parts)) == ()
    [broken] = check_sum_of_bodies(FORM, {key("new", "natural"): 8}, iter(parts))
    assert (broken.code, broken.soft, broken.left, broken.right) == ("I9", True, 8, 7)


def test_form_of_2008() -> None:
    form = form_for(2010)
    values = complete(
        form,
        {
            "proactive.total.count": 10,
            "proactive.organisation.count": 10,
            "proactive.full_text.count": 4,
            "reasons.not_held.count": 2,
            "replies.granted.count": 1,
            "requests.web.count": 3,
        },
    )
    assert values["replies.refused.count"] == 2
    assert values["replies.total.count"] == 3
    assert values["proactive.full_text.share"] == Decimal("40.00")
    assert check(form, values) == ()
    counts = {k: n for k, n in values.items() if not k.endswith(".share")}
    assert check(form, counts) == (), "a report may leave the shares out"
    found = check(form, {**values, "proactive.full_text.count": 11})
    assert [b.code for b in found] == ["C5"]
    assert [b.code for b in check(form, {**values, "requests.total.count": 4})] == ["C2"]
    assert [b.code for b in check(form, {**values, "replies.total.count": 4})] == ["C3"]


def test_shares_are_rounded_half_up() -> None:
    assert [str(share(*pair)) for pair in ((1, 8), (1, 3), (0, 0), (1, 800), (5, 5))] == [
        "12.50",
        "33.33",
        "0.00",
        "0.13",
        "100.00",
    ]


CASES = st.lists(
    st.builds(
        lambda received, wait, applicant, outcome, ended: Case(
            received,
            applicant,
            outcome if ended else "",
            date.fromordinal(received.toordinal() + wait) if ended else None,
        ),
        DAYS,
        st.integers(0, 500),
        st.sampled_from(ApplicantKind),
        st.sampled_from([o.key for o in OUTCOMES]),
        st.booleans(),
    ),
    max_size=30,
)


@given(CASES, st.sampled_from([2022, 2023, 2024, 2025]))
def test_a_counted_table_always_foots(cases: list[Case], year: int) -> None:
    form = form_for(year)
    values = tally(cases, year, form)
    assert check(form, values) == ()
    last = tally(cases, year - 1, form)
    assert prefill(form, last) == {k: values[k] for k in form.carry}
    assert check(form, values, last) == ()


@given(CASES)
def test_a_counted_table_foots_in_the_form_of_2019_too(cases: list[Case]) -> None:
    form = form_for(2019)
    assert check(form, tally(cases, 2023, form)) == ()


def test_cases_at_the_turn_of_the_year() -> None:
    def values(received: str, ended: str) -> dict[str, Number]:
        case = Case(
            date.fromisoformat(received),
            ApplicantKind.BUSINESS,
            "abandoned_no_fee",
            date.fromisoformat(ended) if ended else None,
        )
        counted = tally([case], 2024, FORM)
        return {k.split(".")[1]: n for k, n in counted.items() if k.endswith("business") and n}

    assert values("2023-12-31", "2023-12-31") == {}
    assert values("2023-12-31", "2024-01-01") == {
        "carried_in": 1,
        "abandoned_no_fee": 1,
        "handled": 1,
    }
    assert values("2024-01-01", "2024-12-31")["new"] == 1
    assert values("2024-12-31", "2025-01-01") == {"new": 1, "carried_over": 1}
    assert values("2023-05-05", "") == {"carried_in": 1, "carried_over": 1}
    assert values("2025-01-01", "") == {}
    merged = tally(
        [Case(date(2020, 1, 1), ApplicantKind.BUSINESS, "other", date(2020, 1, 2))],
        2020,
        form_for(2020),
    )
    assert merged[key("other_handling", "total")] == 1


# The rows of the reading kept beside the repository, in the order of our leaves.
THEIRS = (
    "granted partial deny_secret deny_law deny_safety deny_third deny_internal deny_process "
    "deny_enforce deny_query na_nothold na_create na_unclear np_petition np_repeat "
    "np_publication np_mass np_confirm ot_nocorrect ot_nofee ot_other"
)


def test_real_reports_foot(shared_dir: Path) -> None:
    text = (shared_dir / "data/fixtures/yearly/TRUTH_dev.json").read_text("utf-8")
    rows = dict(zip(THEIRS.split(), (line.key for line in LEAVES_2021), strict=True))
    rows |= {"new": "new", "carry_in": "carried_in", "carry_out": "carried_over",
             "total": "handled"}  # fmt: skip
    for name, report in json.loads(text).items():
        values: dict[str, Number] = {
            key(rows[row], column.key): n
            for row, numbers in report["t3"].items()
            for column, n in zip(COLUMNS, numbers, strict=True)
        }
        cells = [f"remedies.{g.key}.{r.key}" for g in GROUPS for r in RESULTS]
        values |= dict(zip(cells, report["t4"], strict=True))
        assert check(FORM, values) == (), name
        assert complete(FORM, values).items() >= values.items()
        values[key("granted", "total")] += 1
        assert {b.code for b in check(FORM, values)} == {"I2", "I3"}
