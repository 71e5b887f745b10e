"""Assessment (Art. 46) as dated data and pure functions: schemes, scoring, places.

A local scheme is a new file in `schemes/` and one entry in `SCHEMES`.
"""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law.assessment.model import Scheme
from gongkai.law.assessment.schemes import beijing_34_2008, decree_711_2019, sections_model

SCHEMES: tuple[Scheme, ...] = (
    decree_711_2019.SCHEME,
    beijing_34_2008.SCHEME,
    sections_model.SCHEME,
)


def in_force(on: date, *, region: str = "") -> Scheme:
    """The scheme of the day: the narrowest region first, local ones left out."""
    holding = [s for s in SCHEMES if s.holds(on, region) and not s.local]
    if not holding:
        raise Refusal(
            "assessment.none_in_force",
            f"{on.isoformat()}没有适用的考核办法。请核对考核期间，或者另选一份考核办法。",
            "《政府信息公开条例》第四十六条",
        )
    return max(holding, key=lambda s: len(s.region))


def scheme(key: str) -> Scheme:
    """The scheme with this key, refused when there is none."""
    found = next((s for s in SCHEMES if s.key == key), None)
    if found is None:
        raise Refusal("assessment.no_scheme", "没有这份考核办法，请从列表里重新选择。")
    return found
