"""Marked places cut the text without losing a character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.desk.marks import Place, pieces

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(st.text(max_size=50), spans)
def test_pieces_give_the_text_back(text: str, given_spans: list[tuple[int, int]]) -> None:
    places = [Place(str(n), min(s), max(s)) for n, s in enumerate(given_spans)]
    cut = pieces(text, places)
    assert "".join(p.text for p in cut) == text
    if text:
        begun = [key for p in cut for key in p.begins]
        assert sorted(begun) == sorted(p.key for p in places), "every mark begins exactly once"


def test_overlapping_marks_both_stand_on_the_common_stretch() -> None:
    cut = pieces("截止2008228日前", [Place("1", 2, 9), Place("2", 6, 10, "grave")])
    assert [(p.text, p.keys) for p in cut] == [
        ("截止", ()),
        ("2008", ("1",)),
        ("228", ("1", "2")),
        ("日", ("2",)),
        ("前", ()),
    ]


def test_an_empty_place_marks_the_character_it_stands_before() -> None:
    assert [p.text for p in pieces("五一日", [Place("1", 1, 1)]) if p.keys] == ["一"]
    assert [p.text for p in pieces("五一日", [Place("1", 3, 3)]) if p.keys] == ["日"]
