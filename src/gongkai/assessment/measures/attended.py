"""Meetings, training and leaflets from the register of activities, as a figure (Art. 48).

The register names who came in words. A section took part where its name stands in the list of
those present or it called the meeting; where no list was kept at all, the figure does not apply.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from gongkai.assessment.measures.scope import Row, Scope, Tally
from gongkai.assessment.models import Activity
from gongkai.orgs.models import Section


def _standing(scope: Scope) -> list[Activity]:
    held = Activity.objects.filter(
        struck_at__isnull=True, held_on__gte=scope.start, held_on__lt=scope.until
    )
    if scope.of_sections:
        held = held.filter(body=scope.body).exclude(attendees="", called_by="")
    else:
        held = held.filter(body__in=scope.targets)
    return list(held.order_by("-held_on", "-pk"))


def _by_section(scope: Scope) -> dict[int, list[Activity]]:
    names = dict(Section.objects.filter(pk__in=scope.targets).values_list("pk", "name"))
    found: dict[int, list[Activity]] = defaultdict(list)
    for activity in _standing(scope):
        told = f"{activity.called_by}\n{activity.attendees}"
        for section, name in names.items():
            if name in told:
                found[section].append(activity)
    return found


def activities(scope: Scope) -> Tally:
    """How many each took part in (a section) or held (a body)."""
    if not scope.of_sections:
        held = Counter(a.body_id for a in _standing(scope))
        return {target: (held[target], held[target]) for target in scope.targets}
    if not _standing(scope):
        return {}
    found = _by_section(scope)
    return {t: (len(found.get(t, ())), len(found.get(t, ()))) for t in scope.targets}


def activity_rows(scope: Scope, target: int) -> list[Row]:
    """The activities counted."""
    if scope.of_sections:
        listed = _by_section(scope).get(target, [])
    else:
        listed = [a for a in _standing(scope) if a.body_id == target]
    return [Row(a.subject, True, a.held_on, str(a.get_kind_display())) for a in listed]
