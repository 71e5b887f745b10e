"""Personal data: identity cards, mobile numbers, bank cards, e-mail addresses.

Numbers are found through full-width digits, blanks, hyphens, line breaks and invisible characters
between their digits; masked ones (138****5678) are not findings.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gongkai.backends.scanners.numbers import classify
from gongkai.backends.scanners.prefilter import Piece
from gongkai.backends.scanners.triggers import NUMBERS, PREFILTER
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity
from gongkai.text.normalise import Folded, fold_with_offsets

_GAP: Final = "[ \\t\\n.·–—-]{0,2}"
# In the order in which one span is taken for several things.
_NUMBERS: Final = {
    "identity_card": re.compile(rf"[0-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9x]"),
    "bank_card": re.compile(rf"[0-9]{{4}}(?:{_GAP}[0-9]{{4}}){{3}}{_GAP}[0-9]{{0,3}}"),
    "mobile": re.compile(rf"1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}"),
}
_OLD_CARD: Final = {"old_identity_card": re.compile(rf"[0-9](?:{_GAP}[0-9]){{14}}")}
# Where a number of eleven digits and more begins that is no part of a longer word or number.
_BEGINS: Final = re.compile(rf"(?<![a-z0-9*])[0-9](?=(?:{_GAP}[0-9]){{10}})")
_LOCAL: Final = "abcdefghijklmnopqrstuvwxyz0123456789._%+-"
_NAME: Final = re.compile("(?<![a-z0-9_%+@-])[a-z0-9]")
_HOST: Final = re.compile(r"@[a-z0-9.-]+\.[a-z]{2,12}")
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
_MAIL: Final = re.compile("[a-z0-9_%+@-]")
_DECIMALS: Final = re.compile(r"\.[0-9]")
_NUMBER: Final = re.compile("[a-z0-9*]")


class _Candidate(NamedTuple):
    """``text[start:end]`` is written like what the rule of this name looks for."""

    rule: str
    start: int
    end: int


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
    folded = fold_with_offsets(piece.text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, str]] = []
    for candidate in _candidates(folded.text):
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


def _candidates(text: str) -> Iterator[_Candidate]:
    """Every reading of every number and address, those first that go first."""
    begins = [match.start() for match in _BEGINS.finditer(text)]
    yield from _numbers(text, begins, _NUMBERS)
    yield from _mails(text)
    yield from _numbers(text, begins, _OLD_CARD)


def _numbers(
    text: str, begins: Sequence[int], rules: Mapping[str, re.Pattern[str]]
) -> Iterator[_Candidate]:
    for rule, pattern in rules.items():
        for start in begins:
            if match := pattern.match(text, start):
                yield _Candidate(rule, start, match.end())


def _mails(text: str) -> Iterator[_Candidate]:
    """Around each @, from the first character that may begin a name."""
    at, last = text.find("@"), 0
    while at >= 0:
        begin = len(text[last:at].rstrip(_LOCAL)) + last
        name, host = _NAME.search(text, begin, at), _HOST.match(text, at)
        if name and host:
            yield _Candidate("email", name.start(), host.end())
        at, last = text.find("@", at + 1), at + 1


def _placed(folded: Folded, found: tuple[int, int, str]) -> tuple[int, int, str]:
    """The place in the piece itself, and whether the mail address is a government one."""
    start, end, kind = found
    official = kind == "email" and folded.text[start:end].endswith(".gov.cn")
    return (*folded.span(start, end), "official_email" if official else kind)


def _judged(text: str, candidate: _Candidate) -> tuple[str, int, int]:
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


def _ends(text: str, candidate: _Candidate) -> Iterator[int]:
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
