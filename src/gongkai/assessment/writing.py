"""What every action of the assessment does in the same way: lock, score anew, write it down."""

from __future__ import annotations

from typing import Any

from gongkai.assessment import queries
from gongkai.assessment.models import AssessmentRound, ScoreSheet
from gongkai.assessment.policies import ASSESSOR
from gongkai.assessment.sheets import scheme_of
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.refusal import Refusal
from gongkai.law.assessment.ranking import places
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person

MOST_REASON = 500


def locked(round_: AssessmentRound) -> AssessmentRound:
    """The row as it stands now, held against everybody else until the transaction ends."""
    rows = AssessmentRound.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body", "scheme_version").get(pk=round_.pk)


def sheet_in(round_: AssessmentRound, sheet: ScoreSheet) -> ScoreSheet:
    """The sheet with its locked round."""
    kept = ScoreSheet.objects.select_related("section", "body").get(pk=sheet.pk, round=round_)
    kept.round = round_
    return kept


def rescore(round_: AssessmentRound) -> None:
    """Write totals, grades and places of every sheet anew from their figures."""
    scores = queries.scores_of(round_, scheme_of(round_))
    ranked = places({s.pk: score.total if score.comparable else None for s, score in scores})
    for sheet, score in scores:
        sheet.base, sheet.bonus, sheet.deducted = score.base, score.bonus, score.deducted
        sheet.total, sheet.grade, sheet.cases = score.total, score.grade.label, score.cases
        sheet.comparable, sheet.place = score.comparable, ranked[sheet.pk]
    ScoreSheet.objects.bulk_update(
        [sheet for sheet, _ in scores],
        ["base", "bonus", "deducted", "total", "grade", "cases", "comparable", "place"],
    )


def need_reason(text: str, field: str = "reason", most: int = MOST_REASON) -> str:
    """The reason without blanks at its ends; refused when empty or too long."""
    plain = text.strip()
    if not plain:
        sentence = "请写明理由，以便日后查考。"
        raise Refusal("assessment.no_reason", sentence, fields={field: sentence})
    if len(plain) > most:
        sentence = f"理由最多{most}字，现在有{len(plain)}字，请删减。"
        raise Refusal("assessment.long_reason", sentence, fields={field: sentence})
    return plain


def write_down(
    event: str, *, round_: AssessmentRound, by: Person | None, change: Change, role: str = ""
) -> None:
    """One line in the journal about a round."""
    append(
        event=event,
        actor=orgs.actor(by, body=round_.body, role=role or ASSESSOR_ROLE[round_.audience]),
        subject=Subject("assessment_round", round_.pk, round_.uuid),
        change=change,
    )


ASSESSOR_ROLE: dict[str, str] = {str(k): str(v) for k, v in ASSESSOR.items()}


def move(round_: AssessmentRound, target: str, *fields: str) -> str:
    """Set the state and save it with `fields`; the state before."""
    before, round_.state = round_.state, target
    round_.save(update_fields=["state", *fields])
    return before


def told(round_: AssessmentRound, **more: Any) -> dict[str, Any]:
    """The data of a line: the title and more."""
    return {"title": round_.title, **more}
