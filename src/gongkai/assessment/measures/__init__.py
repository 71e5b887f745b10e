"""Measures gathered from every part, a handful of queries for a whole round, and their evidence.

`gather(scope)` gives the figures and events of every target; `evidence(source, scope, target)`
gives the rows behind one of them. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.assessment.measures import attended, papers, sites, staff
from gongkai.assessment.measures.happened import EVENTS
from gongkai.assessment.measures.rows import FIGURES
from gongkai.assessment.measures.scope import Happened, Row, Scope, Tally

TALLIES: dict[str, Callable[[Scope], Tally]] = {
    "people_named": staff.people_named,
    "duties_named": staff.duties_named,
    "groups_seated": staff.groups_seated,
    "activities": attended.activities,
    "mechanisms": papers.mechanisms,
    "guide_current": papers.guide_current,
    "report_in_time": papers.report_in_time,
    "site_sound": sites.site_sound,
}
HAPPENED: dict[str, Callable[[Scope], Happened]] = {
    "mechanism_missing": papers.mechanisms_missing,
    "report_late": papers.reports_late,
    "site_failure": sites.site_failures,
}
STATED: dict[str, Callable[[Scope, int], list[Row]]] = {
    "people_named": staff.people_rows,
    "duties_named": staff.duty_rows,
    "groups_seated": staff.group_rows,
    "activities": attended.activity_rows,
    "mechanisms": papers.mechanism_rows,
    "mechanism_missing": papers.mechanism_rows,
    "guide_current": papers.guide_rows,
    "report_in_time": papers.report_rows,
    "report_late": papers.report_rows,
    "site_sound": sites.site_rows,
    "site_failure": sites.site_rows,
}

__all__ = ["Figures", "evidence", "gather", "reference_of"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found about one target: (good, cases) and references, by source."""

    measures: dict[str, tuple[int, int]]
    events: dict[str, list[str]]

    def plain(self) -> dict[str, Any]:
        """As kept on the sheet."""
        return {
            "measures": {k: list(v) for k, v in sorted(self.measures.items())},
            "events": dict(sorted(self.events.items())),
        }


def gather(scope: Scope, sources: frozenset[str] | None = None) -> dict[int, Figures]:
    """The figures of every target; `sources` narrows to those a scheme asks for."""
    found = {target: Figures({}, {}) for target in scope.targets}
    for source, figure in FIGURES.items():
        if sources is None or source in sources:
            _put_tally(found, source, figure.tally(scope))
    for source, tally in TALLIES.items():
        if sources is None or source in sources:
            _put_tally(found, source, tally(scope))
    for source, event in EVENTS.items():
        if sources is None or source in sources:
            _put_events(found, source, event.references(scope))
    for source, happened in HAPPENED.items():
        if sources is None or source in sources:
            _put_events(found, source, happened(scope))
    return found


def _put_tally(found: dict[int, Figures], source: str, tally: Tally) -> None:
    for target, pair in tally.items():
        if target in found:
            found[target].measures[source] = pair


def _put_events(found: dict[int, Figures], source: str, happened: Happened) -> None:
    for target, refs in happened.items():
        listed = list(dict.fromkeys(refs))
        if listed and target in found:
            found[target].events[source] = listed


def evidence(source: str, scope: Scope, target: int) -> tuple[Sequence[Any], Callable[[Any], Row]]:
    """The rows behind a source, to be paged, and how one is shown."""
    if source in FIGURES:
        figure = FIGURES[source]
        return figure.evidence(scope, target), figure.show  # type: ignore[return-value]
    if source in EVENTS:
        event = EVENTS[source]
        return event.evidence(scope, target), event.show  # type: ignore[return-value]
    stated = STATED.get(source)
    return (stated(scope, target) if stated else []), lambda row: row


def reference_of(source: str, row: Any) -> str:
    """The reference under which an event stands on the sheet; empty for figures."""
    event = EVENTS.get(source)
    return event.reference(row) if event else ""
