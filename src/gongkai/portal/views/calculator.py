"""期限计算器: the page, and its dates as a calendar file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.due import Due
from gongkai.law.fees import Ladder, tariff
from gongkai.law.ics import calendar_file
from gongkai.law.questions import Told
from gongkai.law.questions.progress import KINDS
from gongkai.portal import links, machine
from gongkai.portal.calculator.asking import Asked, read
from gongkai.portal.calculator.line import WEEK, Line, line_of
from gongkai.portal.calculator.modes import MODES
from gongkai.portal.page import Visit, public


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of the answer as the page shows it."""

    key: str
    summary: str
    day: str
    weekday: str
    iso: str
    sentence: str
    provisional: bool
    line: Line | None


@public(keep=False)
def calculator(visit: Visit) -> HttpResponse:
    """The form, with the answer above it when something was asked."""
    return _page(visit, read(visit.request.GET, visit.today))


@public(keep=False)
def calendar_entries(visit: Visit) -> HttpResponse:
    """The dates of the answer as RFC 5545, one entry per open duty; errors as on the page."""
    asked = read(visit.request.GET, visit.today)
    if asked.told is None:
        return _page(visit, asked, status=400)
    if not asked.told.entries:
        raise Http404(_("这个结果里没有可以写进日历的日期。请回到期限计算器核对。"))
    address = visit.absolute(f"{links.to('calculator')}?{visit.request.META['QUERY_STRING']}")
    entries = [
        replace(e, description=f"{e.description}\n{address}".strip()) for e in asked.told.entries
    ]
    text = calendar_file(
        entries,
        case=asked.mode.question.case(asked.values),
        stamp=timezone.now(),
        host=visit.host.partition(":")[0],
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="gongkai.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(visit: Visit, asked: Asked, *, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {
        "here_name": "requests",
        "asked": asked,
        "modes": [(m, f"{links.to('calculator')}?mode={m.key}") for m in MODES.values()],
        "address": links.to("calculator"),
        "kinds": KINDS,
        "listed": _listed(asked),
        "dated": (),
        "tags": machine.column_tags(visit, _("期限计算器"), "互动交流"),
    }
    if asked.told is not None:
        context |= _answer(visit, asked, asked.told)
    response = visit.render("calculator.html", context, status=400 if asked.errors else status)
    if asked.given:
        response["X-Robots-Tag"] = "noindex"
    return response


def _listed(asked: Asked) -> list[tuple[str, str]]:
    """Errors in the order of the fields: name of the field and sentence."""
    order = [*asked.typed]
    for row in asked.rows:
        order += [f"{part}{row.number}" for part in ("event", "day", "detail")]
    return sorted(
        asked.errors.items(),
        key=lambda error: order.index(error[0]) if error[0] in order else -1,
    )


def _answer(visit: Visit, asked: Asked, told: Told) -> dict[str, object]:
    data: Mapping[str, Any] = told.data
    query = visit.request.META["QUERY_STRING"]
    happened: dict[date, list[str]] = {}
    for event in asked.events:
        happened.setdefault(event.on, []).append(event.kind.label)
    received = data.get("received")
    since = date.fromisoformat(received) if received else None
    return {
        "notes": _notes(asked, told),
        "dated": [
            Dated(
                e.key,
                e.summary,
                f"{e.on.year}年{e.on.month}月{e.on.day}日",
                f"星期{WEEK[e.on.weekday()]}",
                e.on.isoformat(),
                e.description,
                e.due is not None and e.due.provisional,
                _line(e.key, e.due, since, happened),
            )
            for e in told.entries
        ],
        "duties": data.get("duties", ()),
        "happened": asked.events,
        "ladders": _ladders(asked, visit.today),
        "ics": f"{links.to('calculator-ics')}?{query}",
    }


def _line(
    key: str, due: Due | None, since: date | None, happened: Mapping[date, list[str]]
) -> Line | None:
    """Only what was asked for is drawn; duties beside the reply stand in the table."""
    if due is None or (since is not None and key != "reply"):
        return None
    return line_of(due, since=since, events=happened)


def _notes(asked: Asked, told: Told) -> list[str]:
    """What is said beside the dates."""
    data: Mapping[str, Any] = told.data
    if asked.mode.key == "fee":
        return list(told.lines)
    if asked.mode.key == "remedy":
        return [told.lines[0]]
    if not asked.mode.events:
        return []
    found = [data["receipt"]["sentence"] + f"依据：{data['receipt']['basis']}。"]
    found.append(f"{data['label']}。")
    if data["assumed"]:
        found.append(_("截止日期假定被征求意见者用满期限；收到意见后请重新计算。"))
    if data["on_time"] is not None:
        found.append(_("答复没有超过期限。") if data["on_time"] else _("答复超过了期限。"))
    return [*found, *data["warnings"]]


def _ladders(asked: Asked, today: date) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Both ladders of the day: name, article, and a price for each band."""
    if asked.mode.key != "fee" or asked.told is None:
        return []
    known = tariff(asked.day("on") or today)
    return [
        (_("按件计收"), str(known.items.cite), bands(known.items)),
        (_("按量计收"), str(known.pages.cite), bands(known.pages)),
    ]


def bands(ladder: Ladder) -> list[tuple[str, str]]:
    """A ladder as rows: from which unit to which, and the price of each."""
    rows = []
    for place, band in enumerate(ladder.bands):
        after = ladder.bands[place + 1 :]
        end = f"至第{after[0].first - 1}{ladder.unit}" if after else f"{ladder.unit}以上"
        price = f"{band.yuan}元/{ladder.unit}"
        if band.every:
            price += f"，每增加{band.every}{ladder.unit}提高{band.more}元"
        rows.append((f"第{band.first}{end}", price))
    return rows
