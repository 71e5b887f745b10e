"""Personal data: identity cards, mobile numbers, bank cards, e-mail addresses.

A number is reported once, as what it most surely is: an identity card first, then a bank card,
then a mobile. What fails its check digit is not reported as that kind.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from gongkai.backends.scanners.check_digits import is_identity_number, passes_luhn
from gongkai.backends.scanners.marking import from_match
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.finding import Finding, Severity

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")
# UnionPay 62, Visa 4, Mastercard 51-55, JCB 35, American Express 34/37; groups of four allowed.
_CARD = re.compile(
    r"(?<![0-9A-Za-z.\-])(?:62|4\d|5[1-5]|3[457])\d{2}"
    r"(?:[ -]?\d{4}){2}[ -]?\d{2,4}(?:[ -]?\d{1,3})?"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_OFFICIAL = re.compile(r"\.gov\.cn$", re.IGNORECASE)


def _is_card(text: str) -> bool:
    digits = re.sub(r"[ -]", "", text)
    return 15 <= len(digits) <= 19 and len(set(digits)) > 2 and passes_luhn(digits)


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool], str], ...] = (
    (
        "identity_number",
        _IDENTITY,
        is_identity_number,
        "疑似公民身份号码（校验位相符），属个人隐私，公开前应当遮盖。",
    ),
    ("bank_card", _CARD, _is_card, "疑似银行卡号（校验位相符），公开前应当遮盖。"),
    (
        "mobile_number",
        _MOBILE,
        lambda _: True,
        "疑似手机号码。个人号码应当遮盖；确为公布的办公电话的，请说明后保留。",
    ),
)


class PersonalDataScanner:
    """Finds personal data; every finding wants an answer, official e-mail addresses do not."""

    name = "personal"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        return [finding for field, text in fields.items() for finding in _all(field, text)]


def _all(field: str, text: str) -> list[Finding]:
    found: list[Finding] = []
    for kind, pattern, is_real, reason in _RULES:
        for match in pattern.finditer(text):
            taken = any(match.start() < f.end and f.start < match.end() for f in found)
            if not taken and is_real(match.group()):
                severity: Severity = "error" if kind == "identity_number" else "warning"
                found.append(
                    from_match(match, field=field, kind=kind, reason=reason, severity=severity)
                )
    found += _emails(field, text)
    return sorted(found, key=lambda f: f.start)


def _emails(field: str, text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        official = _OFFICIAL.search(match.group()) is not None
        reason = "政务邮箱，请核对是否有效。" if official else "电子邮箱，个人邮箱不宜公开。"
        yield from_match(
            match,
            field=field,
            kind="email",
            reason=reason,
            severity="info" if official else "warning",
        )
