"""The six sections of a report in words: drafted from the figures, kept in versions."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q, Sum

from gongkai.assessment import activities
from gongkai.assessment.models import ActivityKind
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.disclosure.models import Fee
from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report.model import Number
from gongkai.reporting import wording
from gongkai.reporting.counting.span import Span
from gongkai.reporting.figures import Figures
from gongkai.reporting.models import AnnualReport

SECTIONS = ("overview", "proactive", "requests", "remedies", "problems", "other")
_TITLES = {
    "2021": (
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ),
    "2008": (
        "一、概述",
        "二、主动公开政府信息情况",
        "三、依申请公开政府信息情况",
        "四、因政府信息公开申请行政复议、提起行政诉讼的情况",
        "五、存在的主要问题及改进情况",
        "六、收费、咨询、人员和其他需要报告的事项",
    ),
}
MOST_CHARACTERS = 20_000


def titles(edition: str) -> dict[str, str]:
    """Section key → heading as printed; the form of 2019 has those of 2021."""
    return dict(zip(SECTIONS, _TITLES["2008" if edition == "2008" else "2021"], strict=True))


def current(report: AnnualReport) -> dict[str, str]:
    """The newest words, every section there."""
    newest = report.narratives.order_by("-number").first()
    kept = newest.sections if newest else {}
    return {key: str(kept.get(key, "")) for key in SECTIONS}


def cleaned(sections: Mapping[str, str]) -> dict[str, str]:
    """The sections with plain line ends; refused when one is too long."""
    found = {}
    for key in SECTIONS:
        lines = [line.strip() for line in sections.get(key, "").splitlines()]
        found[key] = "\n".join(line for line in lines if line)
        if len(found[key]) > MOST_CHARACTERS:
            sentence = f"这一部分有{len(found[key])}字，最多{MOST_CHARACTERS}字，请删减。"
            raise Refusal("report.narrative_long", sentence, fields={key: sentence})
    return found


def unwritten(sections: Mapping[str, str], edition: str) -> list[str]:
    """Headings of the sections that are still empty: each is asked for by the form (Art. 50)."""
    named = titles(edition)
    return [named[key] for key in SECTIONS if not sections.get(key, "").strip()]


def draft(report: AnnualReport, figures: Figures) -> dict[str, str]:
    """All sections from the figures: a beginning that the office completes in its own words."""
    span, values = Span(report.body, report.year), figures.values
    beside = _beside(span)
    if figures.form.key == "2008":
        return wording.classic(report.body.name, report.year, values, beside)
    return wording.modern(report.body.name, report.year, values, beside)


def _beside(span: Span) -> dict[str, Number]:
    """Counts that the words use and no table holds."""
    in_year = (span.first, span.last)
    published = CatalogEntry.objects.filter(
        body=span.body, state=EntryState.PUBLISHED, published_on__range=in_year
    )
    fees = Fee.objects.filter(request__body=span.body).aggregate(
        notices=Count("pk", filter=Q(noticed_on__range=in_year)),
        paid=Sum("amount_yuan", filter=Q(paid_on__range=in_year)),
    )
    held = {line.kind: line for line in activities.counts(span.body, *in_year)}
    training = held.get(ActivityKind.TRAINING)
    return {
        "trainings": training.count if training else 0,
        "trained": training.attendance if training else 0,
        "published": published.count(),
        "fee_notices": fees["notices"] or 0,
        "fee_paid": fees["paid"] or 0,
    }
