"""Figures about people: posts with somebody in them, duties written down, groups with seats."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from gongkai.assessment.measures.scope import Row, Scope, Tally
from gongkai.orgs.models import Duty, GroupKind, GroupSeat, Role, RoleGrant, Section
from gongkai.orgs.queries import current

SECTION_POSTS = (Role.CASE_OFFICER, Role.SECTION_HEAD)
BODY_POSTS = (Role.DISCLOSURE_OFFICE, Role.REVIEW_GROUP, Role.RESPONSIBLE_LEADER)


def _last_day(scope: Scope) -> Q:
    return current(min(scope.today, scope.until))


def _holders(scope: Scope) -> dict[int, dict[str, list[str]]]:
    """target → role → names, in one query."""
    posts = SECTION_POSTS if scope.of_sections else BODY_POSTS
    grants = RoleGrant.objects.filter(
        _last_day(scope), role__in=posts, person__is_active=True
    ).select_related("person")
    if scope.of_sections:
        grants = grants.filter(
            Q(section__in=scope.targets) | Q(section=None, person__section__in=scope.targets)
        )
    else:
        grants = grants.filter(body__in=scope.targets)
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for grant in grants.order_by("id"):
        own = grant.section_id or grant.person.section_id
        target = own if scope.of_sections else grant.body_id
        if target is not None:
            found[target][grant.role].append(grant.person.name)
    return found


def people_named(scope: Scope) -> Tally:
    """Posts with somebody in them: of a section its officer and its head (Art. 4)."""
    posts = SECTION_POSTS if scope.of_sections else BODY_POSTS
    held = _holders(scope)
    return {target: (len(held.get(target, {})), len(posts)) for target in scope.targets}


def people_rows(scope: Scope, target: int) -> list[Row]:
    """Each post with the people in it."""
    held = _holders(scope).get(target, {})
    posts = SECTION_POSTS if scope.of_sections else BODY_POSTS
    return [
        Row(str(post.label), post in held, None, "、".join(held.get(post, [])) or "没有专人")
        for post in posts
    ]


def _duty_texts(scope: Scope) -> list[Duty]:
    duties = Duty.objects.select_related("section", "person")
    if scope.of_sections:
        return list(
            duties.filter(Q(section__in=scope.targets) | Q(person__section__in=scope.targets))
        )
    return list(duties.filter(body__in=scope.targets))


def duties_named(scope: Scope) -> Tally:
    """Sections with duties written down; of a body, how many of its sections have them."""
    written = {d.section_id or (d.person.section_id if d.person else 0) for d in _duty_texts(scope)}
    if scope.of_sections:
        return {target: (int(target in written), 1) for target in scope.targets}
    sections = Section.objects.filter(body__in=scope.targets, is_active=True)
    found: dict[int, tuple[int, int]] = {}
    for pk, body in sections.values_list("pk", "body_id"):
        good, cases = found.get(body, (0, 0))
        found[body] = (good + (pk in written), cases + 1)
    return found


def duty_rows(scope: Scope, target: int) -> list[Row]:
    """The duties as written."""
    rows = []
    for duty in _duty_texts(scope):
        whose = duty.section or (duty.person and duty.person.section)
        own = whose.pk if scope.of_sections and whose else duty.body_id
        if own == target:
            rows.append(Row(duty.title, True, None, duty.text[:120]))
    return rows


def groups_seated(scope: Scope) -> Tally:
    """Steering group, office, review group and reception with a person in them; of bodies."""
    if scope.of_sections:
        return {}
    seats = GroupSeat.objects.filter(_last_day(scope), body__in=scope.targets, person__isnull=False)
    found: dict[int, set[str]] = defaultdict(set)
    for body, group in seats.values_list("body_id", "group").distinct():
        found[body].add(group)
    return {target: (len(found[target]), len(GroupKind)) for target in scope.targets}


def group_rows(scope: Scope, target: int) -> list[Row]:
    """Each group with how many seats are taken."""
    seats = GroupSeat.objects.filter(_last_day(scope), body=target, person__isnull=False)
    groups = list(seats.values_list("group", flat=True))
    return [
        Row(str(kind.label), kind in groups, None, f"{groups.count(kind)}人") for kind in GroupKind
    ]
