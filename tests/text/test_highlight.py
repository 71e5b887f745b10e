"""Marks stand on the original text; joined pieces are the text again."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.highlight import marked, marks, passages

pairs = st.text(alphabet="政府資訊公开\u200b①12年〔〕 。號", max_size=50)


def hits(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in marks(text, query)]


def test_marks_show_the_original_spelling() -> None:
    assert hits("依據《政府資訊公開條例》", "信息 公开条例") == ["公開條例"]
    assert hits("京政发〔２０２３〕12号文", "京政发[2023]12号") == ["京政发〔２０２３〕12号"]
    assert hits("门\u200b头沟区", "门头沟") == ["门\u200b头沟"]
    assert hits("第112号", "12号") == []
    assert hits("面积①㎡，共12号", "12号") == ["12号"]


@given(pairs, pairs)
def test_pieces_join_to_the_text(text: str, query: str) -> None:
    pieces = marked(text, query)
    assert "".join(piece for piece, _ in pieces) == text
    assert sum(hit for _, hit in pieces) <= len(marks(text, query))


@given(pairs, pairs, st.integers(1, 4), st.integers(1, 12))
def test_passages_are_stretches_of_the_text(text: str, query: str, most: int, around: int) -> None:
    found = passages(text, query, most=most, around=around)
    assert len(found) <= most
    for passage in found:
        joined = "".join(piece for piece, _ in passage.pieces)
        assert joined == text[passage.start : passage.end]
    if marks(text, query):
        assert any(hit for passage in found for _, hit in passage.pieces)


def test_passage_stops_at_the_sentence() -> None:
    text = "前一句话。本局政府信息公开工作。后一句话。"
    (only,) = passages(text, "信息公开", around=30)
    assert text[only.start : only.end] == "本局政府信息公开工作。"


def test_no_hit_gives_the_beginning() -> None:
    (only,) = passages("一二三四五六七八", "无", around=2)
    assert only.pieces == (("一二三四", False),)
