"""The quick looks before the long searches lose nothing: the same findings as without them."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.backends.scanners import spam
from gongkai.text import garbling, replaced_names, sums
from gongkai.text.ad_words import BETTING, STRONG, WEAK, speaking_lines
from gongkai.text.finding import Finding
from gongkai.text.traditional import SIMPLIFIED

PIECES = (
    *sorted(STRONG | WEAK | BETTING),
    *("bet365", "BT-188", "ab666", "12vip", "Bet_36", "K188", "\u017f\u212a365", "７７", "x"),
    *("(中国)有限公司", "（中国）", "商务局", "某市", "某区", "关于", "的通知", "2008年"),
    *("_", "|", ":", "：", " ", "\n", "www.", ".com", "。", "-"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
SUMS = st.lists(
    st.sampled_from(
        (
            "共10条，",
            "其中",
            "甲类3条，",
            "乙7条",
            "占总体的比例为30%",
            "占70.0%；",
            "占",
            "，",
            "。",
            "\n",
            "5",
        )
    ),
    max_size=14,
).map("".join)
SIGNS = ("關", "关", "(guān)", "(guan)", "??", "?", "\ufffd", "鏀垮簻淇℃伅", "政府", "a", " ")
RARE = ("\n", "國", "書", "乾", "\U00020000", "\U0002b5d8")
GARBLED = st.lists(st.sampled_from(SIGNS + RARE), max_size=16).map("".join)


def whole_text(text: str) -> list[tuple[int, int]]:
    """Advertisements, looked for everywhere."""
    whole = replaced_names._whole
    spans = [whole(text, span) for span in replaced_names._clusters(text, 0, len(text))]
    return replaced_names._agreed(text, [s for s in spans if replaced_names._is_ad(text, s)])


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_advertisements_are_all_in_the_lines_looked_at(text: str) -> None:
    expected = whole_text(text)
    expected += replaced_names._glued(text, expected)
    assert [(f.start, f.end) for f in replaced_names.replaced_names(text)] == sorted(expected)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_words_of_advertisers_are_all_in_the_lines_looked_at(text: str) -> None:
    every = [m.span() for m in spam._WORD.finditer(text)]
    seen = [m.span() for a, b in speaking_lines(text) for m in spam._WORD.finditer(text, a, b)]
    assert seen == every


def kept(found: list[Finding], text: str) -> list[Finding]:
    return [f for f in found if f.end <= len(text)]


@given(SUMS)
@settings(max_examples=300, deadline=None)
def test_sums_are_found_with_and_without_the_quick_look(text: str) -> None:
    bait = "\n。占1%占2%。其中"
    assert sums.sum_findings(text) == kept(sums.sum_findings(text + bait), text)


@given(GARBLED)
@settings(max_examples=300, deadline=None)
def test_garbling_is_found_with_and_without_the_quick_look(text: str) -> None:
    text += "。"
    bait = "\n\U0002cccc ā ???\n?? 鏀垮簻淇℃伅 政"
    assert "\U0002cccc" not in SIMPLIFIED
    plain = [f for f in garbling.garbled(text) if f.kind != "traditional_script"]
    baited = [f for f in garbling.garbled(text + bait) if f.kind != "traditional_script"]
    assert plain == kept(baited, text)


@given(GARBLED)
@settings(max_examples=300, deadline=None)
def test_traditional_text_is_counted_alike_either_way(text: str) -> None:
    places = [n for n, char in enumerate(text) if char in SIMPLIFIED]
    han = len(re.findall(garbling._HAN, text))
    whole = len(places) >= 5 and len(places) >= han * 0.04
    assert whole == any(f.kind == "traditional_script" for f in garbling.garbled(text))
