"""How long personal data of an ended request are kept: values of the body's profile, in months."""

from __future__ import annotations

from datetime import date

from gongkai.law.periods import add_months
from gongkai.orgs.models import Body

# A case file is kept ten years (文书档案定期10年); copies of identity papers one year, past every
# term of reconsideration and lawsuit.
KEEP_MONTHS = 120
IDENTITY_MONTHS = 12


def _months(body: Body, name: str, usual: int) -> int:
    profile = body.profile if isinstance(body.profile, dict) else {}
    months = profile.get(name, usual)
    return months if isinstance(months, int) and months > 0 else usual


def purge_day(body: Body, ended_on: date) -> date:
    """The day the personal data of a case that ended on a day are cleared."""
    return add_months(ended_on, _months(body, "keep_personal_months", KEEP_MONTHS))


def identity_purge_day(body: Body, ended_on: date) -> date:
    """The day copies of identity papers are cleared."""
    return add_months(ended_on, _months(body, "keep_identity_months", IDENTITY_MONTHS))
