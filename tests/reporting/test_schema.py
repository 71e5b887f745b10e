"""The JSON of a report and the values of a form are the same thing said twice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report import FORMS
from gongkai.reporting.schema import addresses, from_schema, layout, to_schema


@given(st.sampled_from([form.key for form in FORMS]), st.data())
def test_there_and_back(edition: str, data: st.DataObject) -> None:
    form = next(form for form in FORMS if form.key == edition)
    number = st.none() | st.integers(-(10**9), 10**12)
    cells = {key: data.draw(number) for key in list(form.cells)[:: data.draw(st.integers(1, 9))]}
    said = {"edition": edition, **to_schema(edition, cells)}
    back = from_schema(said)
    assert {key: value for key, value in back.items() if value is not None} == {
        key: value for key, value in cells.items() if value is not None
    }


@pytest.mark.parametrize("edition", [form.key for form in FORMS])
def test_every_cell_of_a_form_has_its_own_address(edition: str) -> None:
    form = next(form for form in FORMS if form.key == edition)
    named = addresses(edition)
    assert set(named) == set(form.cells)
    assert len(set(named.values())) == len(named)


def test_the_rows_of_table_three_stand_in_the_order_of_the_form() -> None:
    for edition, rows in (("2021", 25), ("2019", 23)):
        three = layout(edition)["t3"]
        assert isinstance(three, dict)
        assert len(three) == rows
        assert list(three)[-2:] == ["total", "carry_out"]


def test_money_keeps_its_decimals_and_a_lone_cell_may_stand_for_a_row() -> None:
    said = to_schema("2021", {"proactive.fees.amount": Decimal("18651.06")})
    assert said["t2"]["行政事业性收费"] == [18651.06]
    back = from_schema({"t2": {"行政事业性收费": 18651.06, "行政许可": 4529}})
    assert back == {
        "proactive.fees.amount": Decimal("18651.06"),
        "proactive.licences.decisions": 4529,
    }


@pytest.mark.parametrize(
    "wrong", [{"t4": [1, 2]}, {"t2": {"规章": ["一", 0, 0]}}, {"edition": "1999"}]
)
def test_what_is_no_report_is_refused_with_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal, match=r"请核对|可用的有"):
        from_schema(wrong)
