"""The result of a round as plain values, and the digest by which anybody can check it.

The digest is the SHA-256 of the canonical JSON: keys sorted, no blanks, UTF-8, numbers with
decimals as text. The same figures always give the same digest, on every database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from gongkai.assessment.models import AssessmentRound, ScoreSheet
from gongkai.law.assessment.model import Scheme
from gongkai.law.assessment.scoring import Score

VERSION = 1


def canonical(result: Mapping[str, Any]) -> bytes:
    """The bytes the digest is of."""
    text = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(result: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(result)).hexdigest()


def result_of(
    round_: AssessmentRound, scheme: Scheme, scores: list[tuple[ScoreSheet, Score]]
) -> dict[str, Any]:
    """The whole result: scheme, period, and every sheet with every line."""
    return {
        "version": VERSION,
        "round": str(round_.uuid),
        "body": round_.body.code,
        "title": round_.title,
        "audience": round_.audience,
        "scheme": {
            "key": scheme.key,
            "title": scheme.title,
            "number": scheme.number,
            "changes": list(scheme.changes),
        },
        "period": [round_.period_from.isoformat(), round_.period_until.isoformat()],
        "sheets": [_sheet(sheet, score) for sheet, score in scores],
    }


def _sheet(sheet: ScoreSheet, score: Score) -> dict[str, Any]:
    return {
        "sheet": str(sheet.uuid),
        "name": sheet.name,
        "code": sheet.section.code if sheet.section else sheet.body.code,
        "base": str(score.base),
        "bonus": str(score.bonus),
        "deducted": str(score.deducted),
        "total": str(score.total),
        "grade": score.grade.label,
        "place": sheet.place,
        "comparable": score.comparable,
        "cases": score.cases,
        "lines": [
            {
                "key": line.indicator.key,
                "words": line.indicator.words,
                "weight": str(line.weight),
                "points": None if line.points is None else str(line.points),
                "good": line.measure.good if line.measure else None,
                "cases": line.measure.cases if line.measure else None,
                "sentence": line.sentence,
            }
            for line in score.lines
        ],
        "events": [
            {"key": e.rule.key, "words": e.rule.words, "refs": list(e.refs),
             "points": str(e.points), "sentence": e.sentence}
            for e in score.events
        ],
        "marks": [
            {"key": m.key, "points": str(m.points), "ref": m.ref, "reason": m.reason,
             "at": m.at.isoformat(timespec="seconds")}
            for m in sheet.marks.all()
        ],
        "appeals": [
            {"key": a.key, "ref": a.ref, "reason": a.reason, "outcome": a.outcome,
             "points": None if a.points is None else str(a.points), "decision": a.decision}
            for a in sheet.appeals.all()
        ],
    }  # fmt: skip
