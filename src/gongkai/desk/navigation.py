"""The bar of tasks: everyone sees what his roles let him do.

Daily work stands in the bar itself; figures and upkeep are folded into a group each once the bar
would grow past what an eye takes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from django.urls import NoReverseMatch, get_script_prefix, reverse

from gongkai.desk.seat import Seat
from gongkai.orgs.models import Role

AT_WORK: tuple[Role, ...] = (
    Role.CASE_OFFICER,
    Role.SECTION_HEAD,
    Role.DISCLOSURE_OFFICE,
    Role.REVIEW_GROUP,
    Role.RESPONSIBLE_LEADER,
    Role.SUPERVISOR,
)
EDITORS: tuple[Role, ...] = (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.DISCLOSURE_OFFICE)
JOURNAL_READERS: tuple[Role, ...] = (Role.AUDITOR, Role.AUDIT_ADMIN)
KEEPERS: tuple[Role, ...] = (Role.DISCLOSURE_OFFICE, Role.SYSTEM_ADMIN)
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
# More than this do not fit one line beside each other on an office screen at the large letters.
FLAT = 8
FIGURES, UPKEEP = "报告与考核", "管理"


@dataclass(frozen=True, slots=True)
class Item:
    """One task in the bar. `task` is the word a page gives to be marked as current."""

    task: str
    label: str
    url_name: str
    roles: tuple[Role, ...] = ()
    group: str = ""


ITEMS = (
    Item("home", "待办", "desk:home"),
    Item("records", "政府信息", "desk:records", AT_WORK),
    Item("reviews", "审查", "desk:reviews", AT_WORK),
    Item(
        "requests",
        "公开申请",
        "desk:requests",
        (*EDITORS, Role.RESPONSIBLE_LEADER),
    ),
    Item("publishing", "发布", "desk:publishing", (Role.DISCLOSURE_OFFICE,)),
    Item("inventory", "清理", "desk:inventory", (*EDITORS, Role.RESPONSIBLE_LEADER)),
    Item(
        "board",
        "进展看板",
        "desk:board",
        (Role.RESPONSIBLE_LEADER, Role.DISCLOSURE_OFFICE),
        FIGURES,
    ),
    Item("bulletins", "通报", "desk:bulletins", AT_WORK, FIGURES),
    Item("reports", "年度报告", "desk:reports", AT_WORK, FIGURES),
    Item("statistics", "统计", "desk:statistics", AT_WORK, FIGURES),
    Item("activities", "活动台账", "desk:activities", AT_WORK, FIGURES),
    Item("assessment", "考核", "desk:assessment", AT_WORK, FIGURES),
    Item(
        "report_check",
        "年报核对",
        "desk:report_check",
        (Role.DISCLOSURE_OFFICE, Role.SUPERVISOR, Role.RESPONSIBLE_LEADER),
        FIGURES,
    ),
    Item("bulk", "导入导出", "desk:bulk", EDITORS, UPKEEP),
    Item(
        "word_lists",
        "核查词表",
        "desk:word_lists",
        (Role.DISCLOSURE_OFFICE, Role.REVIEW_GROUP),
        UPKEEP,
    ),
    Item("guide", "公开指南", "desk:guide", (Role.DISCLOSURE_OFFICE,), UPKEEP),
    Item(
        "organisation",
        "组织与分类",
        "desk:organisation",
        (Role.DISCLOSURE_OFFICE, Role.SYSTEM_ADMIN),
        UPKEEP,
    ),
    Item("admin", "机构与人员", "desk:admin", ADMINISTRATORS, UPKEEP),
    Item("journal", "留痕", "desk:journal", JOURNAL_READERS, UPKEEP),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An item ready for the page."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Fold:
    """Items under one word, opened by a click; `current` when the page is one of them."""

    label: str
    links: tuple[Link, ...]

    @property
    def current(self) -> bool:
        """Whether the page that is shown is one of these."""
        return any(link.current for link in self.links)


def links(seat: Seat, task: str) -> list[Link | Fold]:
    """The bar for this seat, with the current task marked."""
    found: list[tuple[str, Link]] = []
    for item in ITEMS:
        if item.roles and not seat.holds(*item.roles):
            continue
        if url := _url(item.url_name, get_script_prefix()):
            found.append((item.group, Link(item.label, url, item.task == task)))
    return folded(found)


def folded(found: list[tuple[str, Link]]) -> list[Link | Fold]:
    """Groups where they begin; a short bar stays flat, a group of one is its link."""
    if len(found) <= FLAT:
        return [link for _, link in found]
    bar: list[Link | Fold] = []
    for group, many in groupby(found, key=itemgetter(0)):
        inside = tuple(link for _, link in many)
        bar += [Fold(group, inside)] if group and len(inside) > 1 else inside
    return bar


@cache
def _url(name: str, _prefix: str) -> str:
    """The address, looked up once; "" for a part that is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
