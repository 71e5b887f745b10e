"""Whether a record holds today (信息有效性): status computed from its dates, never stored stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Systems that store "no date" as zero seconds show 1970-01-01; it is never a date of validity.
EPOCH = date(1970, 1, 1)


class Status(StrEnum):
    """Validity as shown to readers."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    LAPSED = "lapsed"
    REPEALED = "repealed"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _LABELS[self]


class Cause(StrEnum):
    """Why a record ceased to hold."""

    EXPIRED = "expired"
    REPEALED_BY = "repealed_by"
    REPLACED_BY = "replaced_by"
    DECLARED_LAPSED = "declared_lapsed"

    @property
    def label(self) -> str:
        return _CAUSES[self][0]

    @property
    def status(self) -> Status:
        """The status a record has once the cause has taken effect."""
        return _CAUSES[self][1]


_LABELS = {
    Status.IN_FORCE: "有效",
    Status.NOT_YET: "尚未生效",
    Status.LAPSED: "失效",
    Status.REPEALED: "废止",
    Status.SUPERSEDED: "被替代",
}
_CAUSES = {
    Cause.EXPIRED: ("有效期届满", Status.LAPSED),
    Cause.REPEALED_BY: ("被文件废止", Status.REPEALED),
    Cause.REPLACED_BY: ("被新文件替代", Status.SUPERSEDED),
    Cause.DECLARED_LAPSED: ("经清理宣布失效", Status.LAPSED),
}
# Words met on pages, read on import. Longest first so that 已废止 is not taken for 止.
WORDS: dict[str, Status] = {
    "现行有效": Status.IN_FORCE,
    "有效": Status.IN_FORCE,
    "已修改": Status.IN_FORCE,
    "修改": Status.IN_FORCE,
    "尚未生效": Status.NOT_YET,
    "尚未施行": Status.NOT_YET,
    "失效": Status.LAPSED,
    "已失效": Status.LAPSED,
    "无效": Status.LAPSED,
    "废止": Status.REPEALED,
    "已废止": Status.REPEALED,
    "被替代": Status.SUPERSEDED,
    "已被替代": Status.SUPERSEDED,
}


@dataclass(frozen=True, slots=True)
class Validity:
    """The dates that decide: first day in force, last day in force, first day abolished.

    `expires_on` is the last day on which it holds; from `abolished_on` it does not hold.
    """

    effective_from: date | None = None
    expires_on: date | None = None
    abolished_on: date | None = None
    cause: Cause | None = None
    amended: bool = False

    def on(self, today: date) -> Status:
        """The status on `today`."""
        begins, ends = real_date(self.effective_from), real_date(self.expires_on)
        gone = real_date(self.abolished_on)
        if gone is not None and gone <= today:
            return (self.cause or Cause.REPEALED_BY).status
        if ends is not None and ends < today:
            return Status.LAPSED
        if begins is not None and today < begins:
            return Status.NOT_YET
        return Status.IN_FORCE

    def label(self, today: date) -> str:
        """The word for readers; an amended record in force says so."""
        status = self.on(today)
        if status is Status.IN_FORCE and self.amended:
            return "有效（已修改）"
        return status.label

    def changes_on(self, today: date) -> date | None:
        """The next day on which the status changes by itself; `None` when none is known."""
        days = [real_date(self.effective_from), real_date(self.abolished_on)]
        last = real_date(self.expires_on)
        if last is not None:
            days.append(date.fromordinal(last.toordinal() + 1))
        later = [d for d in days if d is not None and d > today]
        return min(later, default=None)


def real_date(day: date | None) -> date | None:
    """`day` unless it is the null date of some system (1970-01-01): that one is never printed."""
    return None if day is None or day <= EPOCH else day


def read(word: str) -> Status | None:
    """The status a page's word means; `None` when the word is not known."""
    return WORDS.get(word.strip().strip("。.，,：:"))
