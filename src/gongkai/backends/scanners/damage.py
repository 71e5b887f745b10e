"""Damage to the text itself: replaced names, dates that lost signs, garbling, wrong sums."""

from collections.abc import Mapping
from dataclasses import replace

from gongkai.law.beijing import district_of
from gongkai.ports import NOTHING_KNOWN, Known
from gongkai.text.damage import find_damage
from gongkai.text.finding import Finding


class DamageScanner:
    """``gongkai.text.damage`` on every field.

    A replaced name's proposal is the place the caller knows, else the district that the index
    number of the record names (11J025/… -> 门头沟区).
    """

    name = "damage"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """Findings of all fields."""
        place = known.place or district_of(fields.get("index_number", "").strip())
        return [
            replace(finding, field=name)
            for name, text in fields.items()
            for finding in find_damage(text, place=place)
        ]
