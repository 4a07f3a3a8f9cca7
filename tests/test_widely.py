"""Weeks made better widely: never worse, always to be held, the same every time, and nothing from what can't be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from towns import town

from skemaplan.planning.beside import values
from skemaplan.planning.units import Crew, Unit, widely
from skemaplan.planning.widely import solve_widely
from skemaplan.rules import INCONVENIENCE, MUSTS, STANDARD, UNIVERSE
from skemaplan.schedule import Schedule
from skemaplan.solving import Effort, solve, verify
from skemaplan.week import WeekFacts

LITTLE = Effort(deterministic=3.0)
ROUGH = tuple(rule for rule in STANDARD if rule.tier != INCONVENIENCE)


def rough(facts: WeekFacts) -> Schedule:
    """A week that has all that fits, however inconvenient."""
    schedule = solve(facts, ROUGH).schedule
    assert schedule is not None
    return schedule


@pytest.mark.parametrize("seed", range(12))
def test_what_is_made_better_widely_can_be_held_and_is_never_worse(seed: int) -> None:
    begin = rough(town(seed))
    found = solve_widely(begin.facts, STANDARD, begin, {}, LITTLE).schedule
    assert found is not None
    assert not list(verify(found, [*UNIVERSE, *MUSTS]))
    assert values(found, STANDARD) <= values(begin, STANDARD)


def test_much_is_won_from_weeks_in_which_nobody_looked_at_inconvenience() -> None:
    begun = [rough(town(seed)) for seed in range(12)]
    found = [solve_widely(begin.facts, STANDARD, begin, {}, LITTLE).schedule for begin in begun]
    best = [solve(begin.facts, STANDARD).schedule for begin in begun]

    def all_of(schedules: list[Schedule | None]) -> int:
        return sum(values(s, STANDARD)[-1] for s in schedules if s)

    assert 2 * (all_of(found) - all_of(best)) < all_of(list(begun)) - all_of(best)


def test_nothing_held_is_a_beginning_too() -> None:
    facts = town(3)
    nothing = Schedule(facts, {})
    found = solve_widely(facts, STANDARD, nothing, {}, LITTLE).schedule
    assert found is not None
    assert values(found, STANDARD)[0] < values(nothing, STANDARD)[0]


def test_the_same_twice_and_as_a_unit_of_work() -> None:
    begin = rough(town(5))
    unit = Unit(begin.facts, STANDARD, begin, {}, LITTLE, how=widely)
    with Crew() as crew:
        plans = [result.schedule if result else None for result in crew.do([unit, unit])]
    assert plans == [solve_widely(begin.facts, STANDARD, begin, {}, LITTLE).schedule] * 2


def test_what_can_never_be_is_left_out_of_the_beginning() -> None:
    begin = rough(town(0))
    gone = next(iter(begin.attendance)).teacher
    teachers = {**begin.facts.teachers, gone: replace(begin.facts.teachers[gone], free=((),) * 7)}
    facts = replace(begin.facts, teachers=teachers)
    found = solve_widely(facts, STANDARD, Schedule(facts, begin.attendance), {}, LITTLE).schedule
    assert found is not None
    assert not found.of(gone)
    assert not list(verify(found, [*UNIVERSE, *MUSTS]))


def test_from_a_week_that_breaks_a_must_there_is_no_way() -> None:
    begin = rough(town(0))
    some = next(s for s in begin.sessions if begin.facts.courses[s.course].kind == "lesson")
    course = replace(begin.facts.courses[some.course], most_taught=0)
    facts = replace(begin.facts, courses={**begin.facts.courses, course.id: course})
    result = solve_widely(facts, STANDARD, Schedule(facts, begin.attendance), {}, LITTLE)
    assert result.schedule is None
    assert not result.impossible
