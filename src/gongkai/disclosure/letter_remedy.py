"""The remedy paragraph of a letter: that of its outcome, of its body and of the day."""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force, remedies
from gongkai.law.remedies import BodyKind, RemedyNotice
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body, BodyLevel

# Decisions that end no request; both may be taken to either authority.
_AS = {"third_party_notice": "granted", "rectification": "granted"}
_GOVERNMENTS = (BodyLevel.CITY, BodyLevel.DISTRICT, BodyLevel.TOWNSHIP)
_CHANGED = (
    "救济告知与送达之日的法律不符，不能送达。请作废这份文书，重新拟写。",
    "《行政复议法》第二十三条",
)


def remedy_for(kind: str, outcome: str, *, body: Body, on: date) -> RemedyNotice | None:
    """What may be done against the letter delivered on a day; None when it decides nothing."""
    key = _AS.get(kind, outcome)
    if not key:
        return None
    return remedies.remedies(
        key,
        on,
        law=in_force(on, region=body.region),
        calendar=calendar(),
        reviewer=_reviewer(body, on),
        kind=body_kind(body),
    )


def remedy_words(kind: str, outcome: str, *, body: Body, on: date) -> str:
    """The paragraph, empty where there is no remedy."""
    notice = remedy_for(kind, outcome, body=body, on=on)
    if notice is None:
        return ""
    return notice.sentence.replace("本答复", "本决定" if kind == "third_party_notice" else "本答复")


def require_right(text: str, kind: str, outcome: str, *, body: Body, on: date) -> None:
    """Refuse a letter whose remedy paragraph is not that of the day it is delivered."""
    if outcome:
        remedies.check_letter(text, outcome, on)
    if text != remedy_words(kind, outcome, body=body, on=on):
        raise Refusal("letter.remedy_changed", *_CHANGED)


def body_kind(body: Body) -> BodyKind:
    """What the body is to those who review it: `profile["body_kind"]`, else by its level."""
    stated = _profile(body, "body_kind")
    if stated:
        return BodyKind(stated)
    return BodyKind.GOVERNMENT if body.level in _GOVERNMENTS else BodyKind.DEPARTMENT


def _reviewer(body: Body, on: date) -> str:
    """The reviewing body by name, where the profile names it or the tree shows it."""
    stated = _profile(body, "reconsideration_body")
    if stated:
        return stated
    above = body.parent
    if on < remedies.FIRST_DAY_OF_PRECEDENCE or above is None:
        return ""
    is_its_government = above.level in _GOVERNMENTS and above.name.endswith("人民政府")
    reviewed_there = body_kind(body) in (BodyKind.DEPARTMENT, BodyKind.GOVERNMENT)
    return above.name if is_its_government and reviewed_there else ""


def _profile(body: Body, key: str) -> str:
    value = body.profile.get(key, "") if isinstance(body.profile, dict) else ""
    return value.strip() if isinstance(value, str) else ""
