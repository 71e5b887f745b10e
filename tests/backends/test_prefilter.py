"""What the quick scan finds is what the exact rules would find in the whole text."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.backends.scanners import marks, people, personal, work_secrets
from gongkai.backends.scanners.marks import MarkScanner
from gongkai.backends.scanners.people import PeopleScanner
from gongkai.backends.scanners.personal import PersonalDataScanner
from gongkai.backends.scanners.prefilter import HYPERSCAN, LINES, Piece, Prefilter, Trigger
from gongkai.backends.scanners.work_secrets import WorkSecretScanner
from gongkai.ports import Scanner
from gongkai.text.finding import Finding
from gongkai.text.normalise import fold_with_offsets

CARD = "11010919900307012X"
BITS = [
    "13812345678", "138 1234 5678", "１３８１２３４５６７８", CARD, CARD[:9] + "\u200b" + CARD[9:],
    f"{CARD[:6]}-{CARD[6:14]}\n{CARD[14:]}", "6222020200112233445", "a.b@example.com", "机密★三年",
    "\n秘　密\n", "\n內部資料\n", "（此件不公开）", "密级：秘密", "申请人：李小明，",
    "現住址：幸福路8号院3室",
    "京A12345", "护照E12345678", "，14岁，", "91110108551385082Q", "合同编号：", "卡号",
    "身份证", "110101900101123", "（王小红，女）", "，住河西路5号", "3号楼2单元",
    "未成年人李某", "確診為肝炎", "住院号B2024-001",
    "（送审稿）", "安保工作方案", "口令：Ab!9-xyz",
    "問題線索清單", "台胞证12345678",
]  # fmt: skip
PADDING = [
    "政府信息公开工作办法",
    "。",
    "\n",
    "关于印发通知的函" * 30,
    "x1y2 " * 9,
    "𠀀" * 8,
    "，2026年3月5日",
]
SCANNERS: dict[Any, Scanner] = {
    personal: PersonalDataScanner(),
    marks: MarkScanner(),
    people: PeopleScanner(),
    work_secrets: WorkSecretScanner(),
}
texts = st.lists(st.sampled_from(BITS + PADDING * 3), max_size=24).map("".join)


@pytest.mark.skipif(not HYPERSCAN, reason="没有适合这台机器的 hyperscan 包, 只有一种读法。")
@pytest.mark.parametrize("module", SCANNERS, ids=lambda m: m.__name__.rpartition(".")[2])
@settings(max_examples=300)
@given(text=texts)
def test_pieces_give_what_the_whole_text_gives(module: Any, text: str) -> None:
    quick = SCANNERS[module].scan({"text": text})
    whole = list(module._scan("text", Piece(text, b"", 0)))
    assert places(quick) == places(whole)
    for finding in quick:
        assert text[finding.start : finding.end] == finding.evidence


def places(found: Iterable[Finding]) -> set[tuple[str, int, int]]:
    return {(f.kind, f.start, f.end) for f in found}


@pytest.mark.skipif(not HYPERSCAN, reason="没有适合这台机器的 hyperscan 包。")
@given(st.lists(st.sampled_from("机機密★ \u200b\u3000三年关于X"), max_size=30).map("".join))
def test_no_spelling_of_a_trigger_slips_through(middle: str) -> None:
    text = "关于某事的说明。" * 40 + middle + "特此通知。" * 40
    prefilter = Prefilter([Trigger("marks", "机_密~★", LINES)])
    there = re.search(r"机\s?密\s*★", fold_with_offsets(middle).text) is not None
    found = bool(list(prefilter.pieces(text, "marks")))
    assert found == (there or "\u200b" in middle)


OPENERS = ["\n", "\n ＃", "（", "【", "[", "\u3000", "。", "密級", "密\u3000级 ：", "\u200b\n"]
LEVELS = ["機密", "绝 密", "秘\u3000密", "机\u200b密", "內部資料", "工作秘密", "此件不公开"]
ENDS = ["\n", "★", " ※三年", "）", "】\n", "。", "\u2003★", "3年\n", "外传\n"]
MARKED = st.tuples(*map(st.sampled_from, (OPENERS, LEVELS, ENDS))).map("".join)


@pytest.mark.skipif(not HYPERSCAN, reason="没有适合这台机器的 hyperscan 包。")
@pytest.mark.parametrize("begin", ["", "关于某事的说明。" * 40])
@settings(max_examples=300)
@given(middle=st.lists(MARKED, max_size=3).map("".join))
def test_marks_are_found_wherever_and_however_they_stand(begin: str, middle: str) -> None:
    text = begin + middle + "特此通知。" * 60
    quick = MarkScanner().scan({"text": text})
    assert places(quick) == places(marks._scan("text", Piece(text, b"", 0)))


@pytest.mark.skipif(not HYPERSCAN, reason="没有适合这台机器的 hyperscan 包。")
@pytest.mark.parametrize("module", SCANNERS, ids=lambda m: m.__name__.rpartition(".")[2])
def test_pieces_of_real_texts_give_what_the_whole_gives(module: Any, shared_dir: Path) -> None:
    folder = shared_dir / "data" / "fixtures"
    paths = [shared_dir / "seed" / "summary-2008.txt"]
    paths += [p for end in ("html", "json", "csv", "txt") for p in sorted(folder.rglob(f"*.{end}"))]
    for path in paths:
        text = path.read_text("utf-8", "replace")[:200_000]
        assert places(SCANNERS[module].scan({"text": text})) == places(
            module._scan("text", Piece(text, b"", 0))
        ), path.name


def test_pieces_know_where_they_stand() -> None:
    text = "政府信息公开。" * 100 + "电话13812345678。" + "公开指南。" * 100
    prefilter = Prefilter([Trigger("numbers", "D" * 10)])
    for piece in prefilter.pieces(text, "numbers"):
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        assert "13812345678" in piece.text
        assert not HYPERSCAN or len(piece.text) < 200


def test_without_hyperscan_the_whole_text_is_the_piece() -> None:
    slow = Prefilter([Trigger("numbers", "D" * 10)], hyperscan_wanted=False)
    assert [(p.start, p.text) for p in slow.pieces("无号码", "numbers")] == [(0, "无号码")]
    assert list(slow.pieces("", "numbers")) == []
