"""``gongkai report``: reports computed from the body's own rows; anyone's read and checked."""

from gongkai.project import report_checks, report_verbs
from gongkai.project.command import Subparsers
from gongkai.project.lookup import family


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(
        subparsers,
        "report",
        "年度报告: compute, export, enter, list, sum, summary; 读取和核对: read, check",
    )
    report_verbs.add(verbs)
    report_checks.add(verbs)
