"""Signs of work secrets and of papers from the making of a decision: warnings for the reviewer.

A work secret is no ground for withholding by itself (保守国家秘密法 2024 Art. 64 protects it);
drafts, minutes, letters between offices and reports asking for instructions may be withheld
(《条例》 Art. 16 第二款). Whether a paper is one of them only a person can tell.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gongkai.backends.scanners.prefilter import Piece
from gongkai.backends.scanners.signs import is_free, told
from gongkai.backends.scanners.triggers import DRAFTS, INSIDE, PREFILTER, WORK_SECRETS
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import fold_with_offsets


@dataclass(frozen=True, slots=True)
class _Sign:
    """What the group `at` of the pattern marks; `title` means at the end of a title only."""

    kind: str
    pattern: re.Pattern[str]
    reason: str
    title: bool = False
    severity: Severity = "warning"


_SIGNS: Final = (
    _Sign(
        "work_secret",
        re.compile(f"(?P<at>{'|'.join(sorted(WORK_SECRETS, key=len, reverse=True))})"),
        "这里可能涉及工作秘密，请与保密工作机构核对能否公开。",
    ),
    _Sign(
        "work_secret",
        re.compile(r"(?:密码|口令)\s*[:为是]\s*(?P<at>[!-+\--:<-~]{4,32})"),
        "这里写着密码或者口令，公开前请删除，并尽快更换。",
    ),
    _Sign(
        "process_paper",
        re.compile(rf"[【(](?P<at>{'|'.join(DRAFTS)})[)】]"),
        "文件注明是过程稿，按《条例》第十六条可以不予公开；定稿的请换成定稿。",
    ),
    _Sign(
        "process_paper",
        re.compile(r"(?P<at>会议纪要|会议记录|讨论记录|谈话记录|磋商函|请示|请示报告)\s*$"),
        "标题显示这是讨论记录、磋商函件或者请示，按《条例》第十六条可以不予公开，请核对公开属性。",
        title=True,
    ),
    _Sign(
        "process_paper",
        re.compile(r"(?P<at>值班表|通讯录|花名册|考勤表)\s*$"),
        "标题显示这是内部事务信息，按《条例》第十六条可以不予公开，请核对公开属性。",
        title=True,
    ),
)


class WorkSecretScanner:
    """Looks for what is mostly kept inside, and is not marked."""

    name = "work_secrets"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """Warnings without a proposal."""
        return [
            finding
            for name, text in fields.items()
            for piece in _pieces(name, text)
            for finding in _scan(name, piece)
        ]


def _pieces(field: str, text: str) -> Iterator[Piece]:
    if field == "title" and text:
        yield Piece(text, b"", 0)
    else:
        yield from PREFILTER.pieces(text, INSIDE)


def _scan(field: str, piece: Piece) -> Iterator[Finding]:
    folded = fold_with_offsets(piece.text)
    found: list[tuple[int, int, _Sign]] = []
    for sign in _SIGNS:
        if sign.title and field != "title":
            continue
        for match in sign.pattern.finditer(folded.text):
            start, end = match.span("at")
            if is_free(start, end, found):
                found.append((start, end, sign))
    yield from told(field, piece, folded, found)
