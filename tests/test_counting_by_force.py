"""Counting never claims what is false: by looking at every schedule of tiny weeks, and by a model of its own.

Each argument by itself: of the week nothing is asked for but what the argument speaks of.
"""

from __future__ import annotations

from collections import Counter

from random_weeks import random_week
from test_counting import only, patterned_week
from test_explain_repairs import WEEKS, WEEKS_FOR_TWO, works_out

from benchmarks.second_prover import fits
from skemaplan.counting import of_week


def test_no_schedule_of_a_tiny_week_has_what_counting_says_cannot_be_had() -> None:
    told: Counter[str] = Counter()
    for facts in (*map(random_week, range(120)), *WEEKS.values(), *WEEKS_FOR_TWO.values()):
        for shortage in of_week(facts):
            assert not works_out(only(facts, shortage)), shortage
            told[shortage.code] += 1
    assert {"course", "least", "participant", "free_time", "rooms"} <= set(told), told


def test_a_second_model_agrees_on_larger_weeks() -> None:
    """What is too large to look at in full: people with windows, scarce teachers and rooms."""
    told: Counter[str] = Counter()
    for seed in range(150):
        facts = patterned_week(seed)
        for shortage in of_week(facts):
            assert fits(only(facts, shortage)) is False, (seed, shortage)
            told[shortage.code] += 1
    assert {"course", "teacher", "participant", "free_time", "rooms", "at_once"} <= set(told), told
