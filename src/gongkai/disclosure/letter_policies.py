"""Who approves which letter, beyond `policies.may_approve`."""

from __future__ import annotations

from datetime import date

from gongkai.disclosure import policies
from gongkai.disclosure.models import Letter
from gongkai.kit.refusal import YES, Answer
from gongkai.law.remedies import remedy_of
from gongkai.law.replies import Remedy
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person, Role


def may_approve(person: Person, letter: Letter, today: date) -> Answer:
    """Whoever may approve letters; what withholds something is the responsible leader's.

    A body may leave this to its disclosure office:
    `profile["refusals_approved_by"] = "disclosure_office"`.
    """
    held = policies.may_approve(person, letter, today)
    if not held or not _withholds(letter, today) or not _by_leader(letter):
        return held
    if orgs.has_role(person, letter.request.body, Role.RESPONSIBLE_LEADER, today):
        return YES
    return Answer(
        False,
        "不予公开和部分公开的答复由主管领导审批。请送主管领导审批。",
        "letter.leader_approves",
    )


def _withholds(letter: Letter, today: date) -> bool:
    """True for the outcomes that are to be taken to 行政复议 first: Art. 14–16."""
    return bool(letter.outcome) and remedy_of(letter.outcome, today) in (
        Remedy.RECONSIDERATION_FIRST,
    )


def _by_leader(letter: Letter) -> bool:
    profile = letter.request.body.profile
    stated = profile.get("refusals_approved_by") if isinstance(profile, dict) else None
    return stated != Role.DISCLOSURE_OFFICE
