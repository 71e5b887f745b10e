"""``gongkai report``: yearly reports computed from the body's own rows."""

from gongkai.project import report_verbs
from gongkai.project.command import Subparsers
from gongkai.project.lookup import family


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(subparsers, "report", "年度报告: compute, export, enter, list, sum, summary")
    report_verbs.add(verbs)
