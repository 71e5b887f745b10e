"""Rows of the statutory tables out of plain text, where cells may be run together.

The Chinese characters of a section are aligned as one string with all that is printed in the
table, so that lost, added and confused characters do no harm; the figures between the end of one
label and the beginning of the next are the row's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import Levenshtein

from gongkai.reporting.reading.figures import is_blank
from gongkai.reporting.reading.labels import HAN, Label
from gongkai.reporting.reading.model import Row
from gongkai.text.normalise import fold

ENOUGH: Final = 0.6
LONGEST: Final = 20_000
"""Characters of one section; a table has a few hundred."""
_DIGIT: Final = re.compile(r"\d")
_ORDINAL: Final = re.compile(r"\d\s*[.、][\u3400-\u9fff]*")
_WORDS_AROUND: Final = re.compile(rf"^{HAN.pattern}+|{HAN.pattern}+$")
_FIGURE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?|[/—-]")
_MIXED: Final = "后面一行的名称没有认出来，数字可能是两行的。"
_EDGES: Final = "（(）)。;；:：、,，[]【】《》\"“”'"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a label stands in the section: half-open, and how much of it is there."""

    label: Label
    start: int
    end: int
    share: float


def find_labels(text: str, head: str, labels: Sequence[Label]) -> list[Found]:
    """The labels that stand in a folded text, in order."""
    places = [index for index, char in enumerate(text) if HAN.match(char)]
    there = "".join(text[place] for place in places)
    printed = head + "".join(label.words for label in labels)
    mate = _mates(printed, there)
    found: list[Found] = []
    at = len(head)
    for label in labels:
        own = [mate[k] for k in range(at, at + len(label.words)) if k in mate]
        at += len(label.words)
        kept = _densest(own, len(label.words))
        if len(kept) >= max(2, ENOUGH * len(label.words)):
            share = len(kept) / len(label.words)
            found.append(Found(label, places[kept[0]], places[kept[-1]] + 1, share))
    return found


def _mates(printed: str, there: str) -> dict[int, int]:
    """Index in what is printed → index in what is there, for characters that agree."""
    return {
        block.src_start + k: block.dest_start + k
        for block in Levenshtein.opcodes(printed, there)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    }


def _densest(own: Sequence[int], length: int) -> Sequence[int]:
    """Of a label's characters those that stand together: strays far off are left out."""
    best: Sequence[int] = ()
    start = 0
    for end in range(len(own)):
        while own[end] - own[start] > length * 2:
            start += 1
        if end + 1 - start > len(best):
            best = own[start : end + 1]
    return best


def rows_in_text(text: str, head: str, labels: Sequence[Label]) -> dict[str, Row]:
    """The rows of a section of text, by name."""
    section = fold(text)[:LONGEST].replace("|", "\t")
    found = find_labels(section, head, labels)
    rows: dict[str, Row] = {}
    for index, one in enumerate(found):
        if not one.label.cells:
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        gap = section[one.end : following.start] if following else _last_gap(section[one.end :])
        inside = section[one.start : one.end]
        row = _row(one.label, inside, gap, _next_ordinal(labels, one, following))
        if index and not found[index - 1].label.cells and not any(row.tokens):
            row = _within_group(row, section[found[index - 1].start : one.start])
        lost = _lost_behind(labels, one, following)
        rows |= _parted_rows(row, lost, gap) if lost else {row.row: row}
    return rows


def _last_gap(rest: str) -> str:
    """The figures behind the last label: words after them are of something else."""
    end = re.search(rf"\d.*?({HAN.pattern}{{2,}})", rest, re.DOTALL)
    return rest[: end.start(1)] if end else rest


def _within_group(row: Row, before: str) -> Row:
    """Of labels printed side by side over several lines the figures stand between the words of
    both: behind the beginning of the group's."""
    figures = tuple(token for token in before.split() if _FIGURE.fullmatch(token))
    if len(figures) < 2:
        return row
    return replace(row, tokens=figures, exact=len(figures) == len(row.cells), other=None)


def _lost_behind(labels: Sequence[Label], one: Found, following: Found | None) -> tuple[Label, ...]:
    """Rows printed behind a label whose own labels were not found: their figures are its too."""
    place = labels.index(one.label)
    end = labels.index(following.label) if following else len(labels)
    return tuple(label for label in labels[place + 1 : end] if label.cells)


def _parted_rows(row: Row, lost: Sequence[Label], gap: str) -> dict[str, Row]:
    """The figures of several rows where they stand apart and are as many as all cells; else they
    are not trusted."""
    tokens = tuple(token for token in _tokens(gap) if not _ORDINAL.fullmatch(token))
    widths = [len(row.cells), *(len(label.cells) for label in lost)]
    if len(tokens) != sum(widths):
        if row.exact and any(row.tokens):
            return {row.row: row}
        return {row.row: replace(row, exact=False, doubt=_MIXED)}
    found = {row.row: replace(row, tokens=tokens[: widths[0]], exact=True, other=None)}
    at = widths[0]
    for label in lost:
        figures = tokens[at : at + len(label.cells)]
        found[label.row] = Row(label.row, label.cells, figures, exact=True)
        at += len(label.cells)
    return found


def _next_ordinal(labels: Sequence[Label], one: Found, following: Found | None) -> int:
    """The number printed before the next row that is there, or before one whose group is lost."""
    if following is not None and following.label.ordinal:
        return following.label.ordinal
    place = labels.index(one.label)
    if following is not None and place + 2 < len(labels) and not labels[place + 1].cells:
        after = labels[place + 2]
        return after.ordinal if after is following.label else 0
    return 0


def _row(label: Label, inside: str, gap: str, ordinal: int) -> Row:
    """Figures behind the label, or in the middle of one that was printed over several lines."""
    certain, doubtful = _without_ordinal(gap, ordinal)
    broken = _DIGIT.search(inside.lstrip("0123456789. "))
    if broken and not _DIGIT.search(certain):
        certain, doubtful = _pieces_in(inside), None
    tokens = _tokens(certain)
    other = _tokens(doubtful) if doubtful is not None else None
    width = len(label.cells)
    if len(tokens) == 1 and width > 3 and tokens[0].count(",") == width - 1:
        tokens = tuple(tokens[0].split(","))
    if not tokens:
        return Row(label.row, label.cells, ("",) * width, exact=True)
    if other is not None and len(other) == width and len(tokens) == width + 1:
        return Row(label.row, label.cells, other, exact=True)
    exact = len(tokens) == width and (other is None or width == 1)
    return Row(label.row, label.cells, tokens, exact=exact, other=None if exact else other)


def _pieces_in(inside: str) -> str:
    return " ".join(re.findall(r"[\d.,/—-]+(?:\s+[\d.,/—-]+)*", inside))


def _without_ordinal(gap: str, ordinal: int) -> tuple[str, str | None]:
    """The gap without the next row's number, which is certain where it has its own sign.

    Where it has none the second value is the gap without it, as the other way to read it.
    """
    plain = gap.rstrip()
    if not ordinal:
        return gap, None
    sign = re.search(rf"{ordinal}\s*[.、,，．)）:：]\s*[(（]*$", plain)
    if sign:
        return plain[: sign.start()], None
    bare = re.search(rf"{ordinal}$", plain)
    if bare:
        return gap, plain[: bare.start()]
    return gap, None


def _tokens(gap: str) -> tuple[str, ...]:
    """What stands between blanks; blank signs stay, brackets and stops go."""
    found = []
    for token in re.split(r"\s+", gap):
        kept = _WORDS_AROUND.sub("", token) if _DIGIT.search(token) else token
        kept = kept.strip(_EDGES)
        if _DIGIT.search(kept) or (kept and is_blank(kept)):
            found.append(kept)
    return tuple(found)
