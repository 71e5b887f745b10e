"""Personal data: identity cards, mobile numbers, bank cards, e-mail addresses.

Numbers are found through full-width digits, blanks, hyphens, line breaks and invisible characters
between their digits; masked ones (138****5678) are not findings.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from gongkai.backends.scanners.numbers import classify
from gongkai.backends.scanners.prefilter import Piece, spelled
from gongkai.backends.scanners.rules import Candidate, Rules
from gongkai.backends.scanners.triggers import NUMBERS, PREFILTER
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import Folded, fold, fold_with_offsets

_GAP: Final = "[ \\t\\n.·–—-]{0,2}"
_PATTERNS: Final = {
    "identity_card": rf"[0-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9x]",
    "bank_card": rf"[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{0,3}}",
    "old_identity_card": rf"[0-9](?:{_GAP}[0-9]){{14}}",
    "mobile": rf"1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}",
    "email": r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9.-]+\.[a-z]{2,12}",
}
_RULES: Final = Rules(_PATTERNS)
_LABELS: Final = {
    "identity_card": "居民身份证号码",
    "bank_card": "银行卡号",
    "mobile": "手机号码",
    "email": "电子邮箱",
    "official_email": "政务邮箱",
}
_SEVERITY: Final[dict[str, Severity]] = {
    "identity_card": "error",
    "bank_card": "error",
    "mobile": "warning",
    "email": "warning",
    "official_email": "info",
}
_RANK: Final = (*_LABELS, "old_identity_card")
# Most runs of ten digits are office telephones and amounts: told apart before anything is folded.
_OTHER: Final = re.compile(r"[^\d" + "".join(map(spelled, "@0123456789")) + "]+")
_MAYBE: Final = re.compile("@|[0-9]{15}|1[3-9][0-9]{9}")
_MAIL: Final = re.compile("[a-z0-9_%+@-]")
_DECIMALS: Final = re.compile(r"\.[0-9]")
_NUMBER: Final = re.compile("[a-z0-9*]")


class PersonalDataScanner:
    """个人信息保护法 Art. 28 and 政府信息公开条例 Art. 15: what a reviewer must not overlook."""

    name = "personal"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """Each with a masked form as proposal."""
        return [
            finding
            for name, text in fields.items()
            for piece in PREFILTER.pieces(text, NUMBERS)
            for finding in _scan(name, piece)
        ]


def _scan(field: str, piece: Piece) -> Iterator[Finding]:
    if _MAYBE.search(fold(_OTHER.sub("", piece.text))) is None:
        return
    folded = fold_with_offsets(piece.text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, str]] = []
    candidates = _RULES.candidates(folded.text)
    for candidate in sorted(candidates, key=lambda c: (_RANK.index(c.rule), c.start, -c.end)):
        start, end = candidate.start, candidate.end
        if any(start < right and left < end for left, right in taken):
            continue
        kind, start, end = _judged(folded.text, candidate)
        if kind in ("credit_code", "serial_number"):
            taken.append((start, end))
        elif kind in _LABELS:
            taken.append((start, end))
            found.append((start, end, kind))
    if found:
        before = piece.start
        yield from (_finding(field, piece.text, before, _placed(folded, f)) for f in sorted(found))


def _placed(folded: Folded, found: tuple[int, int, str]) -> tuple[int, int, str]:
    """The place in the piece itself, and whether the mail address is a government one."""
    start, end, kind = found
    official = kind == "email" and folded.text[start:end].endswith(".gov.cn")
    return (*folded.span(start, end), "official_email" if official else kind)


def _judged(text: str, candidate: Candidate) -> tuple[str, int, int]:
    """What the candidate is; its end is pulled back from blanks it swallowed."""
    start, end = candidate.start, candidate.end
    if candidate.rule == "email":
        return (
            ("email" if _stands_alone(text, start, end, _MAIL) else "other"),
            start,
            end,
        )
    for cut in _ends(text, candidate):
        if not _stands_alone(text, start, cut, _NUMBER):
            continue
        number = re.sub("[^0-9x]", "", text[start:cut])
        kind = classify(number, text[max(0, start - 16) : start], text[cut : cut + 4])
        if kind != "other":
            same = kind == candidate.rule.removeprefix("old_")
            wanted = same or kind in ("credit_code", "serial_number")
            return (kind if wanted else "other"), start, cut
    return "other", start, end


def _ends(text: str, candidate: Candidate) -> Iterator[int]:
    """A card has 16 to 19 digits: after the last group the next number may begin."""
    end = candidate.end
    while end > candidate.start and not text[end - 1].isalnum():
        end -= 1
    yield end
    if candidate.rule == "bank_card":
        tail = re.search(r"[^0-9][0-9]{1,3}$", text[candidate.start : end])
        if tail:
            yield candidate.start + tail.start()


def _stands_alone(text: str, start: int, end: int, kin: re.Pattern[str]) -> bool:
    """No character of its own kind on either side, and no decimals after it."""
    before = kin.match(text, start - 1) if start else None
    return before is None and kin.match(text, end) is None and not _DECIMALS.match(text, end)


def _finding(field: str, text: str, before: int, hit: tuple[int, int, str]) -> Finding:
    start, end, said = hit
    kind, evidence = said.removeprefix("official_"), text[start:end]
    return Finding(
        kind=kind,
        field=field,
        start=before + start,
        end=before + end,
        evidence=evidence,
        proposal=_masked(kind, evidence),
        severity=_SEVERITY[said],
        reason=f"这里有{_LABELS[said]}，公开前请删除、遮盖，或说明可以公开的理由。",
    )


def _masked(kind: str, evidence: str) -> str:
    if kind == "email":
        name, at, host = evidence.partition("@")
        return f"{name[:1]}***{at}{host}" if at else "***"
    keep_left, keep_right = {"identity_card": (6, 4), "bank_card": (4, 4), "mobile": (3, 4)}[kind]
    digits = [index for index, char in enumerate(evidence) if char.isalnum()]
    hidden = set(digits[keep_left : len(digits) - keep_right])
    return "".join("*" if index in hidden else char for index, char in enumerate(evidence))
