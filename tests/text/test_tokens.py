"""Tokens find exactly what a substring search over the folded runs would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.normalise import fold
from gongkai.text.tokens import RUNS, Part, query_parts, tokens

words = st.text(alphabet="政府信息公开A1b２年 〔〕、號号", max_size=24)


def found(document: str, query: str) -> bool:
    """What a backend does: every part as a phrase or a prefix over the document's tokens."""
    have = tokens(document)
    for part in query_parts(query):
        want = list(part.tokens)
        if part.kind == "prefix":
            if not any(token.startswith(want[0]) for token in have):
                return False
        elif not any(have[i : i + len(want)] == want for i in range(len(have))):
            return False
    return True


def spelled(text: str) -> str:
    """Runs with one separator between them, the form a plain search would scan."""
    return "|" + "|".join(match.group() for match in RUNS.finditer(fold(text))) + "|"


def by_scan(document: str, piece: str) -> bool:
    wanted = spelled(piece).strip("|")
    if not wanted:
        return True
    runs = [match.group() for match in RUNS.finditer(fold(piece))]
    left = "|" if runs[0].isascii() else ""
    right = "|" if runs[-1].isascii() else ""
    return left + wanted + right in spelled(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府信息", ["政府", "府信", "信息", "息"]),
        ("2023年度", ["2023", "年", "年度", "度"]),
        ("京政发〔2023〕12号", ["京政", "政发", "发", "2023", "12", "号"]),
        ("PM2.5", ["pm", "2", "5"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("公开", [Part("phrase", ("公开",))]),
        ("税", [Part("prefix", ("税",))]),
        ("12号", [Part("phrase", ("12", "号"))]),
        ("政府 公开", [Part("phrase", ("政府",)), Part("phrase", ("公开",))]),
        ("。、〔〕", []),
    ],
)
def test_query_parts(query: str, expected: list[Part]) -> None:
    assert query_parts(query) == expected


@pytest.mark.parametrize(
    ("document", "query", "hit"),
    [
        ("京政发〔2023〕12号", "京政发[2023]12号", True),
        ("京政发〔2023〕112号", "12号", False),
        ("拨打12345热线", "12345热线", True),
        ("拨打“12345”热线电话", "12345热线", True),
        ("2023年度报告", "2023年", True),
        ("政府信息公開條例", "公开条例", True),
        ("税收", "税", True),
        ("政务公开", "政府公开", False),
    ],
)
def test_finding(document: str, query: str, hit: bool) -> None:
    assert found(document, query) is hit


@given(words, words)
def test_same_as_a_scan(document: str, query: str) -> None:
    pieces = fold(query).split()
    lone_ends = any(
        len(runs := [m.group() for m in RUNS.finditer(piece)]) > 1
        and len(runs[-1]) == 1
        and not runs[-1].isascii()
        and not runs[-2].isascii()
        for piece in pieces
    )
    by_tokens = found(document, query)
    scanned = all(by_scan(document, piece) for piece in pieces)
    if lone_ends:
        assert by_tokens or not scanned  # a lone last character is looked for by itself
    else:
        assert by_tokens is scanned


@given(st.data())
def test_every_stretch_of_a_text_is_found_in_it(data: st.DataObject) -> None:
    han = st.text(alphabet="政府信息公开年度报告〔〕，", min_size=1, max_size=40)
    text = data.draw(han)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert found(text, text[start:end])
