"""What the scanners of signs share: places of a folded piece told as findings of the field."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from gongkai.backends.scanners.prefilter import Piece
from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import Folded


class Sign(Protocol):
    """What a rule says of the places it finds."""

    @property
    def kind(self) -> str:
        """The kind of finding."""

    @property
    def reason(self) -> str:
        """The sentence for the reviewer."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""


def is_free(start: int, end: int, found: Collection[tuple[int, int, Sign]]) -> bool:
    """Whether nothing found before lies on these characters: the first rule counts."""
    return not any(start < right and left < end for left, right, _ in found)


def told(
    field: str, piece: Piece, folded: Folded, found: Sequence[tuple[int, int, Sign]]
) -> Iterator[Finding]:
    """The places in order, counted in the characters of the field; no proposals."""
    before = piece.start if found else 0
    for start, end, sign in sorted(found, key=lambda hit: hit[0]):
        left, right = folded.span(start, end)
        yield Finding(
            kind=sign.kind,
            field=field,
            start=before + left,
            end=before + right,
            evidence=piece.text[left:right],
            severity=sign.severity,
            reason=sign.reason,
        )
