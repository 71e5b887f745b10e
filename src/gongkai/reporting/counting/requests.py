"""Table three: which request counts in which row and column.

Every application received counts in one row of how it came (new, carried in) and one of how it
went (a leaf, carried over), so that 一 + 二 = 三（七） + 四 whatever happens:

- received: from `received_on` (Art. 31); an unconfirmed one has not been received;
- ended: by the day of its one outcome;
- joined: counts for itself, with outcome and day of the one reply that ended both;
- split: each part counts (一事一申请), all received on the day of the paper;
- handled again by order: not a second application. The first reply stays counted, what became of
  it stands in table four;
- rectification (Art. 41): no request for disclosure, not in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from gongkai.disclosure.models import DisclosureRequest
from gongkai.law.annual_report import Form
from gongkai.law.annual_report.requests_table import KINDS, MERGED_IN_2019, OTHER_HANDLING, key
from gongkai.law.replies import OUTCOMES
from gongkai.reporting.counting.span import Span

# A request joined into one that is joined in turn, and so on; more is told as undecided.
MOST_JOINED = 4
CAME = ("new", "carried_in")
TOTAL = "total"


def counted(span: Span) -> QuerySet[DisclosureRequest]:
    """The applications of a body that a report counts at all, of whatever year."""
    return DisclosureRequest.objects.filter(
        body=span.body, is_rectification=False, reopened_from__isnull=True
    ).order_by()


def leaves_of(form: Form) -> dict[str, str]:
    """Outcome → row of table three on this form."""
    merged = key(OTHER_HANDLING.key, TOTAL) in form.cells
    return {
        o.key: OTHER_HANDLING.key if merged and o.row in MERGED_IN_2019 else o.row for o in OUTCOMES
    }


def count(span: Span, form: Form) -> dict[str, int]:
    """The cells of table three without totals: one grouping query, and one per joined depth."""
    leaves, cells = leaves_of(form), dict[str, int]()
    for depth in _depths(span):
        for kind, came, outcome, n in _grouped(span, depth):
            row = leaves.get(outcome) if outcome else "carried_over"
            if kind in KINDS and row is not None:
                for cell in (key(came, kind), key(row, kind)):
                    cells[cell] = cells.get(cell, 0) + n
    return cells


def _depths(span: Span) -> range:
    joined = counted(span).filter(joined_into__isnull=False)
    return range(MOST_JOINED + 1 if joined.exists() else 1)


def _grouped(span: Span, depth: int) -> Iterable[tuple[str, str, str, int]]:
    to = "joined_into__" * depth
    rows = counted(span).filter(_joined(depth), _within(span, to))
    over = Q(**{f"{to}replied_on__isnull": True}) | Q(**{f"{to}replied_on__gt": span.last})
    came = Case(When(received_on__gte=span.first, then=Value("new")), default=Value("carried_in"))
    went = Case(When(over, then=Value("")), default=F(f"{to}outcome"))
    return rows.values_list("applicant__kind", came, went).annotate(n=Count("pk"))


def _joined(depth: int) -> Q:
    """Joined exactly so many times on until the request that has the reply."""
    whole = Q(**{"joined_into__" * depth + "joined_into__isnull": True})
    for n in range(depth):
        whole &= Q(**{"joined_into__" * n + "joined_into__isnull": False})
    return whole


def _within(span: Span, to: str) -> Q:
    """Received by the end of the year and not ended before its start."""
    return Q(received_on__lte=span.last) & (
        Q(**{f"{to}replied_on__isnull": True}) | Q(**{f"{to}replied_on__gte": span.first})
    )


def rows(span: Span, form: Form, row: str, column: str) -> QuerySet[DisclosureRequest]:
    """The requests behind a cell of table three, totals included; as many as the cell says."""
    found = counted(span).filter(_through(span, _condition(span, form, row)))
    kinds = KINDS if column == TOTAL else (column,)
    return found.filter(applicant__kind__in=kinds)


def _through(span: Span, condition: Callable[[str], Q]) -> Q:
    whole = Q(pk__in=[])
    for depth in _depths(span):
        to = "joined_into__" * depth
        whole |= _joined(depth) & _within(span, to) & condition(to)
    return whole


def _condition(span: Span, form: Form, row: str) -> Callable[[str], Q]:
    if row == "new":
        return lambda _: Q(received_on__gte=span.first)
    if row == "carried_in":
        return lambda _: Q(received_on__lt=span.first)
    if row == "carried_over":
        return lambda to: (
            Q(**{f"{to}replied_on__isnull": True}) | Q(**{f"{to}replied_on__gt": span.last})
        )
    leaves = leaves_of(form)
    keys = [o for o, leaf in leaves.items() if row in ("handled", leaf)]
    return lambda to: Q(**{f"{to}replied_on__lte": span.last, f"{to}outcome__in": keys})


def undecided(span: Span) -> list[str]:
    """What table three leaves out and why, each as a sentence."""
    told = []
    fresh = counted(span).filter(
        received_on__isnull=True,
        outcome="",
        joined_into__isnull=True,
        arrived_on__range=(span.first, span.last),
    )
    for n, words in (
        (fresh.count(), "件本年到达的申请还没有确定收到之日（待双方确认），没有计入"),
        (_too_deep(span), f"件申请合并超过{MOST_JOINED}次，没有计入"),
        (
            counted(span).filter(_through(span, lambda _: Q())).exclude(
                applicant__kind__in=KINDS
            ).count(),
            "件申请没有申请人类型，没有计入",
        ),
    ):  # fmt: skip
        if n:
            told.append(f"表三：{n}{words}。")
    return told


def _too_deep(span: Span) -> int:
    far = {"joined_into__" * MOST_JOINED + "joined_into__isnull": False}
    return counted(span).filter(received_on__lte=span.last, **far).count()
