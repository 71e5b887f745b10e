"""Marks on a paper that speak against publishing it: secrecy, internal use, its own 公开 choice.

A mark counts where marks stand: with its star (机密★三年), as a line of its own, after 密级, or
in brackets. Words in running text (保守国家秘密, 工作秘密管理办法) are not marks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.backends.scanners.prefilter import Piece
from gongkai.backends.scanners.signs import is_free, told
from gongkai.backends.scanners.triggers import MARKS, PREFILTER
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import fold_with_offsets

_LEVEL: Final = r"(?:绝\s?密|机\s?密|秘\s?密)"
_TERM: Final = r"(?:\s*(?:[0-9一二三四五六七八九十]+\s*(?:年|个?月|天)|长期|启封前|解密前))"
_CARE: Final = r"(?:[,，、;；\s]*(?:注意保[存管]|妥善保管|不得外传|严禁外传|请勿外传|用后收回))"
_INTERNAL: Final = (
    rf"(?:内部(?:资料|文件|使用|参考|刊物|传阅|材料|事项|明电){_CARE}*|(?:仅供)?内部(?:使用|参考|传阅)"
    rf"|仅限内部(?:使用|传阅)|工作秘密|严禁外传|不得外传|请勿外传|会后收回|未经批准不得(?:转载|外传))"
)
_LINE_START: Final = r"(?:^|(?<=\n))[ \t#]*"
_LINE_END: Final = (
    r"(?=[ \t]*(?:第?[0-9]+期|no\.?[0-9]+|编号[:：]?[0-9]*|份号[:：]?[0-9]*)?[ \t]*(?:\n|$))"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A match of `pattern` holds one of the words `of`: most pieces are told apart by them."""

    kind: str
    of: tuple[str, ...]
    pattern: re.Pattern[str]
    severity: Severity
    reason: str


_CLASSIFIED: Final = "这里有保密标志，按先审查后公开的要求，请先核实是否已依法解密。"
_INSIDE: Final = "这里有内部标志，请核实能否公开；确可公开的，请说明理由并去掉标志。"
_CHOICE: Final = "文件自己注明不主动公开，请与拟定的公开属性核对。"
_INSIDE_WORDS: Final = ("内部", "工作秘密", "外传", "会后收回", "未经批准")
_MARKS: Final = (
    _Mark(
        "secrecy_mark",
        ("★", "☆", "*", "※"),
        re.compile(rf"{_LEVEL}\s*[★☆*※]{_TERM}?"),
        "error",
        _CLASSIFIED,
    ),
    _Mark(
        "secrecy_mark",
        ("密",),
        re.compile(rf"{_LINE_START}(?P<mark>{_LEVEL}级?{_TERM}?){_LINE_END}"),
        "error",
        _CLASSIFIED,
    ),
    _Mark(
        "secrecy_mark",
        ("级",),
        re.compile(rf"密\s?级\s*[:：]\s*(?P<mark>{_LEVEL})"),
        "error",
        _CLASSIFIED,
    ),
    _Mark(
        "internal_mark",
        _INSIDE_WORDS,
        re.compile(rf"{_LINE_START}(?P<mark>[【\[(（]?{_INTERNAL}[】\])）]?){_LINE_END}"),
        "warning",
        _INSIDE,
    ),
    _Mark(
        "internal_mark",
        _INSIDE_WORDS,
        re.compile(rf"(?P<mark>[(【\[]{_INTERNAL}[)】\]])"),
        "warning",
        _INSIDE,
    ),
    _Mark(
        "disclosure_mark",
        ("此件",),
        re.compile(
            r"[(【\[](?P<mark>此件(?:不予?公开|不宜公开|依申请公开|删减后公开|不公开发布))[)】\]]"
        ),
        "warning",
        _CHOICE,
    ),
)


class MarkScanner:
    """保守国家秘密法 and 政府信息公开条例 Art. 14, 16, 17."""

    name = "marks"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """No proposals: whether a mark may go is for people to decide."""
        return [
            finding
            for name, text in fields.items()
            for piece in PREFILTER.pieces(text, MARKS)
            for finding in _scan(name, piece)
        ]


def _scan(field: str, piece: Piece) -> Iterator[Finding]:
    folded = fold_with_offsets(piece.text)
    found: list[tuple[int, int, _Mark]] = []
    for mark in _MARKS:
        for word in mark.of:
            if word in folded.text:
                break
        else:
            continue
        for match in mark.pattern.finditer(folded.text):
            start, end = match.span("mark" if "mark" in match.groupdict() else 0)
            if is_free(start, end, found):
                found.append((start, end, mark))
    yield from told(field, piece, folded, found)
