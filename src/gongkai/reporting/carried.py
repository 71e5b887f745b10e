"""Why this year's carry-in is not last year's carry-over: the requests that make the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.disclosure.models import DisclosureRequest
from gongkai.law.annual_report import Form
from gongkai.law.annual_report.model import Break
from gongkai.reporting.counting import documents, requests
from gongkai.reporting.counting.span import Span
from gongkai.reporting.models import Approval

MOST_NAMED = 20


def explain(span: Span, form: Form, found: Iterable[Break]) -> tuple[Break, ...]:
    """The same breaks; those with last year name what causes them, where that is known."""
    told: str | None = None
    done = []
    for each in found:
        said = each
        if each.code == "I5":
            told = _requests(span, form) if told is None else told
            said = replace(each, sentence=each.sentence + told)
        elif each.code == "I7":
            said = replace(each, sentence=each.sentence + _documents(span))
        done.append(said)
    return tuple(done)


def _requests(span: Span, form: Form) -> str:
    before = (
        Approval.objects.filter(report__body=span.body, report__year=span.year - 1)
        .order_by("-number")
        .first()
    )
    if before is None:
        return ""
    then = set(before.carried)
    now = set(requests.rows(span, form, "carried_in", "total").values_list("pk", flat=True))
    added, gone = _named(now - then), _named(then - now)
    parts = [
        f"上年报告之后才列入结转的：{added}。" if added else "",
        f"上年报告列为结转、现已不再列入的：{gone}。" if gone else "",
    ]
    return "".join(parts)


def _named(keys: set[int]) -> str:
    if not keys:
        return ""
    rows = DisclosureRequest.objects.filter(pk__in=sorted(keys)[:MOST_NAMED]).order_by("pk")
    names = "、".join(row.number or row.receipt_number for row in rows)
    return names if len(keys) <= MOST_NAMED else f"{names}等{len(keys)}件"


def _documents(span: Span) -> str:
    """Documents made by the year's end that do not hold yet."""
    late = documents.shown(span).filter(created_on__lte=span.last, effective_from__gt=span.last)[
        :MOST_NAMED
    ]
    names = "、".join(f"《{row.title}》" for row in late)
    return f"尚未施行、没有计入现行有效的：{names}。" if names else ""
