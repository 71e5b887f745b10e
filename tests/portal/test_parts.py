"""Small pure parts of the public site: paging, differences, charts, text, tags, numbers."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal import machine
from gongkai.portal.chart import BASE, TOP, bars
from gongkai.portal.difference import GONE, KEPT, NEW, Block, difference
from gongkai.portal.pager import pager
from gongkai.portal.questions import whole_number
from gongkai.portal.views.record import size_of

LINES = st.lists(st.text(alphabet="甲乙丙丁，。 ", min_size=1, max_size=12), max_size=8)


def side(blocks: list[Block], kinds: set[str]) -> list[str]:
    return [
        text
        for block in blocks
        if (text := "".join(p.text for p in block.pieces if p.kind in kinds))
    ]


@given(LINES, LINES)
def test_a_difference_holds_both_texts(older: list[str], newer: list[str]) -> None:
    a = [line.strip() for line in older if line.strip()]
    b = [line.strip() for line in newer if line.strip()]
    blocks = difference("\n".join(older), "\n".join(newer))
    assert (blocks == []) == (a == b)
    skipped = sum(block.skipped for block in blocks)
    if not skipped:
        assert side(blocks, {KEPT, GONE}) == (a if blocks else [])
        assert side(blocks, {KEPT, NEW}) == (b if blocks else [])
    elif blocks:
        assert len(side(blocks, {KEPT, GONE})) + skipped == len(a)
        assert len(side(blocks, {KEPT, NEW})) + skipped == len(b)


def test_a_changed_figure_is_marked_alone() -> None:
    (block,) = difference("每季度通报一次", "每半年通报一次")
    assert [(p.kind, p.text) for p in block.pieces] == [
        (KEPT, "每"), (GONE, "季度"), (NEW, "半年"), (KEPT, "通报一次"),
    ]  # fmt: skip


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_the_pager_shows_first_last_and_neighbours(number: int, last: int) -> None:
    number = min(number, last)
    found = pager("/catalog/", [("class", "a b")], number=number, last=last)
    if last == 1:
        assert found is None
        return
    assert found is not None
    shown = [link.number for link in found.links if link.number]
    assert shown == sorted(set(shown))
    assert {1, last, number} <= set(shown)
    assert len(found.links) <= 9
    (present,) = [link for link in found.links if link.number and not link.address]
    assert present.number == number
    assert all("class=a+b" in link.address for link in found.links if link.address)
    assert bool(found.before) == (number > 1)
    assert bool(found.after) == (number < last)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "１", "²", "1e3", "0x1", " 1", "9999999", "٣"])
def test_only_short_plain_digits_are_a_number(text: str) -> None:
    assert whole_number(text) is None


def test_a_number_is_read() -> None:
    assert whole_number("000123") == 123


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_bars_stand_on_the_line_and_the_highest_reaches_the_top(values: list[int]) -> None:
    chart = bars([(str(n), value) for n, value in enumerate(values)])
    assert all(abs(bar.y + bar.height - BASE) < 0.11 for bar in chart.bars)
    assert all(bar.y >= TOP - 0.1 for bar in chart.bars)
    highest = max(values)
    if highest:
        assert any(bar.y == TOP for bar in chart.bars if bar.value == highest)


@given(st.text(alphabet="<>&\"'script/a\n"))
def test_paragraphs_never_let_markup_through(text: str) -> None:
    bare = re.sub(r'</?p(?: class="(?:section|sign)")?>', "", machine.paragraphs(text))
    assert "<" not in bare
    assert ">" not in bare


@given(st.text())
def test_a_data_block_is_json_and_cannot_close_itself(text: str) -> None:
    block = machine.data_block({"name": text})
    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner) == {"name": text}


def test_headings_and_the_signature_are_marked() -> None:
    html = machine.paragraphs("一、总则\n正文。\n云岭区商务局\n2026年10月28日\n")
    assert '<p class="section">一、总则</p>' in html
    assert '<p class="sign">云岭区商务局</p>\n<p class="sign">2026年10月28日</p>' in html
    assert "<p>正文。</p>" in html
    # A sentence above the date is no name.
    assert "<p>自即日起施行。</p>" in machine.paragraphs("一\n自即日起施行。\n2026年10月28日")


@pytest.mark.parametrize(("size", "told"), [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB")])
def test_sizes_are_told_for_people(size: int, told: str) -> None:
    assert size_of(size) == told
