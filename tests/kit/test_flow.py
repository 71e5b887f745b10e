"""The flow table: what is possible from where, and the sentence when it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.flow import Flow, Transition
from gongkai.kit.refusal import Answer, Refusal
from gongkai.records.flow import RECORD_FLOW
from gongkai.review.flow import SHEET_FLOW


@pytest.mark.parametrize("flow", [RECORD_FLOW, SHEET_FLOW])
def test_every_step_is_possible_exactly_from_its_sources(flow: Flow) -> None:
    for name, transition in flow.transitions.items():
        for state in flow.states:
            if state in transition.sources:
                assert flow.step(state, name).target in flow.states
            else:
                with pytest.raises(Refusal) as caught:
                    flow.step(state, name)
                assert flow.states[state] in caught.value.sentence


@given(st.lists(st.sampled_from(sorted(RECORD_FLOW.transitions)), max_size=30))
def test_no_path_reaches_published_without_the_three_steps(names: list[str]) -> None:
    """Whatever is tried in whatever order: proposed, verified, decided come before published."""
    state, since_draft = "draft", list[str]()
    for name in names:
        if not RECORD_FLOW.can(state, name):
            continue
        state = RECORD_FLOW.step(state, name).target
        since_draft = [] if state == "draft" else [*since_draft, name]
        if state == "published":
            assert since_draft == ["propose", "verify", "decide", "publish"]


def test_a_table_with_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown states"):
        Flow({"a": "甲"}, [Transition("go", frozenset({"a"}), "b", "", "走")])


def test_a_no_carries_its_reason_into_the_refusal() -> None:
    with pytest.raises(Refusal) as caught:
        Answer(False, "请联系公开办。", "x.y").require("第四条")
    assert caught.value.as_dict() == {
        "code": "x.y",
        "sentence": "请联系公开办。",
        "basis": "第四条",
        "fields": {},
    }
