"""Check digits of organisation codes (GB 11714) and unified credit codes (GB 32100)."""

from __future__ import annotations

_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
_ORG_LENGTH = 9


def _value(char: str) -> int:
    """0–9 as themselves, A–Z as 10–35 (GB 11714)."""
    return int(char, 36)


def org_check(body: str) -> str:
    """The check character for the first eight characters of an organisation code."""
    total = sum(w * _value(c) for w, c in zip(_ORG_WEIGHTS, body, strict=True))
    digit = (11 - total % 11) % 11
    return "X" if digit == 10 else str(digit)


def org_code_valid(code: str) -> bool:
    """Tell whether a nine-character organisation code (no hyphen) carries its check character."""
    code = code.upper()
    if len(code) != _ORG_LENGTH or not code[:8].isalnum() or not code.isascii():
        return False
    return org_check(code[:8]) == code[8]


def uscc_check(body: str) -> str:
    """The check character for the first 17 of a unified credit code; `ValueError` outside it."""
    total = sum(
        _USCC_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body[:17])
    )
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def uscc_valid(code: str) -> bool:
    """Tell whether an 18-character unified credit code carries its check character."""
    code = code.upper()
    if len(code) != _USCC_LENGTH or any(c not in _USCC_ALPHABET for c in code):
        return False
    return uscc_check(code[:17]) == code[17]
