"""Differences rebuild both texts and read well."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.compare import (
    LONG,
    Paragraph,
    compare,
    compare_paragraphs,
    edits,
)
from gongkai.text.damage import find_damage

texts = st.text(alphabet="门头沟区商务局年月日12\n", max_size=60)


def rebuilt(old: str, new: str) -> tuple[str, str]:
    pieces = compare(old, new)
    return (
        "".join(piece.text for piece in pieces if piece.kind != "insert"),
        "".join(piece.text for piece in pieces if piece.kind != "delete"),
    )


@given(texts, texts)
def test_pieces_rebuild_both_texts(old: str, new: str) -> None:
    assert rebuilt(old, new) == (old, new)


@given(texts, texts)
def test_edits_lead_from_old_to_new(old: str, new: str) -> None:
    result, at = "", 0
    for edit in edits(old, new):
        assert old[edit.start : edit.end] == edit.removed
        assert new[edit.new_start :].startswith(edit.replacement)
        assert edit.removed != edit.replacement
        result += old[at : edit.start] + edit.replacement
        at = edit.end
    assert result + old[at:] == new


@given(texts)
def test_nothing_changed(text: str) -> None:
    assert edits(text, text) == []
    assert all(paragraph.kind == "equal" for paragraph in compare_paragraphs(text, text))


@given(texts, texts)
def test_paragraphs_hold_every_line_once(old: str, new: str) -> None:
    found = compare_paragraphs(old, new)
    olds = [p for p in found if p.old_number is not None]
    news = [p for p in found if p.new_number is not None]
    assert [p.old_number for p in olds] == list(range(1, len(old.splitlines()) + 1))
    assert [p.new_number for p in news] == list(range(1, len(new.splitlines()) + 1))
    assert [line(p, "insert") for p in olds] == old.splitlines()
    assert [line(p, "delete") for p in news] == new.splitlines()


def line(paragraph: Paragraph, without: str) -> str:
    return "".join(piece.text for piece in paragraph.pieces if piece.kind != without)


def test_a_replaced_name_is_one_edit() -> None:
    (edit,) = edits("北京市门头沟区商务局文件", "北京市滚球app_头条|官网:商务局文件")
    assert (edit.removed, edit.replacement) == ("门头沟区", "滚球app_头条|官网:")


def test_lost_signs_are_single_edits() -> None:
    found = edits("自2007年12月起，至2008年2月28日止", "自200712月起，至2008228日止")
    # Two signs around one figure are read as one edit.
    assert [(e.removed, e.replacement) for e in found] == [("年", ""), ("年2月", "2")]


def test_lines_side_by_side() -> None:
    old = "一、总则\n第一条 为了公开政府信息，制定本办法。\n第二条 本办法适用于全区。"
    new = "一、总则\n新增的一行完全不同\n第一条 为了依法公开政府信息，制定本办法。\n附则"
    assert [(p.kind, p.old_number, p.new_number) for p in compare_paragraphs(old, new)] == [
        ("equal", 1, 1),
        ("inserted", None, 2),
        ("changed", 2, 3),
        ("deleted", 3, None),
        ("inserted", None, 4),
    ]


def test_long_texts_are_anchored() -> None:
    chance = random.Random(7)
    old = "".join(
        chance.choice("政府信息公开工作总结报告年月日一二三四五") for _ in range(3 * LONG)
    )
    places = sorted(chance.sample(range(100, len(old) - 100, 50), 40))
    new, at = "", 0
    for place in places:
        new += old[at:place] + "改"
        at = place + 2
    new += old[at:]
    assert rebuilt(old, new) == (old, new)
    found = edits(old, new)
    assert len(found) == 40
    assert [edit.start for edit in found] == places


def test_two_different_long_texts() -> None:
    old, new = "甲乙丙丁" * LONG, "戊己庚辛" * LONG
    assert rebuilt(old, new) == (old, new)


def test_the_document_the_project_started_from(shared_dir: Path) -> None:
    copy = (shared_dir / "seed" / "summary-2008.txt").read_text("utf-8")
    found = [f for f in find_damage(copy, place="门头沟区") if f.kind != "sum_mismatch"]
    original = copy
    for finding in reversed(found):
        original = original[: finding.start] + (finding.proposal or "") + original[finding.end :]
    changes = edits(original, copy)
    assert rebuilt(original, copy) == (original, copy)
    names = [edit for edit in changes if edit.removed == "门头沟区"]
    assert len(names) == 11
    assert len({edit.replacement for edit in names}) == 1
    assert len(changes) <= 22
