"""The first page: search, the five-part column, the newest, the numbers of the year."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gongkai.catalog import queries
from gongkai.catalog.figures import Figures
from gongkai.catalog.filters import EntryFilter
from gongkai.portal import links, machine
from gongkai.portal.chart import bars
from gongkai.portal.page import Visit, public
from gongkai.portal.views.catalog import row

LATEST = 10
# What each part of the column holds, told in one line.
PARTS = (
    ("guide", "公开指南", "怎样查找和获取本机关的政府信息"),
    ("measures", "公开制度", "公开工作所依据的制度和办法"),
    ("catalog", "法定主动公开内容", "按分类、年份、有效性查阅全部公开信息"),
    ("reports", "公开年报", "历年政府信息公开工作年度报告"),
    ("requests", "依申请公开", "目录里没有的，可以申请获取"),
)


@public()
def home(visit: Visit) -> HttpResponse:
    """The first page of the column 政府信息公开."""
    names = visit.names
    numbers = queries.figures(None, visit.today.year, names, visit.generation)
    newest = queries.latest(EntryFilter(), names, LATEST)
    return visit.render(
        "home.html",
        {
            "here_name": "home",
            "parts": [(links.to(name), _(label), _(text)) for name, label, text in PARTS],
            "rows": [row(line, names) for line in newest],
            "numbers": numbers,
            "months": [(month, n) for month, n in enumerate(numbers.months, 1)],
            "chart": bars([(str(month), n) for month, n in enumerate(numbers.months, 1)]),
            "classes": _class_links(visit, numbers),
            "catalog": links.to("catalog"),
            "feed": links.to("feed"),
            "bodies": _bodies(visit),
            "tags": machine.column_tags(visit, _("政府信息公开"), "信息公开目录"),
        },
    )


def _class_links(visit: Visit, numbers: Figures) -> list[tuple[str, int, str]]:
    codes = {c.name: c.code for c in visit.names.classes.values() if c.parent_id is None}
    base = links.to("catalog")
    return [
        (name, n, f"{base}?class={codes[name]}" if name in codes else base)
        for name, n in numbers.classes
    ]


def _bodies(visit: Visit) -> list[tuple[str, str]]:
    """The bodies that share the site, when there is more than one."""
    bodies = visit.names.speakers
    base = links.to("catalog")
    return [(b.name, f"{base}?body={b.code}") for b in bodies] if len(bodies) > 1 else []
