"""The same asked by several applicants (Art. 44 ¶1): found without saying who they are.

Evidence for a person: the program only counts and points; whether what is asked can be published
for everybody is the disclosure office's to decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.queries import same_applicant
from gongkai.disclosure.values import Likeness, Marks
from gongkai.records.models import Record

# The most recent ones compared with a case, and how alike they must be to be shown.
MOST_COMPARED, ALIKE, MOST_SHOWN = 300, 50, 10
GIVEN = ("granted", "partly_granted")


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """How many other applicants asked for the like, and their requests, the likest first."""

    applicants: int
    requests: tuple[Likeness, ...]


def also_asked(request: DisclosureRequest, among: QuerySet[DisclosureRequest]) -> AlsoAsked:
    """Requests of other applicants to the same body that ask for the like of this one.

    `among` are those the person looking may see. Nothing of the applicants is read but the blind
    index that tells one from another.
    """
    if request.purged_at is not None:
        return AlsoAsked(0, ())
    others = (
        among.select_related(None)
        .filter(body_id=request.body_id, purged_at__isnull=True)
        .exclude(pk=request.pk)
        .exclude(pk__in=same_applicant(request).values("pk"))
        .order_by("-id")[:MOST_COMPARED]
    )
    # Bare columns: of hundreds compared a few are shown, and only those are read whole.
    who = ("applicant__identity_index", "applicant__contact_index")
    rows = others.values_list("pk", *who, "subject", "description", "document_number")
    mine = Marks.of(request.subject, request.description, request.document_number)
    close: list[tuple[int, int, str, bool]] = []
    for pk, identity, contact, *asked in rows:
        percent, same_number = mine.compared(Marks.of(*asked))
        if percent >= ALIKE or same_number:
            close.append((-percent, -pk, identity or contact or f"#{pk}", same_number))
    close.sort()
    shown = {row.pk: row for row in among.filter(pk__in=[-pk for _p, pk, *_ in close[:MOST_SHOWN]])}
    likest = tuple(
        Likeness(shown[-pk], -percent, (), same_number)
        for percent, pk, _asker, same_number in close[:MOST_SHOWN]
        if -pk in shown
    )
    return AlsoAsked(len({asker for _p, _pk, asker, _same in close}), likest)


def _with_asker(rows: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """Each row with a mark that is the same for the same applicant and tells nothing of him."""
    alone = Concat(Value("#"), Cast("pk", CharField()), output_field=CharField())
    return rows.annotate(
        asker=Coalesce(
            NullIf("applicant__identity_index", Value("")),
            NullIf("applicant__contact_index", Value("")),
            alone,
        )
    )


@dataclass(frozen=True, slots=True)
class ByNumber:
    """A document asked for by its number: how many requests of how many applicants."""

    body_id: int
    document_number: str
    requests: int
    applicants: int


def by_number(rows: QuerySet[DisclosureRequest], *, most: int = 50) -> list[ByNumber]:
    """Documents that at least two applicants asked for by number, the most wanted first."""
    groups = (
        _with_asker(rows)
        .exclude(document_number="")
        .order_by()
        .values("body_id", "document_number")
        .annotate(applicants=Count("asker", distinct=True), requests=Count("pk", distinct=True))
        .filter(applicants__gte=2)
        .order_by("-applicants", "document_number")[:most]
    )
    return [
        ByNumber(g["body_id"], g["document_number"], g["requests"], g["applicants"]) for g in groups
    ]


def suggested(rows: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """Given to an applicant who suggested publishing it (Art. 44 ¶2), the oldest first."""
    return rows.filter(wants_publication=True, outcome__in=GIVEN).order_by("replied_on", "id")


def record_of(request: DisclosureRequest) -> Record | None:
    """The record a request was turned into; only what was given can be."""
    if request.outcome not in GIVEN:
        return None
    found = Record.objects.filter(body_id=request.body_id, source__request=str(request.uuid))
    return found.order_by("id").first()


def converted(requests: list[DisclosureRequest]) -> dict[str, Record]:
    """The records these requests were turned into, by the request's uuid."""
    keys = [str(request.uuid) for request in requests]
    rows = Record.objects.filter(source__request__in=keys)
    return {str(row.source["request"]): row for row in rows}
