"""What the letter tells about remedies: which way, where, until when, right for the day of reply.

Since 2024-01-01 a refusal under Art. 14–16 must be taken to 行政复议 first, and the reply has to
say so (行政复议法 2023 Art. 23; the reading of 不予公开 from the interpretation of 2025). Before,
and for every other outcome, the applicant chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.deadlines import term_due
from gongkai.law.due import Due
from gongkai.law.model import Law
from gongkai.law.replies import Remedy, outcome
from gongkai.law.workdays import Calendar

_FIRST_RECONSIDER = re.compile(r"先(?:向[^。；]*)?申请行政复议")
_DIRECT_SUIT = re.compile(r"(?:或者|也可以|也可|可以直接)[^。；]*提起(?:行政)?诉讼")
FIRST_DAY_OF_PRECEDENCE = date(2024, 1, 1)


class BodyKind(StrEnum):
    """What a body is to those who review its acts."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    VERTICAL = "vertical"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class RemedyNotice:
    """What may be done until when.

    `lawsuit` is `None` where a court is open only after reconsideration; `sentence` is the
    paragraph of the letter, empty where there is no remedy.
    """

    remedy: Remedy
    reconsideration: Due | None
    reconsideration_body: str
    lawsuit: Due | None
    sentence: str
    basis: str

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "remedy": self.remedy.value,
            "reconsideration": self.reconsideration.as_dict() if self.reconsideration else None,
            "reconsideration_body": self.reconsideration_body,
            "lawsuit": self.lawsuit.as_dict() if self.lawsuit else None,
            "sentence": self.sentence,
            "basis": self.basis,
        }


# Who reviews whom: since 2024 the government alone for its departments, before also the
# department above (行政复议法 2023 Art. 24; the older text from memory).
_REVIEWERS: dict[BodyKind, tuple[str, str]] = {
    BodyKind.DEPARTMENT: ("本级人民政府", "本级人民政府或者上一级主管部门"),
    BodyKind.GOVERNMENT: ("上一级人民政府", "上一级人民政府"),
    BodyKind.VERTICAL: ("上一级主管部门", "上一级主管部门"),
    BodyKind.MINISTRY: ("作出答复的机关", "作出答复的机关"),
}


def reconsideration_body(kind: BodyKind, on: date) -> str:
    """Who takes an application for reconsideration on a day."""
    new, old = _REVIEWERS[kind]
    return new if on >= FIRST_DAY_OF_PRECEDENCE else old


def remedy_of(key: str, on: date) -> Remedy:
    """The remedy against an outcome replied on a day."""
    remedy = outcome(key).remedy
    if remedy is Remedy.RECONSIDERATION_FIRST and on < FIRST_DAY_OF_PRECEDENCE:
        return Remedy.EITHER
    return remedy


def remedies(
    key: str,
    delivered_on: date,
    *,
    law: Law,
    calendar: Calendar,
    reviewer: str = "",
    kind: BodyKind = BodyKind.DEPARTMENT,
) -> RemedyNotice:
    """The remedies against a reply delivered on a day; `law` is that of this day.

    `reviewer` is the name of the reviewing body for the letter (区人民政府), else the general
    words of the table stand there.
    """
    remedy = remedy_of(key, delivered_on)
    if remedy is Remedy.NONE:
        return RemedyNotice(remedy, None, "", None, "", "")
    body = reviewer or reconsideration_body(kind, delivered_on)
    apply_by = term_due("reconsideration", delivered_on, law=law, calendar=calendar)
    if remedy is Remedy.RECONSIDERATION_FIRST:
        after = law.term("lawsuit_after_reconsideration")
        sentence = (
            f"如对本答复不服，应当自收到本答复之日起{apply_by.length}日内，先向{body}申请行政复议；"
            f"对行政复议决定不服的，可以自收到复议决定书之日起{after.length}日内向人民法院提起行政诉讼。"
        )
        cite = str(Cite("reconsideration_2023", "23"))
        return RemedyNotice(remedy, apply_by, body, None, sentence, cite)
    sue_by = term_due("lawsuit", delivered_on, law=law, calendar=calendar)
    sentence = (
        f"如对本答复不服，可以自收到本答复之日起{apply_by.length}日内向{body}申请行政复议，"
        f"或者在{sue_by.length}个月内向人民法院提起行政诉讼。"
    )
    return RemedyNotice(
        remedy, apply_by, body, sue_by, sentence, f"{apply_by.basis}；{sue_by.basis}"
    )


def check_letter(text: str, key: str, on: date) -> None:
    """Refuse a letter whose remedy paragraph is wrong for its outcome and day."""
    if remedy_of(key, on) is not Remedy.RECONSIDERATION_FIRST:
        return
    basis = str(Cite("reconsideration_2023", "23"))
    if not _FIRST_RECONSIDER.search(text):
        raise Refusal(
            "remedy.precedence_missing",
            "不予公开的答复须告知先申请行政复议，请补上救济告知。",
            basis,
        )
    if _DIRECT_SUIT.search(text):
        raise Refusal(
            "remedy.direct_suit",
            "不予公开的答复不能告知直接提起行政诉讼，请改为先申请行政复议。",
            basis,
        )
