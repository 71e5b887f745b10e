"""Folding keeps one spelling for each thing and knows the way back to the original."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.normalise import fold, fold_char, fold_with_offsets
from gongkai.text.traditional import SIMPLIFIED

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("政府資訊關于〔〕（）[]２０２３①㎡ﬁ\u200b\u00adABc12年、 \n門头沟"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("政府資訊", "政府资讯"),
        ("２０２３年", "2023年"),
        ("（ＡＢＣ）", "(abc)"),
        ("門\u200b头沟", "门头沟"),
        ("㎡①", "m21"),
        ("裏裡着", "里里着"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


PLAIN = st.text(alphabet="政府信息公開，。；：（）％～！？“”—·Ab1 \u3000\n〇※", max_size=60)


@given(PLAIN | st.text(max_size=60) | st.tuples(PLAIN, st.characters()).map("".join))
def test_whole_strings_fold_as_their_characters_do(text: str) -> None:
    assert fold(text) == fold_with_offsets(text).text == "".join(map(fold_char, text))


def test_every_character_of_the_plane_folds_as_by_itself() -> None:
    odd = [chr(code) for code in range(0x20000) if fold(chr(code)) != fold_char(chr(code))]
    assert odd == []


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_every_folded_character_knows_its_origin(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    for index, char in enumerate(folded.text):
        start, end = folded.span(index, index + 1)
        assert end == start + 1
        assert char in fold(text[start])
    assert folded.span(0, len(folded.text))[1] <= len(text)


def test_table_is_the_one_of_opencc() -> None:
    pytest.importorskip("opencc")
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text("utf-8").splitlines()
    for line in lines:
        traditional, _, simplified = line.partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == 1 == len(first) and first != traditional:
            assert SIMPLIFIED[traditional] == SIMPLIFIED.get(first, first)
