"""Copies of our own papers, damaged by rule: found, repaired exactly, sound ones left in peace."""

from __future__ import annotations

from random import Random

import pytest

from bench.damage import KINDS, Score, alarms, copies, judged, repaired, sound

COUNT = 12


@pytest.mark.parametrize("kind", KINDS)
def test_every_damaged_place_is_met_and_no_date_is_invented(kind: str) -> None:
    score = Score(missed=[])
    for copy in copies(kind, COUNT, seed=7):
        judged(copy, score)
    assert (score.found, score.missed, score.wrong) == (COUNT, [], 0)


def test_readings_and_traditional_characters_are_repaired_exactly() -> None:
    for copy in copies("readings", COUNT, seed=8):
        assert copy.text != copy.sound
        assert repaired(copy) == copy.sound


def test_sound_papers_raise_no_alarm() -> None:
    chance = Random(9)
    assert [alarms(sound(number, chance)) for number in range(1, COUNT + 1)] == [[]] * COUNT
