"""The body's seal on its letters: an image that is frozen into a letter when it is approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.orgs.models import Body
from gongkai.records.models import StoredFile
from gongkai.records.store import read

# A department's round seal (国发〔1999〕25号, from memory).
MILLIMETRES = 42


@dataclass(frozen=True, slots=True)
class Seal:
    """The image as bytes (PNG or JPEG) and its width on paper."""

    image: bytes
    millimetres: int


def frozen(body: Body) -> dict[str, str]:
    """What is fixed on the day of approval: who signs, the telephone, and the seal's digest."""
    profile = body.profile if isinstance(body.profile, dict) else {}
    fixed = {"signed_by": body.name, "contact": body.phone}
    seal = profile.get("letter_seal")
    if isinstance(seal, dict) and seal.get("sha256"):
        fixed["seal"] = str(seal["sha256"])
        fixed["seal_mm"] = str(int(seal.get("millimetres") or MILLIMETRES))
    return fixed


def seal_of(parts: Mapping[str, str]) -> Seal | None:
    """The seal frozen into a letter; None when it carries none (it is stamped by hand then)."""
    stored = StoredFile.objects.filter(sha256=parts.get("seal", "")).first()
    if stored is None:
        return None
    return Seal(read(stored), int(parts.get("seal_mm") or MILLIMETRES))
