"""Lists of requests: what they can be narrowed by, and their pages, told by the last row seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet

from gongkai.api.fields import Field, Values, read_query
from gongkai.api.requests.answering import OUTCOME_CHOICES
from gongkai.api.requests.call import Caller
from gongkai.disclosure import queries
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.models import DisclosureRequest, Letter, LetterState, RequestState
from gongkai.disclosure.store import PURPOSES
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Channel

Rows = QuerySet[DisclosureRequest]
PAGE, MOST_PAGE, WEEK = 50, 100, 7
STATES = (
    ("open", "在办的"),
    *((state.value, str(state.label)) for state in RequestState),
)
DUE = (
    ("overdue", "已超期"),
    ("week", "7日内到期"),
    ("unassigned", "还没有交办"),
    ("letters", "有他人草拟的文书待审批"),
)
CHANNELS = tuple((channel.value, channel.label) for channel in Channel)
PAGING = (
    Field("size", "一页多少件", "number", most=MOST_PAGE, hint=f"不填为{PAGE}"),
    Field("after", "上一页最后一件的uuid（即上一页的 next）", "uuid"),
)
RECEIVED = (
    Field("received_from", "收到申请之日，自", "date"),
    Field("received_to", "收到申请之日，至（含）", "date"),
)
LIST = (
    Field("state", "状态", "choice", choices=STATES, hint="不填为全部"),
    Field("due", "期限", "choice", choices=DUE),
    Field("section", "承办科室的代码", most=20),
    Field("officer", "经办人的登录名", most=150),
    Field("outcome", "答复类型", "choice", choices=OUTCOME_CHOICES),
    Field("channel", "渠道", "choice", choices=CHANNELS),
    *RECEIVED,
    Field("number", "登记号或者回执号", most=60),
    *PAGING,
)
DUE_LIST = (
    Field("within", "只列这么多天内到期和已逾期的", "number", most=3660),
    *PAGING,
)
HISTORY = (Field("before", "只列这个序号以前的（即上一页的 next）", "number", most=10**12),)
FILE = (
    Field(
        "purpose", "查看身份证明的用途", "choice", choices=tuple(PURPOSES.items()),
        hint="只在查看身份证明时需要，写入留痕",
    ),
)  # fmt: skip
_EXACT = {
    "section": "section__code",
    "officer": "case_officer__username",
    "outcome": "outcome",
    "channel": "channel",
    "received_from": "received_on__gte",
    "received_to": "received_on__lte",
}


def narrowed(rows: Rows, wanted: Values, caller: Caller) -> Rows:
    """The rows that match."""
    asked = {column: wanted[name] for name, column in _EXACT.items() if wanted.get(name)}
    rows = rows.filter(**asked)
    if wanted["state"] == "open":
        rows = rows.filter(state__in=OPEN_STATES)
    elif wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    if wanted["number"]:
        number = wanted["number"].strip()
        rows = rows.filter(Q(number=number) | Q(receipt_number=number.upper()))
    return _pressing(rows, wanted["due"], caller) if wanted["due"] else rows


def _pressing(rows: Rows, due: str, caller: Caller) -> Rows:
    if due == "overdue":
        return queries.overdue(rows, caller.today)
    if due == "week":
        return queries.due_within(rows, caller.today, WEEK)
    if due == "letters":
        waiting = Letter.objects.filter(state=LetterState.SUBMITTED)
        return rows.filter(pk__in=waiting.exclude(drafted_by=caller.person).values("request"))
    return queries.unassigned(rows)


def page_after(
    rows: Rows, wanted: Values, caller: Caller
) -> tuple[list[DisclosureRequest], str | None]:
    """A page of the rows, newest first, and the `after` of the next one."""
    if wanted["after"]:
        rows = rows.filter(pk__lt=_last(queries.visible_to(caller.person, caller.today), wanted).pk)
    return _cut(rows.order_by("-id"), wanted)


def _last(rows: Rows, wanted: Values) -> DisclosureRequest:
    found = rows.filter(uuid=wanted["after"]).first()
    if found is None:
        sentence = "没有这一件，请填上一页的 next。"
        raise Refusal("api.after", sentence, fields={"after": sentence})
    return found


def _cut(rows: Rows, wanted: Values) -> tuple[list[DisclosureRequest], str | None]:
    size = wanted["size"] or PAGE
    found = list(rows[: size + 1])
    return found[:size], str(found[size - 1].uuid) if len(found) > size else None


def due_page(
    caller: Caller, lists: Iterable[tuple[str, list[str]]]
) -> tuple[list[DisclosureRequest], str | None]:
    """A page of the open rows, the nearest due date first, those without one last."""
    wanted = read_query(DUE_LIST, lists)
    visible = queries.visible_to(caller.person, caller.today)
    rows = queries.open_ones(visible)
    if wanted["after"]:
        rows = rows.filter(_behind(_last(visible, wanted)))
    if wanted["within"]:
        rows = rows.filter(due_on__lte=caller.today + timedelta(days=wanted["within"]))
    return _cut(rows, wanted)


def _behind(last: DisclosureRequest) -> Q:
    """What stands behind a row in the order of due dates."""
    if last.due_on is None:
        return Q(due_on=None, pk__gt=last.pk)
    later = Q(due_on__gt=last.due_on) | Q(due_on=last.due_on, pk__gt=last.pk)
    return later | Q(due_on=None)
