"""Copies of our own papers, damaged by rule: found, repaired exactly, sound ones left in peace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from bench import damage_lists, damage_pages
from bench.damage import KINDS, alarms, copies, elsewhere, judged, repaired, sound
from bench.damage_parts import Score

COUNT = 12


@pytest.mark.parametrize("kind", KINDS)
def test_every_damaged_place_is_met_and_no_date_is_invented(kind: str) -> None:
    score = Score()
    for copy in copies(kind, COUNT, seed=7):
        judged(copy, score)
    assert (score.found, score.missed, score.wrong) == (COUNT, [], 0)


def test_readings_and_traditional_characters_are_repaired_exactly() -> None:
    for copy in copies("readings", COUNT, seed=8):
        assert copy.text != copy.sound
        assert repaired(copy) == copy.sound


def test_sound_papers_raise_no_alarm() -> None:
    chance = Random(9)
    papers = [sound(number, chance) for number in range(1, COUNT + 1)]
    assert [alarms(text) for text in papers] == [[]] * COUNT
    assert [alarms(elsewhere(text, chance)) for text in papers] == [[]] * COUNT


def test_another_real_place_is_proposed_to_be_our_own_exactly() -> None:
    for copy in copies("places", COUNT, seed=10):
        text = repaired(copy)
        assert copy.text != copy.sound
        assert "云岭区" in text
        assert not any(text.count(copy.text[start:end]) for start, end, _ in copy.places)


@pytest.mark.parametrize("scores", [damage_pages.scores, damage_lists.scores])
def test_hidden_links_and_mixed_dates_are_found_and_sound_ones_left_alone(
    scores: Callable[[int], Iterator[tuple[str, Score]]],
) -> None:
    (_, damaged), (_, clean) = scores(COUNT)
    assert (damaged.count, damaged.found, damaged.missed, damaged.wrong) == (COUNT, COUNT, [], 0)
    assert (clean.count, clean.found, clean.missed) == (COUNT, 0, [])
