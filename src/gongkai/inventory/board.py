"""The inventory's counts as tables: classes with their sub-classes, sections, periods, sums.

Every count knows the address of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from gongkai.inventory import tally
from gongkai.inventory.models import Outcome
from gongkai.orgs.models import Body, Section
from gongkai.records.choices import Attribute
from gongkai.records.models import CatalogClass

ATTRIBUTE_LABELS = {**dict(Attribute.choices), tally.NO_ATTRIBUTE: "未定"}


NO_SECTION = "未定科室"
# Stands in addresses for records without class or section.
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: counts by attribute, their sum, the share of what is proactive.

    `side` and `key` name the rows counted (`section`, `class`, `period`; as in `counted.Which`).
    """

    label: str
    counts: tuple[int, ...]
    share: str = ""
    is_sub: bool = False
    side: str = ""
    key: str = ""

    @property
    def total(self) -> int:
        """All attributes together."""
        return sum(self.counts)

    @property
    def cells(self) -> tuple[tuple[int, str], ...]:
        """Each count with the query that finds its rows; the sum last."""
        pairs = zip(self.counts, tally.ATTRIBUTES, strict=True)
        return (
            *((count, self._query(attribute=attribute)) for count, attribute in pairs),
            (self.total, self._query()),
        )

    def _query(self, **more: str) -> str:
        return urlencode({**({self.side: self.key or NO_KEY} if self.side else {}), **more})


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows; `broken` holds the sums that do not add up (never any)."""

    attributes: tuple[str, ...]
    classes: tuple[Line, ...]
    sections: tuple[Line, ...]
    periods: tuple[Line, ...]
    sums: Line
    outcomes: tuple[tuple[str, int], ...]
    total: int
    broken: tuple[str, ...]
    proof: str


def board_of(counts: tally.Tally, body: Body) -> Board:
    """The tables of a tally."""
    return Board(
        attributes=tuple(ATTRIBUTE_LABELS[a] for a in tally.ATTRIBUTES),
        classes=tuple(_classes(counts, body)),
        sections=tuple(_sections(counts, body)),
        periods=tuple(
            Line(period_words(key), _row(counts, period=key), side="period", key=key)
            for key in counts.periods
        ),
        sums=Line("合计", _row(counts)),
        outcomes=tuple((str(Outcome(o).label), counts.outcomes[o]) for o in tally.OUTCOMES),
        total=counts.total,
        broken=tuple(counts.broken()),
        proof=counts.proof(),
    )


def _row(counts: tally.Tally, **side: str) -> tuple[int, ...]:
    if not side:
        return tuple(counts.by(attribute=a) for a in tally.ATTRIBUTES)
    ((name, key),) = side.items()
    facet = {"code": "class"}.get(name, name)
    return tuple(counts.cells[facet, key, a] for a in tally.ATTRIBUTES)


def _sections(counts: tally.Tally, body: Body) -> Iterable[Line]:
    """Sections in their order; records of none last."""
    names = {str(row.pk): row.name for row in Section.objects.filter(body=body)}
    places = {key: at for at, key in enumerate(names)}
    for key in sorted(counts.sections, key=lambda key: (key == "", places.get(key, len(places)))):
        label = names.get(key, key) if key else NO_SECTION
        yield Line(label, _row(counts, section=key), side="section", key=key)


def _classes(counts: tally.Tally, body: Body) -> Iterable[Line]:
    """Top classes with everything under them, each followed by its sub-classes that occur."""
    rows = list(CatalogClass.objects.filter(body=body))
    used = set(counts.classes)
    whole = counts.by(attribute=Attribute.PROACTIVE)
    for top in (row for row in rows if row.parent_id is None):
        below = [row for row in rows if row.parent_id == top.pk and row.code in used]
        parts = [_row(counts, code=code) for code in (top.code, *(r.code for r in below))]
        together = tuple(sum(column) for column in zip(*parts, strict=True))
        if sum(together):
            yield Line(top.name, together, _percent(together[0], whole), side="class", key=top.code)
        for row in below:
            yield Line(row.name, _row(counts, code=row.code), "", True, "class", row.code)
    known = {row.code for row in rows}
    for code in (c for c in counts.classes if c not in known):
        counted = _row(counts, code=code)
        yield Line(code or "未归类", counted, _percent(counted[0], whole), side="class", key=code)


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.2f}%" if whole else "—"


def period_words(key: str) -> str:
    """A period's name: 2008-03-01 之前, 2004-01-01 至 2008-02-29, 2008-03-01 以后."""
    if key == tally.UNDATED:
        return "没有生成日期"
    start, _, until = key.partition("/")
    if start and until:
        return f"{start} 至 {until} 之前"
    if until:
        return f"{until} 之前"
    return f"{start} 以后" if start else "全部时段"
