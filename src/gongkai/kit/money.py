"""Money as whole fen or yuan, never floats; reports write 万元."""

from __future__ import annotations

from decimal import Decimal

YUAN_PER_WAN = 10_000


def wan_to_yuan(amount: Decimal | int) -> Decimal:
    """An amount in 万元 as yuan: 316441 → 3164410000."""
    return Decimal(amount) * YUAN_PER_WAN


def yuan_text(yuan: int) -> str:
    """A whole amount for people: 3000 → 3,000元."""
    return f"{yuan:,}元"
