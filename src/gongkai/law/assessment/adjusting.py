"""A scheme changed for one body by its supervisor: a new value, the old one stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gongkai.kit.refusal import Refusal
from gongkai.law.assessment.model import Scheme

MOST_POINTS = Decimal(100)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """New weights by indicator and new points by event; what is not named stays."""

    weights: Mapping[str, int] = field(default_factory=dict)
    points: Mapping[str, Decimal] = field(default_factory=dict)


def adjusted(scheme: Scheme, change: Adjustment) -> Scheme:
    """The scheme with the change; refused with the sum when the weights no longer add up."""
    _refuse_unknown(scheme, change)
    weights = {i.key: change.weights.get(i.key, i.weight) for i in scheme.indicators}
    if any(not 1 <= w <= scheme.full for w in weights.values()):
        raise Refusal(
            "assessment.weight",
            f"每项指标的分值应在1到{scheme.full}之间，请改正；不用的指标，可以改为1分。",
            scheme.title,
        )
    together = sum(weights.values())
    if together != scheme.full:
        raise Refusal(
            "assessment.weights_sum",
            f"各项指标的分值合计是{together}分，应当正好{scheme.full}分，"
            f"请{'减少' if together > scheme.full else '增加'}{abs(together - scheme.full)}分。",
            scheme.title,
        )
    events = tuple(
        replace(e, points=p, most=None if e.most is None else max(e.most, abs(p)))
        if (p := change.points.get(e.key)) is not None
        else e
        for e in scheme.events
    )
    return replace(
        scheme,
        indicators=tuple(replace(i, weight=weights[i.key]) for i in scheme.indicators),
        events=events,
        changes=differences(scheme, change),
    )


def differences(scheme: Scheme, change: Adjustment) -> tuple[str, ...]:
    """What the change alters, one sentence each."""
    said = [
        f"{i.words}由{i.weight}分改为{change.weights[i.key]}分"
        for i in scheme.indicators
        if change.weights.get(i.key, i.weight) != i.weight
    ]
    said += [
        f"{e.words}由每次{e.points}分改为{change.points[e.key]}分"
        for e in scheme.events
        if change.points.get(e.key, e.points) != e.points
    ]
    return tuple(said)


def _refuse_unknown(scheme: Scheme, change: Adjustment) -> None:
    unknown = set(change.weights) - {i.key for i in scheme.indicators}
    unknown |= set(change.points) - {e.key for e in scheme.events}
    if unknown:
        raise Refusal(
            "assessment.unknown_key",
            f"《{scheme.title}》里没有这些指标：{'、'.join(sorted(unknown))}。请核对后再填。",
        )
    for event in scheme.events:
        points = change.points.get(event.key, event.points)
        if not points or (points > 0) != event.is_bonus or abs(points) > MOST_POINTS:
            verb = "加分应当大于0" if event.is_bonus else "扣分应当小于0"
            raise Refusal(
                "assessment.event_points",
                f"“{event.words}”的{verb}，绝对值不超过{MOST_POINTS}分，请改正。",
            )
