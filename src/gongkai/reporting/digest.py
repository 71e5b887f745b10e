"""The digest of an approved report: the same figures and words give the same one anywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from gongkai.reporting.models import AnnualReport


def digest_of(
    report: AnnualReport, figures: Mapping[str, int | str], sections: Mapping[str, str]
) -> str:
    """SHA-256 over canonical JSON of body, year, edition, figures and words."""
    whole = {
        "body": report.body.code,
        "year": report.year,
        "edition": report.edition,
        "figures": dict(figures),
        "sections": dict(sections),
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
