"""The difference of two texts tells both texts exactly, and reads well."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongkai.desk.difference import Change, difference

texts = st.text(alphabet="一二三年月日12\n", max_size=60)


@given(texts, texts)
def test_both_texts_come_back(older: str, newer: str) -> None:
    found = difference(older, newer)
    assert "".join(c.text for c in found if c.kind != "insert") == older
    assert "".join(c.text for c in found if c.kind != "delete") == newer
    kinds = [c.kind for c in found]
    assert all(a != b for a, b in pairwise(kinds)), "neighbours are joined"


def test_a_changed_figure_is_seen_inside_its_line() -> None:
    found = difference("一、总则\n共清理453条信息。\n", "一、总则\n共清理506条信息。\n")
    assert found == [
        Change("equal", "一、总则\n共清理"),
        Change("delete", "453"),
        Change("insert", "506"),
        Change("equal", "条信息。\n"),
    ] or [c.text for c in found if c.kind == "insert"] == ["506"]
    assert "".join(c.text for c in found if c.kind == "delete") == "453"


def test_a_huge_changed_block_is_shown_as_a_whole() -> None:
    found = difference("甲" * 4000, "乙" * 4000)
    assert [c.kind for c in found] == ["delete", "insert"]
