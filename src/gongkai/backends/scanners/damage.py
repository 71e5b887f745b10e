"""Damage of copied texts: replaced names, lost date signs, garbling, sums that do not add up."""

from collections.abc import Mapping

from gongkai.backends.scanners.marking import in_field
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.damage import find_damage
from gongkai.text.finding import Finding


class DamageScanner:
    """Wraps `text.damage`; the place it proposes is the one the caller knows."""

    name = "damage"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        return [
            in_field(field, finding)
            for field, text in fields.items()
            for finding in find_damage(text, place=known.place)
        ]
