"""States and transitions as a table: who calls is `actions.py`, what is allowed stands here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.kit.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step: `name` leads from any of `sources` to `target`, because of `basis`."""

    name: str
    sources: frozenset[str]
    target: str
    basis: str
    label: str


class Flow:
    """A closed table of transitions over named states.

    `step(state, name)` gives the transition or raises `Refusal` with a sentence that names the
    state the thing is in and the states from which the step would be possible.
    """

    def __init__(self, states: Mapping[str, str], transitions: Iterable[Transition]) -> None:
        self.states = dict(states)
        self.transitions = {t.name: t for t in transitions}
        for transition in self.transitions.values():
            unknown = (transition.sources | {transition.target}) - self.states.keys()
            if unknown:
                raise ValueError(f"{transition.name}: unknown states {sorted(unknown)}")

    def step(self, state: str, name: str) -> Transition:
        """Return the transition `name` from `state`; raise `Refusal` when it is not possible."""
        transition = self.transitions[name]
        if state not in transition.sources:
            here = self.states.get(state, state)
            froms = "、".join(self.states[s] for s in sorted(transition.sources))
            raise Refusal(
                "flow.not_from_here",
                f"现在的状态是“{here}”，不能{transition.label}；只有“{froms}”的才可以。"
                "请刷新页面，看清当前状态后再操作。",
                transition.basis,
            )
        return transition

    def can(self, state: str, name: str) -> bool:
        """Tell whether `name` is possible from `state`."""
        return state in self.transitions[name].sources

    def open_steps(self, state: str) -> tuple[Transition, ...]:
        """Every transition possible from `state`, in the order of the table."""
        return tuple(t for t in self.transitions.values() if state in t.sources)
